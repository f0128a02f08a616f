"""From when to when a metric was as usual: as somebody decided, or its first year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from dashboard.filters import Filters, local_time

USUAL_WEEKS = 52


@dataclass(frozen=True)
class Baseline:
    """The days whose points make the limits; `end` is the first day no longer.

    Without a recorded decision it is the first year of the data: a refresh does not
    move it once the year is full, before that limits are on trial.
    """

    start: date
    end: date
    author: str = ""
    reason: str = ""
    decided_at: datetime | None = None  # UTC
    is_growing: bool = False
    begins: date | None = None  # the first whole week of the data


def baseline(
    decisions: Sequence[Mapping[str, Any]],
    metric: str,
    shown: Filters,
    first_received_at: datetime | None,
) -> Baseline | None:
    """The baseline of a metric for what a page is narrowed to.

    `decisions` are rows of data/baselines; that of the team goes before that of the
    department, and that before the one for all. None where there is no data.
    """
    chosen = [
        row
        for scope in _scopes(shown)
        for row in decisions
        if (row["metric"], row["department"], row["team"]) == (metric, *scope)
    ]
    begins = _first_week(shown, first_received_at)
    if not chosen:
        return _first_year(shown, begins)
    row = chosen[0]
    return Baseline(
        *(row["starts_on"], row["ends_on"]),
        *(row["author"], row["reason"], row["decided_at"]),
        begins=begins,
    )


def _scopes(shown: Filters) -> list[tuple[str | None, str | None]]:
    department = shown.department[0] if len(shown.department) == 1 else None
    team = shown.team[0] if len(shown.team) == 1 else None
    return [(department, team), (None, team), (department, None), (None, None)]


def _first_week(shown: Filters, first: datetime | None) -> date | None:
    """The Monday of the first week that the data has whole."""
    if first is None:
        return None
    day = local_time(first, shown.zone).date()
    return day + timedelta(days=-day.weekday() % 7)


def _first_year(shown: Filters, start: date | None) -> Baseline | None:
    """The first 52 whole weeks of the data, or as many as are over."""
    today = local_time(shown.as_of, shown.zone).date()
    last = today - timedelta(days=today.weekday())
    if start is None or last <= start:
        return None
    end = start + timedelta(weeks=USUAL_WEEKS)
    return Baseline(start, min(end, last), is_growing=last < end, begins=start)
