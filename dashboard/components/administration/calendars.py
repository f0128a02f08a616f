"""Calendars: opening hours by weekday, and days that are not as usual."""

from __future__ import annotations

import streamlit as st

from dashboard.components.administration.deciding import (
    Decided,
    choose_day,
    chosen,
    decide,
    decided,
    listed,
    since,
    where,
)
from dashboard.components.asking import load
from dashboard.decisions import Change
from dashboard.decisions.hours import hours_from, in_words, on_weekday, windows
from dashboard.decisions.rows import Row
from dashboard.errors import DecisionError
from dashboard.filters import day_words

WEEKDAYS = dict(enumerate(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], start=1))
RELATIONS = ("calendars", "calendar_windows", "calendar_exceptions")
CLOSED = {"opens": None, "closes": None}
HOURS = "Such as 08:30-12:00 13:00-17:30; nothing where it is closed."


def calendars() -> None:
    """Each calendar with its hours, the forms that change them, and special days."""
    shown = decided(*RELATIONS)
    where(shown, *RELATIONS)
    counting = sorted(shown.counting("calendars"), key=_own_first)
    if not counting:
        st.caption("There is no calendar: Monday to Friday count round the clock.")
        _first(shown)
        return
    listed(_week(shown, counting), "")
    names = [row["calendar"] for row in counting]
    left, right = st.columns(2)
    with left:
        _hours(shown, names)
    with right:
        _special_day(shown, names)
    _to_come(shown)
    with st.expander("Hours of other days"):
        others = shown.others("calendar_windows")
        listed([_window(row) for row in others], "There are none.")
    with st.expander("Special days of the past"):
        past = [r for r in _special_days(shown) if r["day"] < shown.today]
        listed([_special(row) for row in reversed(past)], "There are none.")


def _own_first(row: Row) -> tuple[bool, str]:
    return not row["is_default"], row["calendar"]


def _week(shown: Decided, counting: list[Row]) -> list[dict[str, str]]:
    """A line for each weekday, and the zone; a column for each calendar."""
    windows = shown.rows["calendar_windows"]
    lines: list[dict[str, str]] = [{"": name} for name in (*WEEKDAYS.values(), "Zone")]
    for row in counting:
        name = row["calendar"]
        heading = f"{name} (the site's own)" if row["is_default"] else name
        for weekday, line in zip(WEEKDAYS, lines, strict=False):
            hours = on_weekday(windows, name, weekday, shown.today)
            line[heading] = in_words(hours)
        lines[-1][heading] = row["zone"]
    return lines


def _window(row: Row) -> dict[str, str]:
    return {
        "Calendar": row["calendar"],
        "Weekday": WEEKDAYS[row["weekday"]],
        "Hours": in_words([row]),
        "Counts": since(row),
    }


def _hours(shown: Decided, names: list[str]) -> None:
    with st.form("change hours", border=True):
        st.markdown("**Change hours**")
        st.selectbox("Calendar", names, key="hours calendar")
        st.multiselect(
            "Weekdays",
            list(WEEKDAYS),
            format_func=WEEKDAYS.__getitem__,
            key="hours weekdays",
        )
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


def _special_day(shown: Decided, names: list[str]) -> None:
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


def _to_come(shown: Decided) -> None:
    rows = [row for row in _special_days(shown) if row["day"] >= shown.today]
    with st.expander(f"Special days to come: {len(rows)}", expanded=False):
        listed([_special(row) for row in rows], "There are none.")
        if rows:
            _take_back(shown, rows)


def _take_back(shown: Decided, rows: list[Row]) -> None:
    with st.form("take day back", border=True):
        st.selectbox(
            "Have a day as usual again",
            range(len(rows)),
            format_func=lambda n: f"{day_words(rows[n]['day'])}, {rows[n]['calendar']}",
            key="special taken",
        )
        st.form_submit_button("Have it as usual", on_click=_remove, args=(shown, rows))


def _remove(shown: Decided, rows: list[Row]) -> None:
    row = rows[chosen("special taken")]
    change = Change("calendar_exceptions", "removed", (row,))
    said = f"{row['calendar']}: {day_words(row['day'])} is as usual again."
    decide(shown, said, lambda: [change])


def _first(shown: Decided) -> None:
    """A calendar for a site that has none: the same hours from Monday to Friday."""
    with st.form("first calendar", border=True):
        st.markdown("**Give the site a calendar**")
        st.text_input("Name", "office", max_chars=255, key="calendar name")
        st.text_input("Zone", load().zone, key="calendar zone")
        st.text_input("Hours, Monday to Friday", key="calendar hours", help=HOURS)
        st.form_submit_button(
            "Add calendar", type="primary", on_click=_save_first, args=(shown,)
        )


def _save_first(shown: Decided) -> None:
    name = (chosen("calendar name") or "").strip()

    def wanted() -> list[Change]:
        hours = windows(chosen("calendar hours") or "")
        always = {"calendar": name, "valid_from": None, "valid_to": None}
        calendar = always | {"zone": chosen("calendar zone"), "is_default": True}
        calendar["nominal_minutes"] = None
        return [
            Change("calendars", "added", after=(calendar,)),
            Change(
                "calendar_windows",
                "added",
                after=tuple(
                    always | {"weekday": weekday, "opens": opens, "closes": closes}
                    for weekday in range(1, 6)
                    for opens, closes in hours
                ),
            ),
        ]

    decide(shown, f"The calendar {name} counts.", wanted)
