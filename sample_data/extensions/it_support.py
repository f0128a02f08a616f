"""Incidents that are restored before they are resolved, and changes that cause some."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from sample_data.columns import where, words
from sample_data.extensions.items import Items

KINDS = ("incident", "change")
CLEAN = 0.94  # share of changes
CAUSED = 0.03  # share of incidents that a change has caused


def rows(items: Items, rng: np.random.Generator) -> pa.Table:
    """One row per incident, then one per change."""
    change = items.of("Change request")
    is_clean = rng.random(len(change)) < CLEAN
    incident = items.of("Incident")
    culprit = _culprits(items, incident, change[~is_clean], rng)
    item = np.concatenate([incident, change])
    is_change = np.arange(len(item)) >= len(incident)
    restored = items.within(item, rng.beta(3, 3, len(item)) * 0.6)
    resolved = items.within(item, rng.uniform(0.93, 1.0, len(item)))
    is_finished = items.in_life(item, resolved) & (resolved < items.world.newest)
    cause = np.concatenate([culprit, change])
    return pa.table(
        {
            "item_id": items.keys(item),
            "kind": words(is_change, KINDS),
            "restored_at": items.told_at(
                restored, ~is_change & items.in_life(item, restored)
            ),
            "resolved_at": items.told_at(resolved, is_finished),
            "change_id": items.keys(cause),
            "change_ok": where(
                np.concatenate([is_change[: len(incident)], is_clean]),
                is_change & is_finished,
            ),
        }
    )


def _culprits(
    items: Items, incident: np.ndarray, change: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """For some incidents the last change before them that went wrong; else -1."""
    received = items.lives.received
    change = change[np.argsort(received[change], kind="stable")]
    before = np.searchsorted(received[change], received[incident])
    last = np.append(-1, change)[before]
    return np.where(rng.random(len(incident)) < CAUSED, last, -1)
