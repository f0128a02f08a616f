"""The page's filters in its address, so that a copied link opens the same view.

The address holds only what differs from the default. It is taken in when it was changed
by hand, by a link or by the browser's back button; turning to another page clears it,
and the filters, which stay, write it again. It is written once a run, when the page is
done, so that one step back undoes one step.
"""

from __future__ import annotations

import streamlit as st

from dashboard.relations import FILTERS

KEYS = ("period", "from", "to", "as_of", "grain", *FILTERS)
Address = dict[str, list[str]]


def take_in(page: str) -> Address | None:
    """The address's filters where they are news, else None; `page` is the one shown."""
    shown = {k: st.query_params.get_all(k) for k in KEYS if k in st.query_params}
    before = st.session_state.get("_address")
    is_turned = page != st.session_state.get("_page_name")
    st.session_state["_page_name"] = page
    st.session_state["_own_address"] = {}
    if shown == before or (not shown and (is_turned or before is None)):
        return None
    return shown


def pass_by(page: str) -> None:
    """Turn to a page without filters: they stay for the next that has them."""
    st.session_state["_page_name"] = page


def keep_filters(address: Address) -> None:
    """Remember what the filters want in the address."""
    st.session_state["_address"] = address


def keep_own(address: Address) -> None:
    """Remember what the page itself wants in the address."""
    st.session_state["_own_address"] = address


def filters_now() -> Address:
    """The filters' part of the address."""
    return st.session_state.get("_address", {})


def write() -> None:
    """Put both into the address, if they are not there already."""
    wanted = {**st.session_state.get("_own_address", {}), **filters_now()}
    shown = {k: st.query_params.get_all(k) for k in st.query_params}
    if wanted != shown:
        st.query_params.from_dict(wanted)
