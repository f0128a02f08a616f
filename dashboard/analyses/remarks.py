"""Which remarks concern what a chart shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dashboard.analyses.keeping import kept
from dashboard.answers import Answer
from dashboard.filters import Filters


@kept
def concerning(
    told: Answer, values: Answer, shown: Filters, metrics: frozenset[str]
) -> list[tuple[date, date, str]]:
    """First day, last day and words of each remark on what is shown, or on all.

    `told` is the answer of data/annotations; `values`, that of filters/values, says
    whose the chosen teams are. Where nothing is chosen everybody's are shown.
    """
    homes = _homes(values, shown.team)
    return [
        (*_days(row), _words(row))
        for row in told.rows.to_pylist()
        if _is_among(row["department"], shown.department or homes)
        and _is_among(row["team"], shown.team)
        and (row["metric"] is None or row["metric"] in metrics)
    ]


def _is_among(about: str | None, chosen: Sequence[str | None]) -> bool:
    """Whether a remark on all, or on one, concerns what is chosen; nothing is all."""
    return about is None or not chosen or about in chosen


def _homes(values: Answer, teams: Sequence[str | None]) -> list[str | None]:
    """The departments of the chosen teams."""
    return [
        row["department"]
        for row in values.rows.to_pylist()
        if row["filter"] == "team" and row["value"] in teams
    ]


def _days(row: Mapping[str, Any]) -> tuple[date, date]:
    """The first and the last day; one that ends before it starts is of one day."""
    first, end = row["starts_on"], row["ends_on"]
    return first, first if end is None else max(first, end - timedelta(days=1))


def _words(row: Mapping[str, Any]) -> str:
    about = row["team"] or row["department"]
    said = f"{row['remark']} ({row['author']})"
    return f"{about}: {said}" if about else said
