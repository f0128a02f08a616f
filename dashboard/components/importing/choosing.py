"""Which files are imported, where to, and how they are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.components.asking import missing, stop
from dashboard.errors import MisError
from dashboard.intake.mappings import known_mappings
from dashboard.intake.orders import Order
from dashboard.intake.place import Place, place
from dashboard.intake.uploads import mapping_of
from dashboard.settings import read_settings
from dashboard.words import plain

KINDS = (
    *("csv", "tsv", "txt", "psv", "tab", "dat", "gz"),
    *("xlsx", "xlsm", "xls", "xlsb", "ods"),
)
OWN = "own"


def where() -> Place:
    """Say where imports go; where they can go nowhere, say why and end the page."""
    try:
        found = place(read_settings(), Path())
    except MisError as error:
        stop(error)
    if found.file is None:
        missing(plain(found.told))
        st.stop()
    st.caption(plain(found.told))
    return found


def choose(found: Place) -> Order | None:
    """The files and the mapping that were chosen; None until both are."""
    assert found.file
    largest = st.get_option("server.maxUploadSize")
    uploads = st.file_uploader(
        "Files of your tracker, or a file with mended rows",
        KINDS,
        accept_multiple_files=True,
        key="import files",
    )
    st.caption(
        "CSV (also .gz), .xlsx, .xlsm, .xls, .xlsb or .ods, up to "
        f"{largest} MB each; `mis import` takes larger ones. Nothing is written before "
        "you have seen what would become of them."
    )
    mapping = _mapping(found.file)
    if not uploads or mapping is None:
        return None
    decisions = read_settings().decisions
    return Order(uploads, mapping, found.file, found, decisions)


def _mapping(database: Path) -> dict[str, str] | None:
    """The files of the chosen mapping."""
    try:
        known = known_mappings(database)
    except MisError as error:
        stop(error)
    files = {mapping.name: mapping.files for mapping in known}
    names = {
        mapping.name: f"As files of {mapping.name} are"
        + (" (comes with the program)" if mapping.is_shipped else "")
        for mapping in known
    }
    names[OWN] = "By a mapping file of your own"
    chosen = st.selectbox(
        "How they are read",
        list(names),
        index=0 if known and not known[0].is_shipped else None,
        placeholder="Choose the mapping",
        format_func=lambda name: names[name],
        key="import mapping",
        help="A mapping says which column of a file is what: docs/mappings.md.",
    )
    return _uploaded() if chosen == OWN else files.get(chosen or "")


def _uploaded() -> dict[str, str] | None:
    uploads: Any = st.file_uploader(
        "The mapping: a .toml file, and the .sql files that it names",
        ("toml", "sql"),
        accept_multiple_files=True,
        key="import mapping files",
    )
    if not uploads:
        return None
    try:
        return mapping_of(uploads)
    except MisError as error:
        st.error(plain(error), icon=":material/error:")
        return None
