"""The steps that items go through, from receipt to completion and sometimes back.

A step has its place between receipt (0) and completion (1) of the item's lead time.
The whole life of an item is laid out here; what lies after the moment of the data is
cut off later, so that open items are simply items in the middle of their lives.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sample_data.company import (
    CHANNELS,
    FIRST_TEAMS,
    STATUSES,
    TEAM_COUNTS,
    TEAM_DEPARTMENTS,
    TEAMS,
    department_number,
)
from sample_data.lives import Lives, World
from sample_data.working_time import DAY, WORKDAY

KINDS = (
    *("received", "reopened", "due_changed", "transferred", "assigned", "started"),
    *("paused", "resumed", "returned", "status", "replied", "completed", "cancelled"),
)
KEEP, NOBODY = -1, -2

REPLYING = [department_number("Customer Support"), department_number("IT Support")]
ANSWERED_BY_ROBOT = [CHANNELS.index("E-mail"), CHANNELS.index("Portal")]
TRANSFERRED, TO_OTHER_DEPARTMENT, BACK_AGAIN = 0.065, 0.18, 0.1
DUE_CHANGED, BY_POLICY = 0.05, 0.4
PAUSED = 0.09
CHECKED, RETURNED = 0.4, 0.08
REOPENED = 0.04


@dataclass(frozen=True)
class Step:
    """Something that happens to some items; KEEP leaves status, team, person as is."""

    kind: str
    item: np.ndarray
    at: np.ndarray
    status: str | None = None
    team: np.ndarray | int = KEEP
    person: np.ndarray | int = KEEP
    is_by_nobody: np.ndarray | bool = False


class Script:
    """Places steps in the lives of items."""

    def __init__(self, world: World, lives: Lives, rng: np.random.Generator):
        self.world, self.lives, self.rng = world, lives, rng
        self.everyone = np.arange(len(lives))
        # Some items wait long for their first step, others for their last.
        self.bend = rng.lognormal(0, 0.5, len(lives))

    def some(self, share: float, among: np.ndarray | None = None) -> np.ndarray:
        """A random share of items."""
        among = self.everyone if among is None else among
        return among[self.rng.random(len(among)) < share]

    def at(self, item: np.ndarray, low: float, high: float) -> np.ndarray:
        """Local times of items at a share between low and high of their lead."""
        share = self.rng.uniform(low, high, len(item)) ** self.bend[item]
        gone = (self.lives.lead[item] * share).astype(np.int64)
        return self._local(item, self.lives.worked[item] + gone)

    def end(self, item: np.ndarray) -> np.ndarray:
        """Local times at which items end."""
        gone = self.lives.lead[item] * self.lives.ends[item] ** self.bend[item]
        return self._local(item, self.lives.worked[item] + gone.astype(np.int64))

    def later(self, item: np.ndarray, at: np.ndarray, more: np.ndarray) -> np.ndarray:
        """Local times so many working seconds later."""
        worked = self.world.calendar.worked(self.lives.calendar[item], at)
        return self._local(item, worked + more.astype(np.int64))

    def someone(self, team: np.ndarray, at: np.ndarray) -> np.ndarray:
        """People of teams at local times."""
        day = np.minimum(at // DAY, self.world.newest // DAY)
        return self.world.staff.anyone(team, day, self.rng.random(len(team)))

    def _local(self, item: np.ndarray, worked: np.ndarray) -> np.ndarray:
        found = self.world.calendar.local(self.lives.calendar[item], worked)
        return np.maximum(found, self.lives.received[item])


def steps(script: Script) -> Iterator[Step]:
    """All steps, those of one item in order of time."""
    yield from _arrival(script)
    yield from _transfer(script)
    yield _due_change(script)
    started = script.everyone
    yield Step("started", started, script.at(started, 0.3, 0.4), "In progress")
    yield from _pause(script)
    yield from _check(script)
    yield from _end(script)


def _arrival(script: Script) -> Iterator[Step]:
    lives, item = script.lives, script.everyone
    yield Step("received", item, lives.received, "New", lives.team, NOBODY, True)
    is_replied = np.isin(lives.department, REPLYING)
    robot = np.flatnonzero(is_replied & np.isin(lives.channel, ANSWERED_BY_ROBOT))
    soon = lives.received[robot] + script.rng.integers(20, 90, len(robot))
    yield Step("replied", robot, soon, is_by_nobody=True)
    at = np.maximum(script.at(item, 0.02, 0.12), lives.received + 120)
    yield Step("assigned", item, at, person=script.someone(lives.team, at))
    replied = script.some(0.9, np.flatnonzero(is_replied))
    reply = np.maximum(script.at(replied, 0.13, 0.15), at[replied])
    yield Step("replied", replied, reply)


def _transfer(script: Script) -> Iterator[Step]:
    """To another team, and now and then back again."""
    item = script.some(TRANSFERRED)
    home = script.lives.team[item]
    away = _other_team(home, script.rng)
    yield from _hand_over(script, item, away, 0.16)
    back = script.rng.random(len(item)) < BACK_AGAIN
    yield from _hand_over(script, item[back], home[back], 0.21)


def _hand_over(
    script: Script, item: np.ndarray, team: np.ndarray, share: float
) -> Iterator[Step]:
    at = script.at(item, share, share + 0.02)
    yield Step("transferred", item, at, "New", team, NOBODY)
    at = script.at(item, share + 0.02, share + 0.05)
    yield Step("assigned", item, at, person=script.someone(team, at))


def _other_team(team: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Mostly a sister team, sometimes one of another department."""
    department = TEAM_DEPARTMENTS[team]
    first, count = FIRST_TEAMS[department], TEAM_COUNTS[department]
    sister = first + (team - first + rng.integers(1, count)) % count
    foreign = (first + count + rng.integers(0, len(TEAMS) - count)) % len(TEAMS)
    return np.where(rng.random(len(team)) < TO_OTHER_DEPARTMENT, foreign, sister)


