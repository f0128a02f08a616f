"""A mapping, shown as text that can be changed before anything is imported."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from typing import TypeAlias

import streamlit as st

from dashboard.extracts.import_links import mapping_link
from dashboard.sources.trackers import MAPPING_FILE
from dashboard.words import plain

EDITS = "_import_edits"
Files: TypeAlias = dict[str, str]  # texts by the names of files


def edited(files: Files, used: Mapping[str, Files]) -> Files:
    """The files of a mapping as they were edited; another mapping begins anew.

    `used` are those by which trackers were imported, by the name of the tracker.
    """
    given = files[MAPPING_FILE]
    with st.expander("The mapping, to be read or changed"):
        text = _edited(given)
        others = {name: sql for name, sql in files.items() if name != MAPPING_FILE}
        for name, sql in others.items():
            st.caption(f"`{name}`")
            st.code(sql, language="sql")
        with st.container(horizontal=True, vertical_alignment="center"):
            link = mapping_link(text, _name(text))
            st.link_button("Save it as a file", link, icon=":material/download:")
            st.caption("It is kept with what it imports; docs/mappings.md explains it.")
    found = {MAPPING_FILE: text, **others}
    if used.get(_name(text), found) != found:
        st.caption(
            f"It takes the place of the mapping by which {plain(_name(text))} was "
            "imported before, and what is kept of it is read again by this one."
        )
    return found


def _edited(given: str) -> str:
    """The text as it was edited; it comes back with the mapping that was edited."""
    key = f"import text {hashlib.sha256(given.encode()).hexdigest()}"
    edits: dict[str, str] = st.session_state.setdefault(EDITS, {})
    text = st.text_area(
        "Mapping",
        edits.get(key, given),
        height=320,
        key=key,
        label_visibility="collapsed",
    )
    if text != given:
        edits[key] = text
    elif edits.pop(key, None) is None and edits:
        st.caption(
            "What was changed in another mapping on this page is not in this one."
        )
    return text


def _name(text: str) -> str:
    """The name of the tracker, as far as the text can be read."""
    try:
        return str(tomllib.loads(text)["source"]["name"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError):
        return "mapping"
