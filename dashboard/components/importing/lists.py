"""Lists of rows that scroll where they are long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.sources.quarantine import Waiting
from dashboard.words import plain

IN_SIGHT = 320  # pixels of a list that scrolls
REASON = 520  # pixels in which most reasons are whole
FEW = 8  # rows that need not scroll


def rows_refused(rows: Sequence[Waiting]) -> None:
    """Rows that wait, or would: where, which, what stands there, and what is wrong."""
    files = list(dict.fromkeys(row.file for row in rows))
    trackers = {row.tracker for row in rows}
    if len(files) == 1:
        st.caption(f"These are in {plain(files[0])}.")
    columns: dict[str, list[Any]] = {
        "Line": [row.line for row in rows],
        "Key": [row.key for row in rows],
        "Cell": [row.cell for row in rows],
        "Reason": [row.reason for row in rows],
    }
    if len(files) > 1:
        columns["File"] = [row.file for row in rows]
    if len(trackers) > 1:
        columns["Tracker"] = [row.tracker for row in rows]
    listed(columns)


def listed(columns: dict[str, list[Any]]) -> None:
    """A list of rows that scrolls where it is long."""
    rows = pd.DataFrame(columns)
    config: dict[str, Any] = {
        "Line": st.column_config.NumberColumn(width=70, format="localized"),
        "Reason": st.column_config.Column(width=REASON),
    }
    st.dataframe(
        rows,
        hide_index=True,
        column_config=config,
        height="content" if len(rows) <= FEW else IN_SIGHT,
    )
