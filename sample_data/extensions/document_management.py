"""Documents that are asked for, that expire, and that must not be kept for ever."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from sample_data.columns import where
from sample_data.extensions.items import Items
from sample_data.working_time import DAY

MISFILED = 0.035  # share of the documents found
EXPIRING, SHORTEST, LONGEST = 0.3, 600, 1_500  # share of scans; days of validity
HELD, HELD_FOR = 0.07, 40  # share of retention reviews; days since they were due


def rows(items: Items, rng: np.random.Generator) -> pa.Table:
    """One row per request, scanned document with an end, and retention review."""
    parts = [_requests(items, rng), _scans(items, rng), _reviews(items, rng)]
    return pa.concat_tables(parts, promote_options="default")


def _requests(items: Items, rng: np.random.Generator) -> pa.Table:
    item = items.of("Archive request")
    found = items.within(item, rng.uniform(0.3, 0.9, len(item)))
    is_found = items.in_life(item, found) & (found < items.world.newest)
    is_misfiled = rng.random(len(item)) < MISFILED
    return pa.table(
        {
            "item_id": items.keys(item).cast(pa.string()),
            "requested_at": items.told_at(items.lives.received[item]),
            "found_at": items.told_at(found, is_found),
            "misfiled": where(is_misfiled, is_found),
        }
    )


def _scans(items: Items, rng: np.random.Generator) -> pa.Table:
    item = items.of("Scan and index")
    item = item[rng.random(len(item)) < EXPIRING]
    valid = rng.integers(SHORTEST, LONGEST, len(item)) * DAY
    ends = items.world.calendar.date_of(items.lives.received[item] + valid)
    return pa.table({"item_id": items.keys(item).cast(pa.string()), "expires_on": ends})


def _reviews(items: Items, rng: np.random.Generator) -> pa.Table:
    item = items.of("Retention review")
    is_held = rng.random(len(item)) < HELD
    due = items.lives.promise[item] - is_held * HELD_FOR * DAY
    return pa.table(
        {
            "item_id": items.keys(item).cast(pa.string()),
            "retention_due": items.world.calendar.date_of(due),
            "legal_hold": is_held,
        }
    )
