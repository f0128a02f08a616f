"""Which files are imported, where to, and how they are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.components.asking import missing, stop
from dashboard.components.importing.editing import edited
from dashboard.components.importing.proposing import proposed
from dashboard.errors import MisError
from dashboard.intake.mappings import Known, known_mappings
from dashboard.intake.orders import Order
from dashboard.intake.place import NoPlaceError, Place, place
from dashboard.intake.uploads import Upload, mapping_of
from dashboard.settings import read_settings
from dashboard.words import plain

KINDS = (
    *("csv", "tsv", "txt", "psv", "tab", "dat", "gz"),
    *("xlsx", "xlsm", "xls", "xlsb", "ods"),
)
OWN, GUESS = "\0own", "\0guess"  # no tracker is called so


def where() -> Place:
    """Say where imports go; where they can go nowhere, say why and end the page."""
    try:
        found = place(read_settings(), Path())
    except NoPlaceError as error:
        missing(plain(error))
        st.stop()
    except MisError as error:
        stop(error)
    st.caption(plain(found.told))
    return found


def choose(found: Place) -> Order | None:
    """The files and the mapping that were chosen; None until both are."""
    largest = st.get_option("server.maxUploadSize")
    uploads: Any = st.file_uploader(
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
    try:
        known = known_mappings(found.file)
    except MisError as error:
        stop(error)
    mapping = _mapping(found, known, uploads)
    if not uploads or mapping is None:
        return None
    used = {one.name: one.files for one in known if not one.is_shipped}
    mapping, decisions = edited(mapping, used), read_settings().decisions
    return Order(uploads, mapping, found, decisions)


def _mapping(
    found: Place, known: Sequence[Known], uploads: Sequence[Upload]
) -> dict[str, str] | None:
    """The files of the chosen mapping; None where there is none yet."""
    names = {
        **{m.name: f"As files of {m.name} are" for m in known if not m.is_shipped},
        GUESS: "By a proposal from the files themselves",
        OWN: "By a mapping of your own",
        **{m.name: f"As {m.name} (an example)" for m in known if m.is_shipped},
    }
    chosen = st.selectbox(
        "How they are read",
        list(names),
        format_func=lambda name: names[name],
        key="import mapping",
        help="A mapping says which column of a file is what: docs/mappings.md.",
    )
    if chosen == OWN:
        return _uploaded()
    if chosen == GUESS:
        return proposed(found, uploads)
    return next((m.files for m in known if m.name == chosen), None)


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
