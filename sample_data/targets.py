"""Targets and plans, the office's calendar and the standards of work."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import numpy as np
import pyarrow as pa

from sample_data.company import DEPARTMENT_NAMES, DEPARTMENTS, TEAM_DEPARTMENTS
from sample_data.hours import PRODUCTIVITY
from sample_data.working_time import (
    ALL_WEEK,
    CALENDAR_NAMES,
    HISTORY_DAYS,
    OFFICE,
    OPENS,
    WORKDAY,
    Calendar,
    public_holidays,
)

ON_TIME_BY_DEPARTMENT = {
    "Payroll": 0.95,
    "Compliance": 0.90,
    "Customer Support": 0.85,
    "Market Research": 0.80,
}
ERROR_RATE_BY_DEPARTMENT = {"Data Entry": 0.04, "Payroll": 0.02, "Compliance": 0.02}

Row = dict[str, object]


def targets_table(calendar: Calendar, expected: np.ndarray) -> pa.Table:
    """The relation targets: goals, and the plan of every quarter."""
    first = calendar.first
    raised_on = date(calendar.end.year, 1, 1)
    rows = [
        _row("on_time_due", 0.85, first, raised_on),
        _row("on_time_due", 0.90, raised_on),
        _row("error_rate", 0.03, first),
        _row("review_coverage", 0.10, first),
    ]
    for metric, goals in (
        ("on_time_due", ON_TIME_BY_DEPARTMENT),
        ("error_rate", ERROR_RATE_BY_DEPARTMENT),
    ):
        rows += [_row(metric, goal, first, None, name) for name, goal in goals.items()]
    rows += _plan(calendar, expected)
    return pa.Table.from_pylist(rows)


def _row(
    metric: str,
    value: float,
    valid_from: date,
    valid_to: date | None = None,
    department: str | None = None,
) -> Row:
    return {
        "metric": metric,
        "department": department,
        "value": value,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }


def _plan(calendar: Calendar, expected: np.ndarray) -> list[Row]:
    """Standard and core hours per working day of the site, by quarter."""
    rows = []
    for start, stop in _quarters(calendar):
        days = max(1, int(calendar.is_working[OFFICE, start:stop].sum()))
        hours = (
            np.bincount(TEAM_DEPARTMENTS, expected[:, start:stop].sum(axis=1)) / days
        )
        since, until = calendar.dates[start], calendar.dates[stop]
        in_force = None if until > calendar.end else until
        for name, value in zip(DEPARTMENT_NAMES, hours.tolist(), strict=True):
            core = round(value / PRODUCTIVITY, 2)
            rows += [
                _row("plan_std_hours", round(value, 2), since, in_force, name),
                _row("plan_core_hours", core, since, in_force, name),
            ]
    return rows


def baselines_table(calendar: Calendar) -> pa.Table:
    """The relation baselines: a half-year of ordinary weeks, decided afterwards."""
    first, last = (calendar.end - timedelta(weeks=weeks) for weeks in (54, 28))
    monday = first - timedelta(days=first.weekday())
    return pa.Table.from_pylist(
        [
            {
                "metric": metric,
                "starts_on": monday,
                "ends_on": monday + timedelta(weeks=26),
                "decided_at": datetime.combine(last + timedelta(days=5), time(10)),
                "author": "R. Ellery",
                "reason": "first half-year in the new work queue",
            }
            for metric in ("on_time_due", "error_rate")
        ]
    )


def _quarters(calendar: Calendar) -> list[tuple[int, int]]:
    """First day, and first day no longer, of the quarters of the history."""
    starts = [
        number
        for number, day in enumerate(calendar.dates)
        if number == 0 or (day.day == 1 and day.month in (1, 4, 7, 10))
    ]
    pairs = zip(starts, starts[1:], strict=False)
    return [(start, stop) for start, stop in pairs if start <= HISTORY_DAYS]


def calendar_tables(calendar: Calendar) -> dict[str, pa.Table]:
    """The relations calendars, calendar_windows and calendar_exceptions."""
    names = list(CALENDAR_NAMES)
    minutes = (WORKDAY // 60).tolist()
    zones, defaults = [calendar.zone] * 2, [True, False]
    windows = [
        {
            "calendar": names[which],
            "weekday": weekday,
            "opens": _wall(OPENS[which]),
            "closes": _wall(OPENS[which] + WORKDAY[which]),
        }
        for which, days in ((OFFICE, range(1, 6)), (ALL_WEEK, range(1, 8)))
        for weekday in days
    ]
    closed = public_holidays(calendar.first.year - 1, calendar.end.year + 2)
    exceptions = [
        {"calendar": names[OFFICE], "day": day, "reason": reason}
        for day, reason in closed.items()
    ]
    return {
        "calendars": pa.table(
            {
                "calendar": names,
                "zone": zones,
                "nominal_minutes": minutes,
                "is_default": defaults,
            }
        ),
        "calendar_windows": pa.Table.from_pylist(windows),
        "calendar_exceptions": pa.Table.from_pylist(exceptions),
    }


def _wall(second: int) -> str:
    return f"{second // 3600:02}:{second % 3600 // 60:02}"


def work_types_table(calendar: Calendar) -> pa.Table:
    """The relation work_types."""
    return pa.Table.from_pylist(
        [
            {
                "work_type": kind.name,
                "department": department.name,
                "standard_minutes": kind.minutes,
                "due_minutes": int(kind.days * WORKDAY[department.calendar] // 60),
                "calendar": CALENDAR_NAMES[department.calendar],
                "urgent": kind.urgent,
                "important": kind.important,
                "valid_from": calendar.first,
            }
            for department in DEPARTMENTS
            for kind in department.work_types
        ]
    )
