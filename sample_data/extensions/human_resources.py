"""Vacancies with the offer that filled them, and the first days of new starters."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from sample_data.columns import where
from sample_data.extensions.items import Items

DECLINED = 0.13  # share of offers
NEVER_OFFERED = 0.06  # share of vacancies, closed without an offer


def rows(items: Items, rng: np.random.Generator) -> pa.Table:
    """One row per vacancy, then one per new starter."""
    return pa.concat_tables(
        [_vacancies(items, rng), _starters(items)], promote_options="default"
    )


def _vacancies(items: Items, rng: np.random.Generator) -> pa.Table:
    item = items.of("Job opening")
    luck = rng.random(len(item))
    has_offer, is_accepted = luck >= NEVER_OFFERED, luck >= NEVER_OFFERED + DECLINED
    times = [
        items.within(item, rng.uniform(low, high, len(item)))
        for low, high in ((0.02, 0.08), (0.15, 0.5), (0.7, 0.85), (0.88, 0.98))
    ]
    approved, applied, offered, accepted = (
        items.told_at(at, items.in_life(item, at) & happens)
        for at, happens in zip(
            times, (True, has_offer, has_offer, is_accepted), strict=True
        )
    )
    return pa.table(
        {
            "item_id": items.keys(item).cast(pa.string()),
            "approved_at": approved,
            "applied_at": applied,
            "offered_at": offered,
            "accepted_at": accepted,
        }
    )


def _starters(items: Items) -> pa.Table:
    """The onboarding is promised for the first day."""
    item = items.of("Onboarding case")
    first_day = items.world.calendar.utc(items.lives.promise[item])
    return pa.table(
        {
            "item_id": items.keys(item).cast(pa.string()),
            "onboarding_due": where(first_day, items.lives.is_dated[item]),
        }
    )
