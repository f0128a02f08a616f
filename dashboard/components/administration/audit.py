"""Audit: who decided what and when, and whether a line is missing."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import streamlit as st

from dashboard.components.administration.deciding import listed
from dashboard.components.administration.targets import title
from dashboard.components.asking import load
from dashboard.decisions import audit as lines_of
from dashboard.decisions import file_name
from dashboard.errors import DecisionError
from dashboard.settings import read_settings
from dashboard.words import counted, label, moment, plain

IN_SIGHT = 50


def audit() -> None:
    """The newest lines first, under what is wrong with the chain."""
    folder, zone = Path(read_settings().decisions), load().zone
    try:
        lines = lines_of.read(folder)
    except DecisionError as error:
        st.error(plain(error))
        return
    _chain(lines, folder)
    shown = [_line(line, zone) for line in reversed(lines)]
    listed(shown[:IN_SIGHT], "Nothing was decided yet.")
    if shown[IN_SIGHT:]:
        with st.expander("Earlier lines"):
            listed(shown[IN_SIGHT:], "There are none.")


def _chain(lines: list[lines_of.Line], folder: Path) -> None:
    faults = lines_of.faults(lines)
    for fault in faults:
        st.error(plain(fault))
    if lines and not faults:
        st.caption(
            plain(
                f"{folder / lines_of.AUDIT} has {counted(len(lines), 'line')}; each "
                "follows from the one before it, and none was edited or cut between. "
                f"The last ends with {lines[-1].line_sha256[:12]}."
            )
        )


def _line(line: lines_of.Line, zone: str) -> dict[str, str]:
    return {
        "When": _moment(line.at, zone),
        "Who": line.who,
        "File": file_name(line.relation),
        "What": line.what,
        "Rows before": _rows(line.before),
        "Rows after": _rows(line.after),
    }


def _moment(at: str, zone: str) -> str:
    try:
        return moment(datetime.fromisoformat(at).replace(tzinfo=None), zone)
    except ValueError:  # of a line that was edited
        return at


def _row(row: dict[str, str]) -> str:
    told = row | ({"metric": title(row["metric"])} if "metric" in row else {})
    return ", ".join(f"{label(name)} {value}" for name, value in told.items())


def _rows(text: str) -> str:
    """The rows of a line in words; many by their number."""
    try:
        rows = json.loads(text)
        if len(rows) > 3:
            return counted(len(rows), "row")
        return "; ".join(map(_row, rows))
    except (ValueError, AttributeError, TypeError):
        return text
