"""What customers owe, when they promise to pay and when they do."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from sample_data.columns import draw, where, words
from sample_data.extensions.items import CURRENCIES, CURRENCY_SHARES, Items
from sample_data.working_time import DAY

TERMS, TERM_SHARES = np.array([14, 30, 60]), (0.20, 0.60, 0.20)  # days to pay
LATE, VERY_LATE, NEVER = 0.33, 0.03, 0.003  # share of customers
PART_PAID = 0.08  # of what is owed
PROMISED, KEPT = 0.9, 0.75  # of what is late


def rows(items: Items, rng: np.random.Generator) -> pa.Table:
    """One row per customer invoice, credit note and payment received."""
    item = items.of("Customer invoice", "Credit note", "Cash posting")
    is_credit = np.isin(item, items.of("Credit note"))
    is_cash = np.isin(item, items.of("Cash posting"))
    count, amount = len(item), items.lives.amount[item]
    sign = np.where(is_credit, -1, 1)
    received, newest = items.lives.received[item], items.world.newest
    due = (received // DAY + TERMS[draw(rng, TERM_SHARES, count)] + 1) * DAY - 1
    paid = np.where(
        is_credit, received + rng.integers(3, 30, count) * DAY, _paid(due, rng)
    )
    paid = np.maximum(paid, items.ended[item] + DAY)  # nobody pays before the invoice
    paid = np.where(items.is_done[item], paid, newest)
    is_unpaid = (paid >= newest) & ~items.is_cancelled[item]
    is_unmatched = is_cash & ~items.is_done[item] & ~items.is_cancelled[item]
    part = np.where(rng.random(count) < PART_PAID, rng.uniform(0.2, 0.8, count), 1.0)
    owed = np.where(is_unpaid, np.round(sign * part * amount, 2), 0)
    is_owed = ~is_credit & ~is_cash & ~items.is_cancelled[item]
    is_late = is_owed & (paid > due) & (due < newest)
    is_promised = is_late & (rng.random(count) < PROMISED)
    return pa.table(
        {
            "item_id": items.keys(item),
            "credit_sales": where(sign * amount, ~is_cash),
            "balance": where(owed, ~is_cash),
            "unapplied_cash": where(np.where(is_unmatched, amount, 0), is_cash),
            "payment_due_at": where(
                items.world.calendar.utc(due), ~is_credit & ~is_cash
            ),
            "promised_at": where(
                items.world.calendar.utc(_promised(due, paid, rng)), is_promised
            ),
            "paid_at": items.told_at(paid, ~is_cash & ~items.is_cancelled[item]),
            "currency": words(draw(rng, CURRENCY_SHARES, count), CURRENCIES),
        }
    )


def _paid(due: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """In the ten days before the due day, or late, very late or never."""
    count, luck = len(due), rng.random(len(due))
    noon = due // DAY * DAY + 12 * 3600
    paid = noon - rng.integers(0, 10, count) * DAY
    late = noon + rng.integers(1, 35, count) * DAY
    very_late = noon + rng.integers(35, 130, count) * DAY
    never = noon + 10_000 * DAY
    limits = np.cumsum([NEVER, VERY_LATE, LATE])
    return np.select([luck < limit for limit in limits], [never, very_late, late], paid)


def _promised(
    due: np.ndarray, paid: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """The end of a day: at or after the payment if kept, else after the due day."""
    count = len(due)
    kept = (paid // DAY + rng.integers(0, 3, count) + 1) * DAY - 1
    late = np.minimum(paid - due, 20 * DAY)
    broken = due + (late * rng.uniform(0.2, 0.8, count)).astype(np.int64) // DAY * DAY
    is_kept = (rng.random(count) < KEPT) & (paid - due < 60 * DAY)
    return np.where(is_kept, kept, broken)
