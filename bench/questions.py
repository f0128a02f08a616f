"""The eight questions of the benchmark, as questions of ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bench.generated import AS_OF
from dashboard.answers import Question
from dashboard.filters import Filters

LAST = date(2026, 11, 2)  # the Monday after the last item
QUARTER = (date(2026, 7, 1), date(2026, 10, 1))
BEFORE = (date(2026, 4, 1), date(2026, 7, 1))
YEAR = (LAST - timedelta(weeks=52), LAST)
FOUR = ("Accounts Payable", "Claims", "Data Entry", "Payments")


def asked(
    query: str,
    period: tuple[date, date],
    as_of: datetime = AS_OF,
    settings: tuple[tuple[str, str], ...] = (),
    page: dict[str, Any] | None = None,
    **chosen: tuple[str, ...],
) -> Question:
    """A question of ours under filters."""
    filters = replace(Filters(*period, as_of, "UTC"), **chosen)
    return Question(query, filters, settings, **(page or {}))


# Where one question of theirs is two of ours, both are asked.
QUESTIONS = {
    "Q1 scorecard, two quarters": [
        asked("overview/matrix", QUARTER),
        asked("overview/matrix", BEFORE, datetime(2026, 7, 1)),
        asked("deadlines/lead_time", QUARTER),
    ],
    "Q2 flow, 365 days": [
        asked("workload/flow_by_bucket", YEAR, settings=(("grain", "day"),)),
        asked("backlog/open_by_bucket", YEAR, settings=(("grain", "day"),)),
    ],
    "Q3 age of open work, past": [
        asked("backlog/age_profile", QUARTER, datetime(2026, 6, 30)),
    ],
    "Q4 on time, 52 weeks by type": [
        asked("overview/rates_by_week", YEAR, settings=(("level", "work_type"),)),
    ],
    "Q5 lead time, 52 weeks": [asked("deadlines/lead_time_by_bucket", YEAR)],
    "Q6a error types, 4 depts": [asked("errors/error_types", YEAR, department=FOUR)],
    "Q6b error rate, 4 depts": [
        asked("errors/error_rate_by_bucket", YEAR, department=FOUR)
    ],
    "Q7 open work by group": [asked("backlog/open_by_group", QUARTER)],
    "Q8 longest overdue, 200": [
        asked(
            "records/overdue",
            QUARTER,
            page={"limit": 200},
            department=("Claims",),
            priority=("High", "Urgent"),
        )
    ],
}
