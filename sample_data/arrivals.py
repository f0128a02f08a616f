"""How much work comes to which team on which day, and at what time of day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sample_data import stories
from sample_data.columns import pick
from sample_data.company import (
    CALENDARS,
    DEPARTMENTS,
    TEAM_DEPARTMENTS,
    TEAM_SHARES,
    TEAMS,
)
from sample_data.working_time import DAY, HISTORY_DAYS, Calendar

CHUNK_ITEMS = 250_000
DAYS = HISTORY_DAYS + 1
DAYS_PLANNED = DAYS + 100  # so that the plan of the running quarter is whole
GROWTH_A_YEAR = 0.08
SEASON = 0.08
LAST_DAY_SHARE = 0.45  # of its work, what comes before the moment of the data
MONTH_END_DAYS = 3
WEEKDAYS = np.array(
    [[1.2, 1.05, 1.0, 1.0, 0.95, 0.0, 0.0], [1.15, 1.05, 1.0, 1.0, 1.0, 0.7, 0.6]]
)
FIRST_HOUR = 6
HOURS = np.array(
    [
        [0, 0, 5, 10, 12, 11, 8, 7, 9, 9, 8, 5, 0, 0, 0, 0],
        [1, 3, 6, 9, 10, 10, 9, 8, 8, 8, 8, 7, 6, 5, 4, 2],
    ]
)


@dataclass(frozen=True)
class Arrivals:
    """The items of some days in order of receipt: local second and team of each."""

    received: np.ndarray
    team: np.ndarray


def usual_rates(calendar: Calendar, rng: np.random.Generator) -> np.ndarray:
    """Expected share of the work by team (row) and day, before any story."""
    team_calendar = CALENDARS[TEAM_DEPARTMENTS]
    day = np.arange(DAYS_PLANNED)
    weekday = WEEKDAYS[team_calendar][:, calendar.weekday[day]]
    working = calendar.is_working[team_calendar][:, day]
    day_of_year = np.array([date.timetuple().tm_yday for date in calendar.dates])[day]
    season = 1 + SEASON * np.cos(2 * np.pi * (day_of_year - 320) / 365.25)
    growth = 1 + GROWTH_A_YEAR * day / 365.25
    chance = rng.lognormal(0, 0.08, (len(TEAMS), DAYS_PLANNED))
    rates = weekday * working * season * growth * chance * _month_end(calendar)
    return rates * TEAM_SHARES[:, None] / rates.mean(axis=1, keepdims=True)


def _month_end(calendar: Calendar) -> np.ndarray:
    """Factor by team (row) and day: the last working days of a month are full."""
    peak = np.array([department.month_end for department in DEPARTMENTS])
    months = np.array([date.month for date in calendar.dates])
    ends = np.flatnonzero(months[:-1] != months[1:]) + 1
    day = np.arange(DAYS_PLANNED)
    month_end = ends[np.searchsorted(ends, day, side="right")]
    before = calendar.days_before[CALENDARS]
    is_peak = before[:, month_end] - before[:, day] <= MONTH_END_DAYS
    return np.where(is_peak, peak[:, None], 1.0)[TEAM_DEPARTMENTS]


def counts(rates: np.ndarray, items: int, rng: np.random.Generator) -> np.ndarray:
    """How many of the items come to each team (row) on each day."""
    weights = told_rates(rates)
    drawn = rng.multinomial(items, weights.ravel() / weights.sum())
    return drawn.reshape(weights.shape)


def told_rates(rates: np.ndarray) -> np.ndarray:
    """The rates of the days told, with the stories."""
    weights = rates[:, :DAYS] * stories.surge(DAYS)
    weights[:, -1] *= LAST_DAY_SHARE
    return weights


def chunks(by_day: np.ndarray) -> Iterator[tuple[int, int]]:
    """Runs of whole days, each of about CHUNK_ITEMS items."""
    number = np.cumsum(by_day.sum(axis=0)) // CHUNK_ITEMS
    starts = np.flatnonzero(np.diff(number, prepend=-1))
    yield from zip(starts, [*starts[1:], by_day.shape[1]], strict=True)


def receive(
    by_day: np.ndarray, days: tuple[int, int], newest: int, rng: np.random.Generator
) -> Arrivals:
    """Draw the items of some days; none comes at or after `newest`."""
    first, last = days
    many = by_day[:, first:last].ravel()
    team = np.repeat(np.repeat(np.arange(len(TEAMS)), last - first), many)
    day = np.repeat(np.tile(np.arange(first, last), len(TEAMS)), many)
    hour = pick(rng, HOURS, CALENDARS[TEAM_DEPARTMENTS[team]])
    second = (hour + FIRST_HOUR) * 3600 + rng.integers(0, 3600, len(team))
    second = np.where(day == HISTORY_DAYS, _before(second, newest % DAY), second)
    received = day * DAY + second
    order = np.argsort(received, kind="stable")
    return Arrivals(received[order], team[order])


def _before(second: np.ndarray, limit: int) -> np.ndarray:
    """Seconds of a day, squeezed so that all lie before the limit."""
    start = FIRST_HOUR * 3600
    share = (second - start) / (DAY - start)
    return start + (share * (limit - start)).astype(np.int64)
