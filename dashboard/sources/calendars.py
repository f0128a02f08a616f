"""The calendars of a site as the relation calendar_days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pyarrow as pa

from dashboard.errors import ImportFileError
from dashboard.relations.loaded import CALENDAR_DAYS
from dashboard.working_time import (
    MOST_WINDOWS,
    CalendarError,
    Day,
    SpecialDay,
    Version,
    Window,
    expand,
    usual,
)

ORDER = [("calendar", "ascending"), ("day", "ascending")]
Rows = Iterable[dict[str, object]]


@lru_cache(maxsize=8)  # asked for again by each look at a site's own database
def usual_days(zone: str, first: date, last: date) -> pa.Table:
    """The days of the calendar of a site that gives none."""
    versions, windows = usual(zone)
    return _table(expand(versions, windows, [], first, last))


def given_days(
    calendars: Rows, windows: Rows, exceptions: Rows, first: date, last: date
) -> pa.Table:
    """The days of the calendars that a site gives, by the relations of these names.

    A calendar without a fellow is the site's own, said or not. Raises ImportFileError
    for a zone or hours that make no sense.
    """
    versions = [_version(row) for row in calendars]
    if len({version.calendar for version in versions}) == 1:
        versions = [replace(version, is_default=True) for version in versions]
    try:
        days = expand(
            versions,
            [Window(**row) for row in windows],  # type: ignore[arg-type]
            [SpecialDay(**row) for row in exceptions],  # type: ignore[arg-type]
            first,
            last,
        )
    except CalendarError as error:
        raise ImportFileError(str(error)) from error
    return _table(days)


def same_days(own: pa.Table, calendars: Rows, windows: Rows, exceptions: Rows) -> bool:
    """Whether calendars have just the days of the relation calendar_days `own`.

    Raises ImportFileError as `given_days` does.
    """
    known = own["day"].to_pylist()
    if not known:
        return False
    told = given_days(calendars, windows, exceptions, min(known), max(known))
    return bool(told.sort_by(ORDER).equals(own.cast(told.schema).sort_by(ORDER)))


def _version(row: dict[str, object]) -> Version:
    named = {name: value for name, value in row.items() if name != "nominal_minutes"}
    return Version(**named | {"is_default": bool(row["is_default"])})  # type: ignore[arg-type]


def _table(days: list[Day]) -> pa.Table:
    return pa.Table.from_pylist([_row(day) for day in days], _SCHEMA)


def _row(day: Day) -> dict[str, object]:
    row: dict[str, object] = {
        "calendar": day.calendar,
        "day": day.day,
        "is_default": day.is_default,
        "is_working": day.minutes_in > 0,
        "reason": day.reason,
        "starts_at": day.starts_at,
        "ends_at": day.ends_at,
        "minutes_before": day.minutes_before,
        "minutes_in": day.minutes_in,
    }
    none = (day.starts_at, day.starts_at)  # no window has no length
    windows = [*day.windows, *[none] * MOST_WINDOWS][:MOST_WINDOWS]
    for number, (opens, closes) in enumerate(windows, start=1):
        row |= {f"w{number}_from": opens, f"w{number}_to": closes}
    return row


_ARROW = {
    "text": pa.string(),
    "date": pa.date32(),
    "flag": pa.bool_(),
    "count": pa.int64(),
    "instant": pa.timestamp("us"),
}
_SCHEMA = pa.schema([(c.name, _ARROW[c.kind]) for c in CALENDAR_DAYS.columns])
