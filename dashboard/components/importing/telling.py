"""What an import would do, or did, in words and tables."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from dashboard import words
from dashboard.components.grid import local
from dashboard.sources.importing import ImportReport
from dashboard.sources.previewing import Preview
from dashboard.words import count, counted, plain

IN_SIGHT = 320  # pixels of a list that scrolls


def preview(found: Preview) -> None:
    """What would become of every row, the first items, and what cannot be read."""
    report = found.report
    if not report.lines:
        st.info("This is already imported: to import it again would change nothing.")
        return
    st.subheader("What would happen", anchor=False)
    _lines(report)
    if not report.rows:
        st.info("The files have a header and no rows, so nothing would change.")
    if found.items is not None and report.rows:
        _items(found.items, found.changed_items, found.zone)
    _refused(found)
    _notes(report)


def report(done: ImportReport) -> None:
    """What became of every row."""
    if not done.lines:
        st.info("This is already imported: nothing was written.")
        return
    read = done.rows - done.refused_rows
    st.success(f"{counted(read, 'row')} imported.", icon=":material/check:")
    _lines(done)
    _reasons(done.refused)
    _notes(done)


def _lines(report: ImportReport) -> None:
    st.markdown("\n".join(f"- {plain(line.told())}" for line in report.lines))


def _items(rows: pa.Table, of_rows: int, zone: str) -> None:
    if not rows.num_rows:
        st.caption("No item would be new or change.")
        return
    told = f"{counted(of_rows, 'item')} would be new or change"
    if rows.num_rows < of_rows:
        told += f"; here are the first {rows.num_rows}, by receipt"
    st.markdown(f"##### Items as they would stand ({plain(zone)})")
    st.caption(f"{told}.")
    shown = rows.to_pandas()
    config: dict[str, Any] = {}
    for name in shown.columns:
        kind, label = str(rows.schema.field(name).type), words.label(name)
        config[name] = st.column_config.Column(label)
        if kind.startswith("timestamp"):
            shown[name] = local(shown[name], zone)
            config[name] = st.column_config.DatetimeColumn(
                label, format="D MMM YYYY, HH:mm"
            )
        elif kind.startswith("decimal"):
            shown[name] = shown[name].astype("float64")
            config[name] = st.column_config.NumberColumn(label, format="%,.2f")
    st.dataframe(
        shown, hide_index=True, placeholder="–", column_config=config, height="content"
    )


def _refused(found: Preview) -> None:
    report = found.report
    if not report.refused_rows:
        return
    waits = "row would wait" if report.refused_rows == 1 else "rows would wait"
    st.markdown(f"##### {count(report.refused_rows)} {waits} in quarantine")
    _reasons(report.refused)
    if len(found.refused) < report.refused_rows:
        st.caption(f"The first {len(found.refused)}, by file and line:")
    show_rows(
        {
            "Line": [row.line for row in found.refused],
            "Reason": [row.reason for row in found.refused],
            "File": [row.file for row in found.refused],
        }
    )


def _reasons(refused: dict[str, int]) -> None:
    lines = [f"- {count(rows)} × {plain(why)}" for why, rows in refused.items()]
    if lines:
        st.markdown("\n".join(lines))


def _notes(report: ImportReport) -> None:
    if report.warnings:
        st.markdown("##### To know")
        st.markdown("\n".join(f"- {plain(text)}" for text in report.warnings))


def show_rows(columns: dict[str, list[Any]]) -> None:
    """A list of rows that scrolls where it is long."""
    rows = pd.DataFrame(columns)
    config: dict[str, Any] = {
        "Line": st.column_config.NumberColumn(width=70, format="localized"),
    }
    st.dataframe(
        rows,
        hide_index=True,
        column_config=config,
        height="content" if len(rows) <= 8 else IN_SIGHT,
    )
