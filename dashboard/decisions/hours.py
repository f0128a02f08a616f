"""Hours of a calendar as people write them, and the changes that they make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dashboard.decisions.changing import Change
from dashboard.decisions.checking import is_in_force
from dashboard.decisions.dating import ended
from dashboard.decisions.rows import Row
from dashboard.errors import DecisionError

HOURS = "Such as 08:30-12:00 13:00-17:30; nothing where it is closed."
WINDOW = re.compile(r"(\d{1,2}:\d\d)\s*(?:-|–|to)\s*(\d{1,2}:\d\d)")


def windows(text: str) -> list[tuple[str, str]]:
    """Opening hours of a day, such as 08:30-12:00 13:00-17:30; none is closed.

    Raises DecisionError for anything else.
    """
    rest = WINDOW.sub("", text).strip(" ,;")
    if rest:
        raise DecisionError(
            f"The hours {text!r} are not clear: write them as 08:30-12:00 13:00-17:30, "
            "or nothing for closed."
        )
    return [(_padded(a), _padded(b)) for a, b in WINDOW.findall(text)]


def in_words(rows: Sequence[Row]) -> str:
    """The windows of a day in a line."""
    told = sorted((row["opens"], row["closes"]) for row in rows if row["opens"])
    return ", ".join(f"{opens}–{closes}" for opens, closes in told) or "closed"


def on_weekday(
    rows: Sequence[Row], calendar: str, weekday: int, day: date
) -> list[Row]:
    """The windows of a weekday that count on a day."""
    return [
        row
        for row in rows
        if row["calendar"] == calendar
        and row["weekday"] == weekday
        and is_in_force(row, day)
    ]


def hours_from(
    rows: Sequence[Row],
    calendar: str,
    weekdays: Sequence[int],
    hours: str,
    day: date,
    today: date,
) -> list[Change]:
    """The changes by which weekdays have other hours from a day on.

    Raises DecisionError for hours that are none, for a day of the past, or where other
    hours are decided for later: these have to be ended first.
    """
    wanted = windows(hours)
    found: list[Change] = []
    for weekday in weekdays:
        _check_last(rows, calendar, weekday, day)
        for row in on_weekday(rows, calendar, weekday, day):
            found += ended("calendar_windows", row, day, today)
        new = tuple(
            {"calendar": calendar, "weekday": weekday, "opens": opens, "closes": closes}
            | {"valid_from": day, "valid_to": None}
            for opens, closes in wanted
        )
        if new:
            found.append(Change("calendar_windows", "added", after=new))
    return found


def _check_last(rows: Sequence[Row], calendar: str, weekday: int, day: date) -> None:
    for row in rows:
        is_same = row["calendar"] == calendar and row["weekday"] == weekday
        if is_same and row["valid_from"] and row["valid_from"] > day:
            raise DecisionError(
                f"Other hours are decided from {row['valid_from']} on: choose a later "
                "day."
            )


def _padded(text: str) -> str:
    return text.rjust(5, "0")
