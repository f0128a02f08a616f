"""The frame around every page: configuration, navigation, filters, header."""

from __future__ import annotations

import streamlit as st

from dashboard.components import address
from dashboard.components.cases import open_chosen
from dashboard.components.departments import extended
from dashboard.components.filter_bar import filter_bar
from dashboard.components.header import header
from dashboard.navigation import DEPARTMENTS, PAGES
from dashboard.settings import ROOT

ICON = ROOT / "dashboard" / "icon.png"
PRINT_STYLE = ROOT / "dashboard" / "print.css"


def show() -> None:
    """Run the page that the address names, inside its frame."""
    st.set_page_config("MIS dashboard", ICON, layout="wide")
    pages = {name: _page(name, title, icon) for name, title, icon in PAGES}
    st.html(PRINT_STYLE)
    page = st.navigation(_sections(list(pages.values())), position="top")
    with st.sidebar:
        filter_bar(page.url_path)
    open_chosen(pages["records"])
    header(page.title)
    try:
        with st.spinner("Reading the operations database …", show_time=True):
            page.run()
    finally:
        address.write()


def _sections(pages: list[st.Page]) -> dict[str, list[st.Page]]:
    """The pages for all, then those of departments that have more to tell."""
    told = extended()
    own = [_page(*said) for said in DEPARTMENTS if said[0] in told]
    return {"": pages, "Departments": own} if own else {"": pages}


def _page(name: str, title: str, icon: str) -> st.Page:
    return st.Page(
        ROOT / "dashboard" / "pages" / f"{name}.py",
        title=title,
        icon=icon,
        url_path=name,
        default=name == PAGES[0][0],
    )
