"""Remarks on days, which charts show: the relation annotations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from dashboard.access import viewer
from dashboard.components.administration.deciding import (
    Decided,
    choice,
    choose_day,
    chosen,
    decide,
    decided,
    for_whom,
    known,
    listed,
    where,
)
from dashboard.components.administration.targets import title
from dashboard.decisions import Change
from dashboard.decisions.rows import Row
from dashboard.filters import period_words
from dashboard.glossary import glossary

IN_SIGHT = 20


def remarks() -> None:
    """The latest remarks, the forms that add one or take it back, and the others."""
    shown = decided("annotations")
    where(shown, "annotations")
    rows = sorted(shown.rows["annotations"], key=_place, reverse=True)
    listed([_line(row) for row in rows[:IN_SIGHT]], "There are no remarks.")
    left, right = st.columns(2)
    with left:
        _add(shown)
    with right:
        _take_back(shown, rows)
    if rows[IN_SIGHT:]:
        with st.expander("Earlier remarks"):
            listed([_line(row) for row in rows[IN_SIGHT:]], "There are none.")


def _place(row: Row) -> tuple[str, str]:
    return str(row["starts_on"]), str(row["written_at"])


def _days(row: Row) -> str:
    end = row["ends_on"] or row["starts_on"] + timedelta(days=1)
    return period_words(row["starts_on"], end)


def _line(row: Row) -> dict[str, str]:
    return {
        "Days": _days(row),
        "Remark": row["remark"],
        "About": for_whom(row),
        "Metric": title(row["metric"]) if row["metric"] else "All",
        "Written by": row["author"],
    }


def _add(shown: Decided) -> None:
    with st.form("add remark", border=True, clear_on_submit=False):
        st.markdown("**Add a remark**")
        st.text_area("What happened", max_chars=255, key="remark text")
        choose_day("First day", shown.today, key="remark first")
        choose_day("Last day, if there are several", None, key="remark last")
        choice("Department", known("department"), "remark department")
        with st.expander("Only about a team or a metric"):
            choice("Team", known("team"), "remark team")
            choice("Metric", sorted(glossary(), key=title), "remark metric")
        st.form_submit_button("Add", type="primary", on_click=_save, args=(shown,))


def _save(shown: Decided) -> None:
    first, last = chosen("remark first"), chosen("remark last")
    said = (chosen("remark text") or "").strip()
    if not said or first is None:
        st.session_state["_outcome"] = ("error", "Write what happened, and the day.")
        return
    row = {name: chosen(f"remark {name}") for name in ("department", "team", "metric")}
    row |= {"starts_on": first, "remark": said, "author": viewer().name}
    row["ends_on"] = last + timedelta(days=1) if last and last != first else None
    row["written_at"] = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    change = Change("annotations", "added", after=(row,))
    decide(shown, "The remark is added.", lambda: [change])


def _take_back(shown: Decided, rows: list[Row]) -> None:
    if not rows:
        return
    with st.form("take remark back", border=True):
        st.markdown("**Take a remark back**")
        st.selectbox(
            "Remark",
            range(len(rows)),
            format_func=lambda place: f"{_days(rows[place])}: {rows[place]['remark']}",
            key="remark taken",
        )
        st.caption("Charts of past days lose it too; the audit keeps it.")
        st.form_submit_button("Take back", on_click=_remove, args=(shown, rows))


def _remove(shown: Decided, rows: list[Row]) -> None:
    change = Change("annotations", "removed", (rows[chosen("remark taken")],))
    decide(shown, "The remark is taken back.", lambda: [change])
