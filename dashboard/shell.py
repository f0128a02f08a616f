"""The frame around every page: configuration, navigation, filters, header."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dashboard.access import viewer
from dashboard.components import address
from dashboard.components.cases import open_chosen
from dashboard.components.departments import extended
from dashboard.components.filter_bar import filter_bar
from dashboard.components.header import header
from dashboard.navigation import ADMINISTRATION, DEPARTMENTS, PAGES
from dashboard.settings import ROOT

ICON = ROOT / "dashboard" / "icon.png"
PRINT_STYLE = ROOT / "dashboard" / "print.css"
Visibility = Literal["visible", "hidden"]


def show() -> None:
    """Run the page that the address names, inside its frame."""
    st.set_page_config("MIS dashboard", ICON, layout="wide")
    pages = {name: _page(name, title, icon) for name, title, icon in PAGES}
    st.html(PRINT_STYLE)
    page = st.navigation(_sections(list(pages.values())), position="top")
    if page.url_path in {name for name, _, _ in ADMINISTRATION}:
        _show_administration(page)
    else:
        _show_figures(page, pages["records"])


def _show_figures(page: st.Page, records: st.Page) -> None:
    """A page of figures, under its filters and what is to be known of the data."""
    with st.sidebar:
        filter_bar(page.url_path)
    open_chosen(records)
    header(page.title)
    try:
        with st.spinner("Reading the operations database …", show_time=True):
            page.run()
    finally:
        address.write()


def _show_administration(page: st.Page) -> None:
    """A page that changes what the others show; it opens without a database too."""
    address.pass_by(page.url_path)
    st.title(page.title, anchor=False)
    if not viewer().administers:
        st.info("This page is for administrators: ask one of yours.")
        return
    page.run()


def _sections(pages: list[st.Page]) -> dict[str, list[st.Page]]:
    """The pages for all, those of departments that have more to tell, and our own."""
    told = extended()
    own = [_page(*said) for said in DEPARTMENTS if said[0] in told]
    seen: Visibility = "visible" if viewer().administers else "hidden"
    administration = [_page(*said, seen) for said in ADMINISTRATION]
    sections = {"": pages, "Departments": own, "Administration": administration}
    return {name: found for name, found in sections.items() if found}


def _page(name: str, title: str, icon: str, seen: Visibility = "visible") -> st.Page:
    return st.Page(
        ROOT / "dashboard" / "pages" / f"{name}.py",
        title=title,
        icon=icon,
        url_path=name,
        default=name == PAGES[0][0],
        visibility=seen,
    )
