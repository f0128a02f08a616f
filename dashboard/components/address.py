"""The page's filters in its address, so that a copied link opens the same view.

The address holds only what differs from the default. It is taken in when it was changed
by hand, by a link or by the browser's back button; turning to another page clears it,
and the filters, which stay, write it again.
"""

from __future__ import annotations

import streamlit as st

from dashboard.relations import FILTERS

KEYS = ("period", "from", "to", "as_of", "grain", *FILTERS)
Address = dict[str, list[str]]


def take_in() -> Address | None:
    """The address's filters where they are news, else None."""
    given = st.query_params
    shown = {key: given.get_all(key) for key in KEYS if key in given}
    if not shown and "_address" in st.session_state:
        return None
    if shown == st.session_state.get("_address"):
        return None
    return shown


def write(address: Address) -> None:
    """Put the filters into the address, leaving what pages keep there."""
    for key in KEYS:
        if key in address:
            if st.query_params.get_all(key) != address[key]:
                st.query_params[key] = address[key]
        elif key in st.query_params:
            del st.query_params[key]
    st.session_state["_address"] = address
