"""The lines of orders: how much was ordered, when it was wanted, what came when."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sample_data.columns import words
from sample_data.extensions.items import Items
from sample_data.working_time import DAY

MOST_DAYS, MOST_LINES = 3, 4  # between the lines of an order, and in it
JOINED = 0.8  # chance that a line so near belongs to the same order
UNITS = 12
SHORT, FILLED_UP = 0.05, 0.99  # share of deliveries; of these, that the rest follows
WANTED_SOONER, WANTED_LATER = 0.10, 0.20  # than we promised


def rows(items: Items, rng: np.random.Generator) -> pa.Table:
    """One row per order and delivery exception, each a line of an order."""
    item = items.of("Order", "Delivery exception")
    count = len(item)
    ordered = 1 + rng.poisson(UNITS - 1, count)
    delivered = items.ended[item] - rng.integers(2 * 3600, DAY, count)
    delivered = np.maximum(delivered, items.lives.received[item] + 3600)
    is_delivered = items.is_done[item] & (delivered < items.world.newest)
    is_short = rng.random(count) < SHORT
    rest = delivered + rng.integers(3, 60, count) * DAY
    is_filled = is_short & (rng.random(count) < FILLED_UP) & (rest < items.world.newest)
    delivered, is_short = np.where(is_filled, rest, delivered), is_short & ~is_filled
    given = np.where(
        is_short, (ordered * rng.uniform(0.2, 0.95, count)).astype(int), ordered
    )
    requested = items.lives.promise[item] + _sooner_or_later(count, rng) * DAY
    return pa.table(
        {
            "item_id": items.keys(item),
            "order_id": _orders(items, item, rng),
            "qty_ordered": ordered,
            "qty_delivered": np.where(is_delivered, given, 0),
            "delivered_at": items.told_at(delivered, is_delivered),
            "requested_at": items.world.calendar.utc(requested),
        }
    )


def _sooner_or_later(count: int, rng: np.random.Generator) -> np.ndarray:
    """Days between what customers want and what we promise; mostly none."""
    luck, days = rng.random(count), rng.integers(1, 4, count)
    later = np.where(luck > 1 - WANTED_LATER, days, 0)
    return np.where(luck < WANTED_SOONER, -days, later)


def _orders(items: Items, item: np.ndarray, rng: np.random.Generator) -> pa.Array:
    """Keys of orders: lines of one client that follow each other within some days."""
    client, received = items.lives.client[item], items.lives.received[item]
    order = np.lexsort((received, client))
    is_near = np.diff(received[order], prepend=0) < MOST_DAYS * DAY
    is_same = np.diff(client[order], prepend=-1) == 0
    is_next = is_near & is_same & (rng.random(len(item)) < JOINED)
    is_next &= np.arange(len(item)) % MOST_LINES != 0
    number = np.empty(len(item), dtype=np.int64)
    number[order] = np.cumsum(~is_next) - 1
    # The key of the first line, so that keys do not repeat from chunk to chunk.
    first = order[np.flatnonzero(~is_next)]
    keys = items.keys(item[first]).cast(pa.string())
    return words(number, pc.replace_substring(keys, "OM-", "ORDER-"))
