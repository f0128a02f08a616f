"""Seats in teams, and the people who have sat on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from sample_data import stories
from sample_data.columns import draw, numbered, where, words
from sample_data.company import (
    CALENDARS,
    DEPARTMENT_NAMES,
    EMPLOYMENTS,
    TEAM_DEPARTMENTS,
    TEAM_MINUTES,
    TEAM_SHARES,
    TEAMS,
    VENDOR,
)
from sample_data.working_time import HISTORY_DAYS, Calendar

SEATS = 270  # at ITEMS; turnover makes about 330 people of them
ITEMS = 200_000
SMALLEST, LARGEST = 0.2, 5.0  # how far the staff follows the number of items
TURNOVER = 0.22
EMPLOYMENT_SHARES = (0.45, 0.35, 0.20)
NEVER = 10**6

FIRST_NAMES = (
    *("Ada", "Alan", "Alice", "Amir", "Anita", "Arthur", "Bella", "Ben", "Carla"),
    *("Cyril", "Daisy", "Dev", "Edith", "Elif", "Emre", "Farah", "Felix", "Gita"),
    *("Grace", "Hugo", "Imran", "Iris", "Ivan", "Jade", "Jonas", "Kavya", "Leo"),
    *("Lena", "Maya", "Milo", "Nadia", "Nina", "Omar", "Oscar", "Priya", "Quinn"),
    *("Rosa", "Ravi", "Sara", "Theo", "Uma", "Vera", "Will", "Yusuf", "Zoe"),
)
LAST_NAMES = (
    *("Abbot", "Ainsley", "Barlow", "Beck", "Bright", "Carver", "Chandra", "Cole"),
    *("Croft", "Dale", "Desai", "Drake", "Ellis", "Farrow", "Finch", "Frost", "Gale"),
    *("Grover", "Hale", "Hart", "Holt", "Iqbal", "Joshi", "Kerr", "Lane", "Larch"),
    *("Marsh", "Mehta", "Moor", "Nash", "North", "Oakes", "Okoro", "Pike", "Quill"),
    *("Rahman", "Reed", "Sage", "Shaw", "Stone", "Swift", "Tarn", "Thorne", "Vale"),
    *("Verma", "Wade", "West", "Wilde", "Wren", "Yates"),
)


@dataclass(frozen=True)
class Staff:
    """Seats by team. A seat changes hands at most once; successor -1 is nobody."""

    team: np.ndarray
    changes_on: np.ndarray
    successor: np.ndarray
    employment: np.ndarray  # of a person
    seat: np.ndarray  # of a person; the first people are numbered like their seats
    first_seats: np.ndarray  # of a team
    seats: np.ndarray  # of a team
    seats_that_left: np.ndarray  # of a team, from its last seat backwards

    def person(self, seat: np.ndarray, day: np.ndarray) -> np.ndarray:
        """Who sits on a seat on a day; -1 is nobody."""
        return np.where(day < self.changes_on[seat], seat, self.successor[seat])

    def anyone(self, team: np.ndarray, day: np.ndarray, luck: np.ndarray) -> np.ndarray:
        """A person who is in the team on the day; some are busier than others."""
        gone = self.seats_that_left[team] * (day >= stories.PEOPLE_LEFT_ON)
        seats = self.seats[team] - gone
        seat = self.first_seats[team] + (luck**1.25 * seats).astype(np.int64)
        return self.person(seat, day)


def hire(items: int, rng: np.random.Generator) -> Staff:
    """Give every team seats by the time its work takes, and people to the seats."""
    seats = _seats_by_team(items)
    team = np.repeat(np.arange(len(TEAMS)), seats)
    first_seats = np.cumsum(seats) - seats
    gone = np.zeros(len(TEAMS), dtype=np.int64)
    gone[stories.TROUBLED] = max(
        1, round(stories.SHARE_THAT_LEFT * seats[stories.TROUBLED])
    )
    changes = rng.random(len(team)) < TURNOVER
    is_lost = np.arange(len(team)) >= (first_seats + seats - gone)[team]
    days = rng.integers(20, HISTORY_DAYS - 20, len(team))
    changes_on = np.where(changes, days, NEVER)
    changes_on[is_lost] = stories.PEOPLE_LEFT_ON
    follows = changes & ~is_lost
    successor = np.where(follows, len(team) + np.cumsum(follows) - 1, -1)
    seat = np.concatenate([np.arange(len(team)), np.flatnonzero(follows)])
    employment = draw(rng, EMPLOYMENT_SHARES, len(team))[seat]
    return Staff(
        team, changes_on, successor, employment, seat, first_seats, seats, gone
    )


def _seats_by_team(items: int) -> np.ndarray:
    """A team that works all week needs more seats for the same work."""
    scale = np.clip(items / ITEMS, SMALLEST, LARGEST)
    effort = TEAM_SHARES * TEAM_MINUTES
    effort = effort * np.where(CALENDARS[TEAM_DEPARTMENTS] == 1, 1.2, 1.0)
    seats = np.round(SEATS * scale * effort / effort.sum()).astype(np.int64)
    return np.maximum(seats, 2)


def keys(staff: Staff) -> pa.Array:
    """The keys of all people: E0001, E0002 and so on."""
    return numbered("E", 1, len(staff.seat), 4)


def employees(staff: Staff, calendar: Calendar, rng: np.random.Generator) -> pa.Table:
    """The relation employees."""
    team = staff.team[staff.seat]
    is_first = np.arange(len(staff.seat)) < len(staff.team)
    changed = staff.changes_on[staff.seat]
    before = -rng.integers(30, 3_000, len(team))
    joined, left = (
        np.where(is_first, before, changed),
        np.where(is_first, changed, NEVER),
    )
    start = np.datetime64(calendar.first, "D")
    is_outsourced = staff.employment == EMPLOYMENTS.index("outsourced")
    return pa.table(
        {
            "employee": keys(staff),
            "display_name": _names(len(team), rng),
            "department": words(TEAM_DEPARTMENTS[team], DEPARTMENT_NAMES),
            "team": words(team, TEAMS),
            "employment": words(staff.employment, EMPLOYMENTS),
            "vendor": words(np.where(is_outsourced, 0, -1), [VENDOR]),
            "joined_on": start + joined.astype("timedelta64[D]"),
            "left_on": where(start + left.astype("timedelta64[D]"), left < NEVER),
        }
    )


def _names(count: int, rng: np.random.Generator) -> list[str]:
    """Invented names, no two alike."""
    drawn = rng.permutation(len(FIRST_NAMES) * len(LAST_NAMES))[:count]
    first, last = np.divmod(drawn, len(LAST_NAMES))
    return [
        f"{FIRST_NAMES[a]} {LAST_NAMES[b]}" for a, b in zip(first, last, strict=True)
    ]
