"""Calendars: opening hours by weekday, their zones, and what changes them."""

from __future__ import annotations

import streamlit as st

from dashboard.components.administration.deciding import (
    Decided,
    choose_day,
    chosen,
    counts,
    decide,
    decided,
    listed,
    since,
    where,
)
from dashboard.components.administration.new_calendar import (
    WEEKDAYS,
    ZONE,
    add_calendar,
    choose_minutes,
    choose_weekdays,
)
from dashboard.components.administration.special_days import (
    add_special_day,
    special_days_of_the_past,
    special_days_to_come,
)
from dashboard.decisions import Change
from dashboard.decisions.dating import put_in_force
from dashboard.decisions.hours import HOURS, hours_from, in_words, on_weekday
from dashboard.decisions.rows import Row
from dashboard.errors import DecisionError
from dashboard.filters import day_words

RELATIONS = ("calendars", "calendar_windows", "calendar_exceptions")


def calendars() -> None:
    """Each calendar with its hours, the forms that change them, and special days."""
    shown = decided(*RELATIONS)
    where(shown, *RELATIONS)
    counting = sorted(shown.counting("calendars"), key=_own_first)
    if not counting:
        st.caption("There is no calendar: Monday to Friday count round the clock.")
        add_calendar(shown)
        return
    listed(_week(shown, counting), "")
    names = [row["calendar"] for row in counting]
    left, right = st.columns(2)
    with left:
        _hours(shown, names)
    with right:
        add_special_day(shown, names)
    special_days_to_come(shown)
    with st.expander("Another calendar, or another zone"):
        left, right = st.columns(2)
        with left:
            add_calendar(shown)
        with right:
            _zone(shown, names)
    with st.expander("Hours and zones of other days"):
        windows, versions = map(shown.others, ("calendar_windows", "calendars"))
        told = [*map(_version, versions), *map(_window, windows)]
        listed(told, "There are none.")
    special_days_of_the_past(shown)


def _own_first(row: Row) -> tuple[bool, str]:
    return not row["is_default"], row["calendar"]


def _week(shown: Decided, counting: list[Row]) -> list[dict[str, str]]:
    """A line for each weekday, zone and business day; a column for each calendar."""
    windows = shown.rows["calendar_windows"]
    names = (*WEEKDAYS.values(), "Zone", "Business day")
    lines: list[dict[str, str]] = [{"": name} for name in names]
    for row in counting:
        name = row["calendar"]
        heading = f"{name} (the site's own)" if row["is_default"] else name
        for weekday, line in zip(WEEKDAYS, lines, strict=False):
            hours = on_weekday(windows, name, weekday, shown.today)
            line[heading] = in_words(hours)
        lines[-2][heading] = row["zone"]
        lines[-1][heading] = _nominal(row)
    return lines


def _nominal(row: Row) -> str:
    """What one business day is; empty where nothing was decided."""
    minutes = row["nominal_minutes"]
    return f"{minutes} min" if minutes else ""


def _version(row: Row) -> dict[str, str]:
    told = ", ".join(filter(None, (row["zone"], _nominal(row))))
    return {"Calendar": row["calendar"], "What": told, "Counts": since(row)}


def _window(row: Row) -> dict[str, str]:
    return {
        "Calendar": row["calendar"],
        "What": f"{WEEKDAYS[row['weekday']]}, {in_words([row])}",
        "Counts": since(row),
    }


def _hours(shown: Decided, names: list[str]) -> None:
    with st.form("change hours", border=True):
        st.markdown("**Change hours**")
        st.selectbox("Calendar", names, key="hours calendar")
        choose_weekdays("hours weekdays", [])
        st.text_input("Hours", key="hours text", help=HOURS, placeholder="closed")
        choose_day("Counts from", shown.today, key="hours from")
        st.form_submit_button(
            "Change hours", type="primary", on_click=_save_hours, args=(shown,)
        )


def _save_hours(shown: Decided) -> None:
    calendar, weekdays = chosen("hours calendar"), chosen("hours weekdays")
    text, day = chosen("hours text") or "", chosen("hours from")
    if not weekdays or day is None:
        st.session_state["_outcome"] = ("error", "Choose weekdays and the first day.")
        return

    def wanted() -> list[Change]:
        rows = shown.rows["calendar_windows"]
        return hours_from(rows, calendar, weekdays, text, day, shown.today)

    days = ", ".join(WEEKDAYS[weekday] for weekday in weekdays)
    decide(
        shown, f"{calendar}: {days} have other hours from {day_words(day)} on.", wanted
    )


def _zone(shown: Decided, names: list[str]) -> None:
    with st.form("change zone", border=True):
        st.markdown("**Change the zone, or what a business day is**")
        st.selectbox("Calendar", names, key="zone calendar")
        st.text_input("Zone", key="zone zone", help=ZONE, placeholder="as it is")
        choose_minutes("zone minutes", placeholder="as it is")
        choose_day("Counts from", shown.today, key="zone from")
        st.form_submit_button("Change zone", on_click=_save_zone, args=(shown,))


def _save_zone(shown: Decided) -> None:
    calendar, day = chosen("zone calendar"), chosen("zone from")
    zone, minutes = (chosen("zone zone") or "").strip(), chosen("zone minutes")
    if day is None:
        st.session_state["_outcome"] = ("error", "Choose the first day.")
        return

    def wanted() -> list[Change]:
        rows = shown.rows["calendars"]
        then = [r for r in rows if r["calendar"] == calendar and counts(r, day)]
        if not then:
            raise DecisionError(f"{calendar} does not count on {day_words(day)}.")
        new = then[0] | {
            "zone": zone or then[0]["zone"],
            "nominal_minutes": minutes or then[0]["nominal_minutes"],
        }
        return put_in_force("calendars", rows, new, day, shown.today)

    decide(shown, f"{calendar} has changed from {day_words(day)} on.", wanted)
