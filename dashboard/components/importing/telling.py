"""What an import would do, or did, in words and tables."""

from __future__ import annotations

import streamlit as st

from dashboard.components.importing.items import items
from dashboard.components.importing.lists import rows_refused
from dashboard.sources.importing import ImportReport
from dashboard.sources.previewing import Preview
from dashboard.words import count, counted, plain


def preview(found: Preview) -> None:
    """What would become of every row and of items, and what cannot be read."""
    report = found.report
    if not report.lines:
        st.info("This is already imported: to import it again would change nothing.")
        return
    st.subheader("What would happen", anchor=False)
    _lines(report)
    if not report.rows:
        st.info("The files have a header and no rows, so nothing would change.")
    if found.items is not None and report.rows:
        items(found)
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


def _refused(found: Preview) -> None:
    report = found.report
    if not report.refused_rows:
        return
    waits = "row would wait" if report.refused_rows == 1 else "rows would wait"
    st.markdown(f"##### {count(report.refused_rows)} {waits} in quarantine")
    _reasons(report.refused)
    if len(found.refused) < report.refused_rows:
        st.caption(f"Here are the first {len(found.refused)}, by file and line.")
    rows_refused(found.refused)


def _reasons(refused: dict[str, int]) -> None:
    lines = [f"- {count(rows)} × {plain(why)}" for why, rows in refused.items()]
    if lines:
        st.markdown("\n".join(lines))


def _notes(report: ImportReport) -> None:
    if report.warnings:
        st.markdown("##### To know")
        st.markdown("\n".join(f"- {plain(text)}" for text in report.warnings))
