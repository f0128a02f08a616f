"""What outside people deliver, and the hours that are paid for it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from sample_data.columns import where
from sample_data.company import EMPLOYMENTS, MINUTES
from sample_data.extensions.items import Items
from sample_data.work import KINDS

OWN = EMPLOYMENTS.index("own")
ACCEPTED = np.array([1.0, 0.95, 0.91])  # share of first deliveries, by employment
SOONER = 0.96  # share of the time that an item takes until it is delivered
HOURS_BOUGHT = np.array([0.0, 1.15, 0.8])  # for an hour of standard time


def rows(items: Items, rng: np.random.Generator) -> pa.Table:
    """One row per item of a person who is not our own."""
    item, employment = _outside(items)
    delivered = items.within(item, np.full(len(item), SOONER))
    happens = items.in_life(item, delivered) & (delivered < items.world.newest)
    is_right = rng.random(len(item)) < ACCEPTED[employment]
    is_right &= ~_returned(items)[item]
    minutes = MINUTES[items.lives.work_type[item]]
    return pa.table(
        {
            "item_id": items.keys(item),
            "delivered_at": items.told_at(delivered, happens),
            "accepted_first": where(is_right, happens & items.is_done[item]),
            "hours_bought": np.round(minutes / 60 * HOURS_BOUGHT[employment], 2),
        }
    )


def _outside(items: Items) -> tuple[np.ndarray, np.ndarray]:
    """Items that an outside person has, with how that person is employed."""
    person = items.told.person[items.told.last]
    employment = np.where(person < 0, OWN, items.world.staff.employment[person])
    item = np.flatnonzero(employment != OWN)
    return item, employment[item]


def _returned(items: Items) -> np.ndarray:
    """Whether each item was returned to the one who did it."""
    told = items.told
    returned = np.zeros(len(items.lives), dtype=bool)
    returned[told.item[told.kind == KINDS.index("returned")]] = True
    return returned
