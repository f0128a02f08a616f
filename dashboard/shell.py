"""The frame around every page: configuration, navigation, filters, header."""

from __future__ import annotations

import streamlit as st

from dashboard.components import address
from dashboard.components.cases import open_chosen
from dashboard.components.filter_bar import filter_bar
from dashboard.components.header import header
from dashboard.navigation import PAGES
from dashboard.settings import ROOT

ICON = ROOT / "dashboard" / "icon.png"
PRINT_STYLE = ROOT / "dashboard" / "print.css"


def show() -> None:
    """Run the page that the address names, inside its frame."""
    st.set_page_config("MIS dashboard", ICON, layout="wide")
    pages = {
        name: st.Page(
            ROOT / "dashboard" / "pages" / f"{name}.py",
            title=title,
            icon=icon,
            url_path=name,
            default=name == PAGES[0][0],
        )
        for name, title, icon in PAGES
    }
    st.html(PRINT_STYLE)
    page = st.navigation(list(pages.values()), position="top")
    with st.sidebar:
        filter_bar(page.url_path)
    open_chosen(pages["records"])
    header(page.title)
    try:
        with st.spinner("Reading the operations database …", show_time=True):
            page.run()
    finally:
        address.write()
