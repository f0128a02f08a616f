"""The time that people booked: core, diverted and absent minutes of every day."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from sample_data import people, stories
from sample_data.columns import words
from sample_data.company import (
    CALENDARS,
    DEPARTMENT_NAMES,
    TEAM_DEPARTMENTS,
    TEAMS,
)
from sample_data.people import Staff
from sample_data.working_time import ALL_WEEK, HISTORY_DAYS, Calendar

PRODUCTIVITY = 0.93  # standard hours per core hour that the plan counts on
SMOOTHING = 21  # days over which a team spreads its work
ABSENT = 0.09
SUMMER_ABSENT = 0.08  # more, at the height of summer
DAY_PAID = 450  # minutes, of an absence
MOST_CORE = 660  # minutes in a day
HOURS_BY_EMPLOYMENT = np.array([1.15, 1.0, 0.65])
DIVERTED = np.array([0.19, 0.13, 0.08])  # of core, by employment
KINDS = ("core", "diverted", "absent")


def time_entries(
    calendar: Calendar, staff: Staff, expected: np.ndarray, rng: np.random.Generator
) -> pa.Table:
    """The relation time_entries, up to the day before the last."""
    seat, day = _on_duty(calendar, staff)
    person = staff.person(seat, day)
    seat, day, person = (column[person >= 0] for column in (seat, day, person))
    is_absent = rng.random(len(seat)) < _absence(calendar)[day]
    team, employment = staff.team[seat], staff.employment[person]
    weight = HOURS_BY_EMPLOYMENT[employment] * rng.lognormal(0, 0.12, len(seat))
    weight *= rng.lognormal(0, 0.08, len(staff.seat))[person] * ~is_absent
    need = _minutes_needed(calendar, expected, rng)
    here = _by_team_and_day(team, day, weight)
    share = weight / np.maximum(here, 1e-9)[team, day]
    core = np.minimum(need[team, day] * share, MOST_CORE)
    diverted = core * DIVERTED[employment] * rng.lognormal(-0.15, 0.6, len(seat))
    minutes = np.stack([core, diverted, is_absent * float(DAY_PAID)], axis=1).round()
    row, kind = np.nonzero(minutes)
    return pa.table(
        {
            "employee": words(person[row], people.keys(staff)),
            "department": words(TEAM_DEPARTMENTS[team[row]], DEPARTMENT_NAMES),
            "team": words(team[row], TEAMS),
            "work_date": np.datetime64(calendar.first, "D") + day[row],
            "kind": words(kind, KINDS),
            "minutes": minutes[row, kind],
        }
    )


def _on_duty(calendar: Calendar, staff: Staff) -> tuple[np.ndarray, np.ndarray]:
    """Seats and the days on which they work: five in seven where all days are open."""
    days = np.arange(HISTORY_DAYS)
    seats = np.arange(len(staff.team))
    team_calendar = CALENDARS[TEAM_DEPARTMENTS[staff.team]]
    on_duty = calendar.is_working[team_calendar][:, days]
    is_off = (days[None, :] + 2 * seats[:, None]) % 7 < 2
    on_duty &= ~(is_off & (team_calendar == ALL_WEEK)[:, None])
    seat, day = np.nonzero(on_duty)
    return seat, day


def _absence(calendar: Calendar) -> np.ndarray:
    """Chance of being absent on each day; highest in August."""
    day_of_year = np.array([date.timetuple().tm_yday for date in calendar.dates])
    summer = np.maximum(np.cos(2 * np.pi * (day_of_year - 220) / 365.25), 0) ** 3
    return ABSENT + SUMMER_ABSENT * summer


def _minutes_needed(
    calendar: Calendar, expected: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Core minutes that each team (row) spends on each day, spread over working days.

    Teams lose and gain hours as the stories tell.
    """
    team_calendar = CALENDARS[TEAM_DEPARTMENTS]
    working = calendar.is_working[team_calendar][:, : expected.shape[1]].astype(float)
    window = np.ones(SMOOTHING)
    need = np.empty((len(TEAMS), HISTORY_DAYS))
    for team in range(len(TEAMS)):
        hours = np.convolve(expected[team], window, "same")
        days = np.convolve(working[team], window, "same")
        need[team] = (60 * hours / np.maximum(days, 1))[:HISTORY_DAYS]
    pace = PRODUCTIVITY * rng.lognormal(0, 0.05, (len(TEAMS), 1))
    return need * stories.staffing(HISTORY_DAYS) / pace


def _by_team_and_day(
    team: np.ndarray, day: np.ndarray, weight: np.ndarray
) -> np.ndarray:
    """Sums of weights by team (row) and day."""
    shape = (len(TEAMS), HISTORY_DAYS)
    cell = team * HISTORY_DAYS + day
    return np.bincount(cell, weight, shape[0] * shape[1]).reshape(shape)
