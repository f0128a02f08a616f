"""When invoices and claims are approved and paid, and what discount they bring."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from sample_data.columns import draw, where, words
from sample_data.company import CHANNELS
from sample_data.extensions.items import CURRENCIES, CURRENCY_SHARES, Items
from sample_data.working_time import DAY

TERMS, TERM_SHARES = np.array([21, 30, 45]), (0.15, 0.65, 0.20)  # days to pay
PAID_LATE, DISPUTED = 0.05, 0.01
DUPLICATE, BILLED_BEFORE = (
    0.003,
    400,
)  # such a duplicate is at most so many invoices old
DISCOUNTED, DISCOUNT, DISCOUNT_DAYS = 0.25, 0.02, 14
SEEN_IN_TIME = 0.9  # share of discounts that somebody remembers to take
MATCHED = 0.82
BY_MACHINE = [CHANNELS.index(name) for name in ("Portal", "EDI")]
TOUCHLESS, TOUCHES = 0.55, 1.4  # of matched invoices that come by machine


def rows(items: Items, rng: np.random.Generator) -> pa.Table:
    """One row per supplier invoice and expense claim."""
    item = items.of("Supplier invoice", "Expense claim")
    is_invoice = np.isin(item, items.of("Supplier invoice"))
    count, received = len(item), items.lives.received[item]
    is_duplicate = is_invoice & (rng.random(count) < DUPLICATE)
    is_duplicate[:BILLED_BEFORE] = False
    before = item[
        np.maximum(np.arange(count) - rng.integers(1, BILLED_BEFORE, count), 0)
    ]
    is_matched = rng.random(count) < MATCHED
    approved = np.maximum(
        items.ended[item] - rng.integers(0, 4 * 3600, count), received
    )
    is_approved = items.is_done[item] & ~is_duplicate
    due = (received // DAY + TERMS[draw(rng, TERM_SHARES, count)] + 1) * DAY - 1
    paid = _paid(approved, due, rng)
    offered = is_invoice & (rng.random(count) < DISCOUNTED)
    early = (received // DAY + DISCOUNT_DAYS) * DAY + 14 * 3600
    is_taken = offered & (approved < early) & (rng.random(count) < SEEN_IN_TIME)
    paid = np.where(is_taken, early, paid)
    discount = np.round(DISCOUNT * items.lives.amount[item], 2)
    is_taken &= is_approved & (paid < items.world.newest)
    return pa.table(
        {
            "item_id": items.keys(item),
            "approved_at": items.told_at(approved, is_approved),
            "paid_at": items.told_at(paid, is_approved),
            "payment_due_at": items.world.calendar.utc(due),
            "matched_first": where(is_matched, is_invoice),
            "touches": where(_touches(items, item, is_matched, rng), is_approved),
            "duplicate_of": words(np.where(is_duplicate, before, -1), items.ids),
            "discount_offered": where(discount, offered),
            "discount_taken": where(np.where(is_taken, discount, 0), offered),
            "currency": words(draw(rng, CURRENCY_SHARES, count), CURRENCIES),
        }
    )


def _paid(
    approved: np.ndarray, due: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """In a run of the last days before the due day, unless approval or run is late."""
    count = len(due)
    run = due // DAY * DAY + 14 * 3600  # in the afternoon of the day that it is due
    planned = run - rng.integers(0, 5, count) * DAY
    paid = np.maximum(planned, approved + rng.integers(1, 3, count) * DAY)
    luck = rng.random(count)
    late = rng.integers(1, 12, count) * DAY
    disputed = rng.integers(20, 75, count) * DAY
    paid = np.where(luck < PAID_LATE, np.maximum(paid, run + late), paid)
    return np.where(luck > 1 - DISPUTED, np.maximum(paid, run + disputed), paid)


def _touches(
    items: Items, item: np.ndarray, is_matched: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """How often people touched each: not at all where machines could do it."""
    by_machine = np.isin(items.lives.channel[item], BY_MACHINE) & is_matched
    is_touchless = by_machine & (rng.random(len(item)) < TOUCHLESS)
    return np.where(is_touchless, 0, 1 + rng.poisson(TOUCHES, len(item)))
