"""Another calendar: its name, its zone, and the hours of its weekdays."""

from __future__ import annotations

import streamlit as st

from dashboard.components.administration.deciding import Decided, chosen, decide
from dashboard.components.asking import load
from dashboard.decisions import Change
from dashboard.decisions.hours import HOURS, windows
from dashboard.errors import DecisionError

WEEKDAYS = dict(enumerate(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], start=1))
ZONE = "A zone of the IANA list, such as Europe/Paris or Asia/Kolkata."
NOMINAL = "What one business day is, as contracts say it; the hours count as they are."


def add_calendar(shown: Decided) -> None:
    """The form of one that there is not yet; the first is the site's own."""
    with st.form("new calendar", border=True):
        st.markdown("**Add a calendar**")
        st.text_input("Name", max_chars=255, key="calendar name")
        st.text_input("Zone", load().zone, key="calendar zone", help=ZONE)
        choose_weekdays("calendar weekdays", [1, 2, 3, 4, 5])
        st.text_input("Hours", key="calendar hours", help=HOURS)
        choose_minutes("calendar minutes")
        st.form_submit_button(
            "Add calendar", type="primary", on_click=_save, args=(shown,)
        )


def choose_weekdays(key: str, chosen_first: list[int]) -> None:
    """Weekdays to choose by name."""
    st.multiselect(
        "Weekdays", list(WEEKDAYS), chosen_first, WEEKDAYS.__getitem__, key=key
    )


def choose_minutes(key: str, placeholder: str | None = None) -> None:
    """The minutes of a business day, or none."""
    st.number_input(
        "Minutes of a business day",
        *(1, 1440, None),
        key=key,
        help=NOMINAL,
        placeholder=placeholder,
    )


def _save(shown: Decided) -> None:
    name = (chosen("calendar name") or "").strip()

    def wanted() -> list[Change]:
        if any(row["calendar"] == name for row in shown.rows["calendars"]):
            raise DecisionError(
                f"There is a calendar {name} already: change its hours, or choose "
                "another name."
            )
        return [*_own_told(shown), *_added(name, is_own=not shown.rows["calendars"])]

    if not name:
        st.session_state["_outcome"] = ("error", "Write the name of the calendar.")
        return
    decide(shown, f"The calendar {name} counts.", wanted)


def _own_told(shown: Decided) -> list[Change]:
    """Say of a calendar without a fellow that it is the site's own, as it was."""
    rows = shown.rows["calendars"]
    if any(row["is_default"] for row in rows):
        return []
    own = {"is_default": True}
    return [Change("calendars", "changed", (row,), (row | own,)) for row in rows]


def _added(name: str, *, is_own: bool) -> list[Change]:
    always = {"calendar": name, "valid_from": None, "valid_to": None}
    calendar = always | {"zone": (chosen("calendar zone") or "").strip()}
    calendar |= {"nominal_minutes": chosen("calendar minutes"), "is_default": is_own}
    hours = windows(chosen("calendar hours") or "")
    opening = tuple(
        always | {"weekday": weekday, "opens": opens, "closes": closes}
        for weekday in chosen("calendar weekdays")
        for opens, closes in hours
    )
    return [
        Change("calendars", "added", after=(calendar,)),
        *([Change("calendar_windows", "added", after=opening)] if opening else []),
    ]
