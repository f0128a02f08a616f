"""The stories that the sample tells; README.md tells them in words."""

from __future__ import annotations

import numpy as np

from sample_data.company import (
    DEPARTMENTS,
    ERROR_TYPES,
    TEAMS,
    department_number,
    team_number,
)
from sample_data.working_time import HISTORY_DAYS

TROUBLED = team_number("Compliance Checks")
PEOPLE_LEFT_ON = HISTORY_DAYS - 120
SHARE_THAT_LEFT = 0.3
STALLED_WAIT = 0.36  # working time waited more, per working time gone by since then

OVERLOADED = team_number("AP Invoices")
OVERLOAD_ON = HISTORY_DAYS - 56
OVERLOAD = 1.6
OVERLOAD_WAIT = 0.42

FORM_DEPARTMENT = department_number("Data Entry")
NEW_FORM_ON = HISTORY_DAYS - 70
FORM_ERROR = ERROR_TYPES.index("Wrong date")
FORM_ERROR_FACTOR = 3.0

CHERRY_PICKER = team_number("IT Service Desk")
QUICK_WINS_ON = HISTORY_DAYS - 140
QUICK_PACE = 0.4
HARD_FROM = QUICK_WINS_ON - 40  # what came since then and is hard stays
ONE_IN = 60  # of these is hard


def surge(days: int) -> np.ndarray:
    """Factor on what a team (row) receives on a day (column)."""
    factor = np.ones((len(TEAMS), days))
    factor[OVERLOADED, OVERLOAD_ON:] = OVERLOAD
    return factor


def staffing(days: int) -> np.ndarray:
    """Factor on the hours that a team (row) works on a day (column)."""
    factor = np.ones((len(TEAMS), days))
    factor[TROUBLED, PEOPLE_LEFT_ON:] = 1 - SHARE_THAT_LEFT
    factor[OVERLOADED, OVERLOAD_ON:] = 1.12
    return factor


def extra_wait(
    team: np.ndarray, worked: np.ndarray, story_starts: tuple[int, int]
) -> np.ndarray:
    """Working seconds that an item of a queue growing since its start waits more.

    `story_starts` is when people left and when the overload began, in working time.
    """
    left, overload = story_starts
    stalled = (team == TROUBLED) * np.maximum(worked - left, 0) * STALLED_WAIT
    swamped = (team == OVERLOADED) * np.maximum(worked - overload, 0) * OVERLOAD_WAIT
    return stalled + swamped


def quick_pace(team: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Factor on the time that items take where quick wins come first."""
    return np.where((team == CHERRY_PICKER) & (day >= QUICK_WINS_ON), QUICK_PACE, 1.0)


def is_left_lying(team: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Whether an item is one of the few hard ones that nobody takes."""
    may_be = (team == CHERRY_PICKER) & (day >= HARD_FROM) & (day < QUICK_WINS_ON)
    return may_be & (np.cumsum(may_be) % ONE_IN == 1)


def error_rates(department: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Share of the work of a department on a day that is defective."""
    rates = np.array([d.error_rate for d in DEPARTMENTS])[department]
    return np.where(on_new_form(department, day), rates * FORM_ERROR_FACTOR, rates)


def error_weights() -> np.ndarray:
    """Weights of error types by department; a last row for work on the new form."""
    usual = np.array([d.errors for d in DEPARTMENTS], dtype=float)
    new_form = usual[FORM_DEPARTMENT].copy()
    new_form[FORM_ERROR] += (FORM_ERROR_FACTOR - 1) * new_form.sum()
    return np.vstack([usual, new_form])


def on_new_form(department: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Whether work was done on the new form."""
    return (department == FORM_DEPARTMENT) & (day >= NEW_FORM_ON)
