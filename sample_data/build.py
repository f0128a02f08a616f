"""Build the sample operations database, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from dashboard.decisions import Calendars
from dashboard.sources.building import Building, Progress, new_database, no_progress
from sample_data import arrivals, people
from sample_data.company import SOURCE, ZONE
from sample_data.extensions import Items, extension_tables
from sample_data.hours import time_entries
from sample_data.lives import World, live, paces
from sample_data.plan import expected_hours
from sample_data.remarks import annotations_table, owners_table
from sample_data.reviews import reviews_table
from sample_data.targets import (
    baselines_table,
    calendar_tables,
    targets_table,
    work_types_table,
)
from sample_data.work import events_table, history, item_keys, items_table
from sample_data.working_time import Calendar, today

ITEMS = 200_000
SEED = 20261122
SECONDS_UNTOLD = 240  # before the moment of the data; sources are never quite fresh


def build(
    path: Path,
    *,
    items: int = ITEMS,
    seed: int = SEED,
    end: date | None = None,
    progress: Progress = no_progress,
    calendars: Calendars | None = None,
) -> None:
    """Write the sample to `path`: 24 months that end at noon of `end`, or today.

    The same items, seed and end always give the same rows. The company works by its own
    calendars; `calendars`, where decided, are those that its time is counted by.
    """
    calendar = Calendar(end or today(), ZONE)
    with new_database(
        path,
        source=SOURCE,
        zone=ZONE,
        as_of=calendar.instant(calendar.as_of),
        is_sample=True,
        progress=progress,
        calendars=calendars,
    ) as building:
        _fill(building, calendar, items, seed)


def _fill(building: Building, calendar: Calendar, items: int, seed: int) -> None:
    """What is small first, then the items in chunks."""
    rng = np.random.default_rng([seed, 0])
    staff = people.hire(items, rng)
    rates = arrivals.usual_rates(calendar, rng)
    expected = expected_hours(rates, items)
    newest = calendar.as_of - SECONDS_UNTOLD
    world = World(calendar, staff, paces(rng), newest)
    building.insert("employees", people.employees(staff, calendar, rng))
    building.insert("work_types", work_types_table(calendar))
    building.insert("targets", targets_table(calendar, expected))
    building.insert("baselines", baselines_table(calendar))
    building.insert("annotations", annotations_table(calendar))
    building.insert("owners", owners_table(calendar))
    for relation, rows in calendar_tables(calendar).items():
        building.insert(relation, rows)
    building.insert("time_entries", time_entries(calendar, staff, expected, rng))
    by_day = arrivals.counts(rates, items, rng)
    for relation, rows in _work(building, world, by_day, seed):
        building.insert(relation, rows)
    building.rows = items
    building.max_changed_at = calendar.instant(newest)


def _work(
    building: Building, world: World, by_day: np.ndarray, seed: int
) -> Iterator[tuple[str, pa.Table]]:
    """Items with all that is told of them, chunk by chunk in order of receipt."""
    done, reviewed, total = 0, 0, int(by_day.sum())
    for number, days in enumerate(arrivals.chunks(by_day)):
        building.progress("Making items", done, total)
        rng = np.random.default_rng([seed, 1, number])
        lives = live(world, arrivals.receive(by_day, days, world.newest, rng), rng)
        told = history(world, lives, rng)
        ids = item_keys(lives, done + 1)
        reviews = reviews_table(world, lives, told, ids, reviewed + 1, rng)
        yield "work_items", items_table(world, lives, told, ids)
        yield "work_events", events_table(world, told, ids)
        yield "quality_reviews", reviews
        yield from extension_tables(Items(world, lives, told, ids), [seed, 2, number])
        done, reviewed = done + len(lives), reviewed + reviews.num_rows
    building.progress("Making items", done, total)
