"""Owners: who answers for the data of which department."""

from __future__ import annotations

import streamlit as st

from dashboard.components.administration.deciding import (
    Decided,
    choose_day,
    chosen,
    decide,
    decided,
    known,
    listed,
    since,
    where,
)
from dashboard.decisions.dating import ended, put_in_force
from dashboard.decisions.rows import Row
from dashboard.filters import day_words


def owners() -> None:
    """Those in force, the forms that change them, and those of other days."""
    shown = decided("owners")
    where(shown, "owners")
    counting = sorted(shown.counting("owners"), key=lambda row: row["department"])
    listed([_line(row) for row in counting], "No department has an owner.")
    without = sorted(set(known("department")) - {r["department"] for r in counting})
    if without and counting:
        st.caption(f"Without an owner: {', '.join(without)}.")
    left, right = st.columns(2)
    with left:
        _set(shown)
    with right:
        _end(shown, counting)
    with st.expander("Owners of other days"):
        others = sorted(shown.others("owners"), key=lambda row: row["department"])
        listed([_line(row) for row in others], "There are none.")


def _line(row: Row) -> dict[str, str | None]:
    return {
        "Department": row["department"],
        "Owner": row["owner"],
        "Contact": row["contact"],
        "Counts": since(row),
    }


def _set(shown: Decided) -> None:
    with st.form("set owner", border=True):
        st.markdown("**Name an owner**")
        st.selectbox("Department", known("department"), key="owner department")
        st.text_input("Person or role", max_chars=255, key="owner name")
        st.text_input("Contact", max_chars=255, key="owner contact")
        choose_day("Counts from", shown.today, key="owner from")
        st.form_submit_button(
            "Name owner", type="primary", on_click=_save, args=(shown,)
        )


def _save(shown: Decided) -> None:
    department, day = chosen("owner department"), chosen("owner from")
    owner = (chosen("owner name") or "").strip()
    if not (department and owner and day):
        st.session_state["_outcome"] = ("error", "Write the owner and the first day.")
        return
    row = {"department": department, "owner": owner}
    row["contact"] = (chosen("owner contact") or "").strip() or None
    rows = shown.rows["owners"]
    decide(
        shown,
        f"{owner} answers for {department} from {day_words(day)} on.",
        lambda: put_in_force("owners", rows, row, day, shown.today),
    )


def _end(shown: Decided, counting: list[Row]) -> None:
    if not counting:
        return
    with st.form("end owner", border=True):
        st.markdown("**Leave a department without an owner**")
        names = [row["department"] for row in counting]
        st.selectbox("Department", names, key="owner ended")
        choose_day("Counts no longer from", shown.today, key="owner end")
        st.form_submit_button("End", on_click=_stop, args=(shown, counting))


def _stop(shown: Decided, counting: list[Row]) -> None:
    department, day = chosen("owner ended"), chosen("owner end") or shown.today
    [row] = [row for row in counting if row["department"] == department]
    decide(
        shown,
        f"{department} has no owner from {day_words(day)} on.",
        lambda: ended("owners", row, day, shown.today),
    )
