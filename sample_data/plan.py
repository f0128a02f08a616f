"""The hours of work that the operation expects, by team and day."""

from __future__ import annotations

import numpy as np

from sample_data.arrivals import DAYS_PLANNED, told_rates
from sample_data.company import (
    CALENDARS,
    DAYS_ALLOWED,
    TEAM_DEPARTMENTS,
    TEAM_MINUTES,
    WORK_MIX,
)
from sample_data.lives import CANCELLED_SHARE
from sample_data.steps import REOPENED
from sample_data.working_time import ALL_WEEK

USUAL_LEAD = 0.63  # of the days allowed, on average
COMPLETIONS = 1 + REOPENED - CANCELLED_SHARE  # per item


def expected_hours(rates: np.ndarray, items: int) -> np.ndarray:
    """Standard hours that each team (row) is expected to complete on each day.

    What comes in goes out after the usual lead time; no story is foreseen.
    """
    per_item = TEAM_MINUTES / 60 * COMPLETIONS
    received = rates * items / told_rates(rates).sum() * per_item[:, None]
    completed = np.zeros_like(received)
    for team, days in enumerate(_usual_days()):
        completed[team, days:] = received[team, : DAYS_PLANNED - days]
    return completed


def _usual_days() -> np.ndarray:
    """Calendar days that the items of each team usually take."""
    working_days = WORK_MIX @ DAYS_ALLOWED * USUAL_LEAD
    is_all_week = CALENDARS[TEAM_DEPARTMENTS] == ALL_WEEK
    days = np.where(is_all_week, working_days, working_days * 7 / 5)
    return np.round(days).astype(np.int64)
