"""Customers who gave up, contacts of machines, and contacts merged into others."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from sample_data.columns import draw
from sample_data.company import CHANNELS
from sample_data.extensions.items import Items
from sample_data.work import KINDS

CONTACTS = ("Enquiry", "Account change", "Complaint", "Refund request")
LIVE = [CHANNELS.index("Phone"), CHANNELS.index("Chat")]
WRITTEN = [CHANNELS.index("E-mail"), CHANNELS.index("Portal")]
BOTS, MERGED = 0.03, 0.02  # of written contacts; of all
GIVEN_UP = 0.8  # of those on a live channel whom nobody answered
PATIENCE = 240  # seconds on a live channel, on average


def rows(items: Items, rng: np.random.Generator) -> pa.Table:
    """One row per contact."""
    item = items.of(*CONTACTS)
    channel = items.lives.channel[item]
    is_bot = np.isin(channel, WRITTEN) & (rng.random(len(item)) < BOTS)
    is_merged = ~is_bot & (rng.random(len(item)) < MERGED) & (np.arange(len(item)) > 0)
    earlier = item[
        np.maximum(np.arange(len(item)) - 1 - draw(rng, (3, 2, 1), len(item)), 0)
    ]
    gives_up = np.isin(channel, LIVE) & ~is_bot & ~_is_answered(items)[item]
    gives_up &= rng.random(len(item)) < GIVEN_UP
    gone = (
        items.lives.received[item]
        + 20
        + rng.exponential(PATIENCE, len(item)).astype(int)
    )
    into = np.where(is_merged, earlier, -1)
    return pa.table(
        {
            "item_id": items.keys(item),
            "abandoned_at": items.told_at(gone, gives_up),
            "merged_into": items.keys(into),
            "is_bot": is_bot,
        }
    )


def _is_answered(items: Items) -> np.ndarray:
    """Whether a person replied to each item."""
    told = items.told
    by_person = (told.kind == KINDS.index("replied")) & ~told.is_by_nobody
    answered = np.zeros(len(items.lives), dtype=bool)
    answered[told.item[by_person]] = True
    return answered
