"""From the steps of items to the rows of work_items and work_events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from sample_data import people
from sample_data.columns import numbered, where, words
from sample_data.company import (
    CHANNELS,
    CLIENTS,
    CODES,
    DEPARTMENT_NAMES,
    MINUTES,
    PRIORITIES,
    STATUSES,
    TEAM_DEPARTMENTS,
    TEAMS,
    WORK_TYPES,
)
from sample_data.lives import Lives, World
from sample_data.steps import KEEP, KINDS, Script, Step, status_number, steps

DONE, CANCELLED = STATUSES.index("Done"), STATUSES.index("Cancelled")
WORK_TYPE_NAMES = tuple(kind.name for kind in WORK_TYPES)


@dataclass(frozen=True)
class History:
    """Events in order of item and time; status, team and person are those after."""

    item: np.ndarray
    at: np.ndarray
    kind: np.ndarray
    status: np.ndarray
    team: np.ndarray
    person: np.ndarray
    is_by_nobody: np.ndarray

    @property
    def first(self) -> np.ndarray:
        """The position of the first event of every item."""
        return np.flatnonzero(np.diff(self.item, prepend=-1))

    @property
    def last(self) -> np.ndarray:
        """The position of the last event of every item."""
        return np.append(self.first[1:], len(self.item)) - 1

    def times(self, kind: str) -> tuple[np.ndarray, np.ndarray]:
        """Items and times of the events of one kind."""
        chosen = self.kind == KINDS.index(kind)
        return self.item[chosen], self.at[chosen]


def history(world: World, lives: Lives, rng: np.random.Generator) -> History:
    """Everything that happened to items before the moment of the data."""
    script = Script(world, lives, rng)
    end = script.end(script.everyone)
    told = [
        _until(world.newest, end, step, place)
        for place, step in enumerate(steps(script))
    ]
    item, at, kind, status, team, person, nobody, place = (
        np.concatenate(column) for column in zip(*told, strict=True)
    )
    order = np.argsort((item << 34) | (at << 5) | place)
    return History(
        item=item[order],
        at=at[order],
        kind=kind[order],
        status=_carried(status[order]),
        team=_carried(team[order]),
        person=_carried(person[order]),
        is_by_nobody=nobody[order],
    )


def _until(
    newest: int, end: np.ndarray, step: Step, place: int
) -> tuple[np.ndarray, ...]:
    """The columns of a step, without what comes too late or after a cancellation.

    `place` decides between steps in the same second.
    """
    is_ending = step.kind in ("completed", "cancelled", "reopened")
    told = step.at < newest
    if not is_ending:
        told &= step.at <= end[step.item]
    count = int(told.sum())

    def column(value: np.ndarray | int) -> np.ndarray:
        if isinstance(value, np.ndarray):
            return value[told].astype(np.int32)
        return np.full(count, value, dtype=np.int32)

    return (
        step.item[told],
        step.at[told],
        column(KINDS.index(step.kind)),
        column(status_number(step)),
        column(step.team),
        column(step.person),
        column(step.is_by_nobody).astype(bool),
        column(place).astype(np.int64),
    )


def _carried(values: np.ndarray) -> np.ndarray:
    """Each value, or the last one before it where it says KEEP."""
    position = np.where(values == KEEP, 0, np.arange(len(values)))
    return values[np.maximum.accumulate(position)]


def item_keys(lives: Lives, first_number: int) -> pa.Array:
    """The keys of items: AP-0000123."""
    prefixes = words(lives.department, [f"{code}-" for code in CODES])
    prefixes = prefixes.cast(pa.string())
    return numbered(prefixes, first_number, len(lives), 7)


def events_table(world: World, told: History, ids: pa.Array) -> pa.Table:
    """The relation work_events."""
    after, before = _statuses(told)
    return pa.table(
        {
            "item_id": words(told.item, ids),
            "event_at": world.calendar.utc(told.at),
            "sequence": np.arange(len(told.item))
            - np.repeat(told.first, np.diff(told.first, append=len(told.item)))
            + 1,
            "kind": words(told.kind, KINDS),
            "from_status": words(before, STATUSES),
            "to_status": words(after, STATUSES),
            "employee": words(_actor(told), people.keys(world.staff)),
            "department": words(TEAM_DEPARTMENTS[told.team], DEPARTMENT_NAMES),
            "team": words(told.team, TEAMS),
        }
    )


def _statuses(told: History) -> tuple[np.ndarray, np.ndarray]:
    """Statuses after and before each event."""
    before = np.roll(told.status, 1)
    before[told.first] = -1
    return told.status, before


def _actor(told: History) -> np.ndarray:
    """Who did it: the person who has the item, or had it before giving it away."""
    previous = np.roll(told.person, 1)
    gives = told.kind == KINDS.index("transferred")
    return np.where(told.is_by_nobody, -1, np.where(gives, previous, told.person))


def completed_at(told: History) -> tuple[np.ndarray, np.ndarray]:
    """Local time of the completion in force of every item, and whether it has one."""
    return told.at[told.last], told.status[told.last] == DONE


def items_table(world: World, lives: Lives, told: History, ids: pa.Array) -> pa.Table:
    """The relation work_items: every item as its events left it."""
    utc, last = world.calendar.utc, told.last
    team, ended, status = told.team[last], utc(told.at[last]), told.status[last]
    started, is_started = _first_time(told, "started", len(lives))
    spent = np.where(status == DONE, 1.0, 0.5) * lives.handling
    return pa.table(
        {
            "item_id": ids,
            "department": words(TEAM_DEPARTMENTS[team], DEPARTMENT_NAMES),
            "team": words(team, TEAMS),
            "employee": words(told.person[last], people.keys(world.staff)),
            "work_type": words(lives.work_type, WORK_TYPE_NAMES),
            "priority": words(lives.priority, PRIORITIES),
            "channel": words(lives.channel, CHANNELS),
            "client": words(lives.client, CLIENTS),
            "status": words(status, STATUSES),
            "received_at": utc(lives.received),
            "started_at": where(utc(started), is_started),
            "first_due_at": where(utc(lives.promise), lives.is_dated),
            "due_at": where(utc(_due(world, lives, told)), lives.is_dated),
            "completed_at": where(ended, status == DONE),
            "cancelled_at": where(ended, status == CANCELLED),
            "standard_minutes": MINUTES[lives.work_type],
            "handling_minutes": where(np.round(spent, 2), is_started),
            "amount": where(lives.amount, ~np.isnan(lives.amount)),
        }
    )


def _first_time(told: History, kind: str, count: int) -> tuple[np.ndarray, np.ndarray]:
    """When this first happened to every item, and whether it did."""
    item, at = told.times(kind)
    first, found = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=bool)
    first[item], found[item] = at, True
    return first, found


def _due(world: World, lives: Lives, told: History) -> np.ndarray:
    """The promise in force: moved by one to six working days where it was changed."""
    _, is_moved = _first_time(told, "due_changed", len(lives))
    days = lives.days + 1 + lives.received % 6
    moved = world.calendar.due(lives.calendar, lives.worked, days)
    return np.where(is_moved, moved, lives.promise)
