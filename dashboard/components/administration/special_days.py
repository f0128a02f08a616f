"""Days of a calendar that are not as usual."""

from __future__ import annotations

import streamlit as st

from dashboard.components.administration.deciding import (
    Decided,
    choose_day,
    chosen,
    decide,
    listed,
)
from dashboard.decisions import Change
from dashboard.decisions.hours import HOURS, in_words, windows
from dashboard.decisions.rows import Row
from dashboard.errors import DecisionError
from dashboard.filters import day_words

CLOSED = {"opens": None, "closes": None}


def add_special_day(shown: Decided, names: list[str]) -> None:
    """The form that adds a special day to one of the calendars."""
    with st.form("add special day", border=True):
        st.markdown("**Add a day that is not as usual**")
        st.selectbox("Calendar", names, key="special calendar")
        choose_day("Day", shown.today, key="special day")
        st.text_input("Hours", key="special hours", help=HOURS, placeholder="closed")
        st.text_input("Why", max_chars=255, key="special reason")
        st.form_submit_button(
            "Add day", type="primary", on_click=_save_day, args=(shown,)
        )


def _save_day(shown: Decided) -> None:
    calendar, day = chosen("special calendar"), chosen("special day")

    def wanted() -> list[Change]:
        if day < shown.today:
            raise DecisionError(
                "Working time of the past stays as it was counted: choose a day from "
                f"{day_words(shown.today)} on."
            )
        hours = windows(chosen("special hours") or "")
        told = {"calendar": calendar, "day": day, "reason": chosen("special reason")}
        told["reason"] = told["reason"] or None
        new = tuple(told | {"opens": a, "closes": b} for a, b in hours)
        new = new or (told | CLOSED,)
        old = tuple(row for row in _special_days(shown) if _is_of(row, calendar, day))
        return [Change("calendar_exceptions", "added", old, new)]

    if day is None:
        st.session_state["_outcome"] = ("error", "Choose the day.")
        return
    decide(shown, f"{calendar}: {day_words(day)} is not as usual.", wanted)


def _is_of(row: Row, calendar: str, day: object) -> bool:
    return bool(row["calendar"] == calendar and row["day"] == day)


def _special_days(shown: Decided) -> list[Row]:
    rows = shown.rows["calendar_exceptions"]
    return sorted(rows, key=lambda row: (row["day"], row["calendar"]))


def _special(row: Row) -> dict[str, str | None]:
    return {
        "Day": day_words(row["day"]),
        "Calendar": row["calendar"],
        "Hours": in_words([row]),
        "Why": row["reason"],
    }


def special_days_to_come(shown: Decided) -> None:
    """Those of today and later, and the form that takes one back."""
    rows = [row for row in _special_days(shown) if row["day"] >= shown.today]
    with st.expander(f"Special days to come: {len(rows)}", expanded=False):
        listed([_special(row) for row in rows], "There are none.")
        if rows:
            _take_back(shown, rows)


def _take_back(shown: Decided, rows: list[Row]) -> None:
    with st.form("take day back", border=True):
        st.selectbox(
            "Have a day as usual again",
            list(dict.fromkeys((row["calendar"], row["day"]) for row in rows)),
            format_func=lambda one: f"{day_words(one[1])}, {one[0]}",
            key="special taken",
        )
        st.form_submit_button("Have it as usual", on_click=_remove, args=(shown, rows))


def _remove(shown: Decided, rows: list[Row]) -> None:
    calendar, day = chosen("special taken")
    windows = tuple(row for row in rows if _is_of(row, calendar, day))
    change = Change("calendar_exceptions", "removed", windows)
    said = f"{calendar}: {day_words(day)} is as usual again."
    decide(shown, said, lambda: [change])


def special_days_of_the_past(shown: Decided) -> None:
    """Those of before, the last first."""
    with st.expander("Special days of the past"):
        past = [r for r in _special_days(shown) if r["day"] < shown.today]
        listed([_special(row) for row in reversed(past)], "There are none.")