def _due_change(script: Script) -> Step:
    item = script.some(DUE_CHANGED, np.flatnonzero(script.lives.is_dated))
    is_by_policy = script.rng.random(len(item)) < BY_POLICY
    at = script.at(item, 0.26, 0.29)
    return Step("due_changed", item, at, is_by_nobody=is_by_policy)


def _pause(script: Script) -> Iterator[Step]:
    item = script.some(PAUSED)
    yield Step("paused", item, script.at(item, 0.42, 0.47), "On hold")
    yield Step("resumed", item, script.at(item, 0.76, 0.82), "In progress")


def _check(script: Script) -> Iterator[Step]:
    item = script.some(CHECKED)
    yield Step("status", item, script.at(item, 0.85, 0.9), "Checking")
    returned = script.some(RETURNED, item)
    yield Step("returned", returned, script.at(returned, 0.91, 0.96), "In progress")


def _end(script: Script) -> Iterator[Step]:
    ends = script.lives.ends
    cancelled = np.flatnonzero(ends < 1)
    yield Step("cancelled", cancelled, script.end(cancelled), "Cancelled")
    done = np.flatnonzero(ends == 1)
    yield Step("completed", done, script.end(done), "Done")
    again = script.some(REOPENED, done)
    pause = script.rng.uniform(0.5, 12, len(again))
    day = WORKDAY[script.lives.calendar[again]]
    reopened = script.later(again, script.end(again), pause * day)
    yield Step("reopened", again, reopened, "In progress")
    rework = np.maximum(0.3 * script.lives.lead[again], 3600)
    yield Step("completed", again, script.later(again, reopened, rework), "Done")


def status_number(step: Step) -> int:
    """The position of the status that a step leads to, or KEEP."""
    return KEEP if step.status is None else STATUSES.index(step.status)
