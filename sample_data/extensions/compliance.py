"""Legal deadlines some time after our own promise, and the evidence of cases."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from sample_data.columns import where
from sample_data.extensions.items import Items
from sample_data.working_time import DAY

CASES = ("Due diligence", "Regulatory filing", "Obligation check", "Policy review")
WITHOUT_DEADLINE = CASES.index("Policy review")
MARGIN = (21, 46)  # days that the law allows beyond our own promise
MOST_PIECES = 6
FORGOTTEN, STILL_MISSING = 0.012, 0.3  # share of the pieces of done and of open cases


def rows(items: Items, rng: np.random.Generator) -> pa.Table:
    """One row per case."""
    item = np.concatenate([items.of(kind) for kind in CASES])
    kind = np.repeat(np.arange(len(CASES)), [len(items.of(kind)) for kind in CASES])
    margin = rng.integers(*MARGIN, len(item)) * DAY
    due = items.world.calendar.date_of(items.lives.promise[item] + margin)
    required = rng.integers(0, MOST_PIECES + 1, len(item))
    missing = np.where(items.is_done[item], FORGOTTEN, STILL_MISSING)
    return pa.table(
        {
            "item_id": items.keys(item),
            "statutory_due": where(due, kind != WITHOUT_DEADLINE),
            "evidence_required": required,
            "evidence_present": required - rng.binomial(required, missing),
        }
    )
