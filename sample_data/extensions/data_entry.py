"""Fields keyed by two people, and how many of them differ."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from sample_data.extensions.items import Items

KINDS = ("Form batch", "Survey batch", "Record clean-up", "Card and note keying")
KEYED_TWICE = 0.15  # share of items
FIELDS = 180
DIFFERING = 0.007  # share of fields


def rows(items: Items, rng: np.random.Generator) -> pa.Table:
    """One row per completed item of Data Entry."""
    item = items.done(*KINDS)
    is_twice = rng.random(len(item)) < KEYED_TWICE
    fields = is_twice * (1 + rng.poisson(FIELDS - 1, len(item)))
    return pa.table(
        {
            "item_id": items.keys(item),
            "fields_twice": fields,
            "fields_differing": rng.binomial(fields, DIFFERING),
        }
    )
