"""What the contracts of clients say: turnaround, volume and credits."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from sample_data.columns import words
from sample_data.company import DAYS_ALLOWED
from sample_data.extensions.items import Items
from sample_data.working_time import ALL_WEEK, CALENDAR_NAMES, DAY, OFFICE, WORKDAY

KINDS = (
    *("Enquiry", "Account change", "Complaint", "Refund request"),
    *("Order", "Delivery exception", "Return", "Price check"),
)
# Of the first clients, by position: days of the contract as a share of ours, the hours
# that count, the credit for an item beyond it, its currency, and the expected volume.
ALLOWED = np.array([1.25, 1.15, 1.3, 1.1, 1.4, 1.2])
HOURS = np.array([OFFICE, ALL_WEEK, OFFICE, ALL_WEEK, ALL_WEEK, OFFICE])
CREDITS = np.array([20.0, 35.0, 15.0, 25.0, 18.5, 40.0])
CURRENCIES = ("GBP", "GBP", "EUR", "GBP", "USD", "GBP")
EXPECTED = np.array([1.2, 1.15, 1.15, 1.0, 1.2, 1.1])  # of what came in two years
BAND = 0.12
MONTH = 365 / 12


def rows(items: Items, rng: np.random.Generator) -> pa.Table:
    """One row per item of customer support and orders for a client with a contract."""
    item = items.of(*KINDS)
    item = item[items.lives.client[item] < len(ALLOWED)]
    client = items.lives.client[item]
    hours = HOURS[client]
    days = DAYS_ALLOWED[items.lives.work_type[item]] * ALLOWED[client]
    expected = (EXPECTED * _a_month(items, client))[client]
    return pa.table(
        {
            "item_id": items.keys(item),
            "contract_minutes": np.round(days * WORKDAY[hours] / 60),
            "band_lo": np.round((1 - BAND) * expected).astype(np.int64),
            "band_hi": np.round((1 + BAND) * expected).astype(np.int64),
            "credit_rate": CREDITS[client],
            "currency": words(client, CURRENCIES),
            "calendar": words(hours, CALENDAR_NAMES),
        }
    )


def _a_month(items: Items, client: np.ndarray) -> np.ndarray:
    """Items a month of each client, as the chunk has them."""
    received = items.lives.received
    months = (received[-1] - received[0] + DAY) / DAY / MONTH
    return np.bincount(client, minlength=len(ALLOWED)) / months
