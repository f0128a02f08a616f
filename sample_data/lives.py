"""What each item is, how long it takes and what was promised."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_data import stories
from sample_data.arrivals import DAYS, Arrivals
from sample_data.columns import draw, pick
from sample_data.company import (
    CALENDARS,
    CLIENTS,
    DAYS_ALLOWED,
    DEPARTMENTS,
    MINUTES,
    PRIORITY_PACE,
    PRIORITY_SHARES,
    TEAM_DEPARTMENTS,
    TEAMS,
    WORK_MIX,
)
from sample_data.people import Staff
from sample_data.working_time import DAY, WORKDAY, Calendar

USUAL_SHARE = 0.48  # of the time allowed, that the median item takes
TO_THE_DEADLINE = 0.2  # share of items that are done just before they are due
SPREAD = 0.72  # of the logarithm of the time an item takes
LONGEST = 5.0  # times the usual
HANDLING_SPREAD = 0.35
CANCELLED_SHARE = 0.03
UNDATED_SHARE = 0.02
SHORTEST_PROMISE = 4 * 3600  # of critical work, in working seconds
LEFT_LYING = 400  # working days: never, within the sample

CHANNEL_WEIGHTS = np.array([d.channels for d in DEPARTMENTS])
CLIENT_WEIGHTS = 1 / np.arange(2, len(CLIENTS) + 2)
AMOUNTS = np.array([d.amount or np.nan for d in DEPARTMENTS])


@dataclass(frozen=True)
class World:
    """What all chunks share: time, people, the pace of teams by week."""

    calendar: Calendar
    staff: Staff
    pace: np.ndarray
    newest: int  # local second before which all facts lie

    @property
    def story_starts(self) -> tuple[int, int]:
        """When people left and when the overload began, in office working time."""
        days = np.array([stories.PEOPLE_LEFT_ON, stories.OVERLOAD_ON])
        left, overload = self.calendar.worked(np.zeros(2, dtype=int), days * DAY)
        return int(left), int(overload)


@dataclass(frozen=True)
class Lives:
    """Columns of items. Times are local seconds; `worked` and `lead` working ones."""

    received: np.ndarray
    team: np.ndarray
    department: np.ndarray
    work_type: np.ndarray
    priority: np.ndarray
    channel: np.ndarray
    client: np.ndarray
    calendar: np.ndarray
    worked: np.ndarray  # working time at receipt
    lead: np.ndarray  # working time from receipt to completion
    ends: np.ndarray  # share of the lead at which the item ends; 1 if not cancelled
    promise: np.ndarray
    days: np.ndarray  # working days promised
    is_dated: np.ndarray
    handling: np.ndarray  # minutes
    amount: np.ndarray

    def __len__(self) -> int:
        return len(self.received)


def paces(rng: np.random.Generator) -> np.ndarray:
    """Good and bad weeks: factor on the time of items by team (row) and week."""
    return rng.lognormal(0, 0.12, (len(TEAMS), DAYS // 7 + 1))


def live(world: World, arrivals: Arrivals, rng: np.random.Generator) -> Lives:
    """Draw what every item is and how long it takes."""
    team, received = arrivals.team, arrivals.received
    department = TEAM_DEPARTMENTS[team]
    calendar = CALENDARS[department]
    worked = world.calendar.worked(calendar, received)
    work_type = pick(rng, WORK_MIX, team)
    priority = draw(rng, PRIORITY_SHARES, len(team))
    effort = rng.lognormal(0.02, HANDLING_SPREAD, len(team))
    handling = np.round(MINUTES[work_type] * effort, 2)
    allowed = DAYS_ALLOWED[work_type] * PRIORITY_PACE[priority]
    promise = _promise(world, calendar, worked, allowed, priority)
    left = world.calendar.worked(calendar, promise) - worked
    lead = _lead(world, arrivals, worked, left, PRIORITY_PACE[priority], rng)
    is_cancelled = rng.random(len(team)) < CANCELLED_SHARE
    return Lives(
        received=received,
        team=team,
        department=department,
        work_type=work_type,
        priority=priority,
        channel=pick(rng, CHANNEL_WEIGHTS, department),
        client=draw(rng, CLIENT_WEIGHTS, len(team)),
        calendar=calendar,
        worked=worked,
        lead=np.maximum(lead, handling * 60).astype(np.int64),
        ends=np.where(is_cancelled, rng.uniform(0.1, 0.95, len(team)), 1.0),
        promise=promise,
        days=np.maximum(np.round(allowed), 1).astype(np.int64),
        is_dated=rng.random(len(team)) >= UNDATED_SHARE,
        handling=handling,
        amount=np.round(AMOUNTS[department] * rng.lognormal(0, 1.1, len(team)), 2),
    )


def _lead(
    world: World,
    arrivals: Arrivals,
    worked: np.ndarray,
    left: np.ndarray,
    waiting: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """Working seconds from receipt to completion; `left` is until the promise."""
    team, day = arrivals.team, arrivals.received // DAY
    workday = WORKDAY[CALENDARS[TEAM_DEPARTMENTS[team]]]
    spread = np.minimum(rng.lognormal(0, SPREAD, len(team)), LONGEST)
    lead = USUAL_SHARE * left * spread * world.pace[team, day // 7]
    just_before = np.maximum(left - rng.uniform(-0.05, 0.5, len(team)) * workday, 0)
    lead = np.where(rng.random(len(team)) < TO_THE_DEADLINE, just_before, lead)
    lead *= stories.quick_pace(team, day)
    lead += stories.extra_wait(team, worked, world.story_starts) * waiting
    is_left_lying = stories.is_left_lying(team, day)
    return np.where(is_left_lying, LEFT_LYING * workday, lead)


def _promise(
    world: World,
    calendar: np.ndarray,
    worked: np.ndarray,
    allowed: np.ndarray,
    priority: np.ndarray,
) -> np.ndarray:
    """Critical work is due after so many hours, other work at the end of a day."""
    seconds = np.maximum(allowed * WORKDAY[calendar], SHORTEST_PROMISE)
    soon = world.calendar.local(calendar, worked + seconds.astype(np.int64))
    days = np.maximum(np.round(allowed), 1).astype(np.int64)
    return np.where(priority == 0, soon, world.calendar.due(calendar, worked, days))
