"""What departments tell of their items beyond the common relations.

Each department has a module with `rows(items, rng)`, and a generator of its own, so
that none of the other rows of the sample depends on it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from dashboard.relations import EXTENSIONS
from sample_data.extensions import (
    accounts_payable,
    accounts_receivable,
    bpo,
    compliance,
    customer_support,
    data_entry,
    document_management,
    human_resources,
    it_support,
    order_management,
    outsourced,
    payroll,
)
from sample_data.extensions.items import Items

ROWS = {
    "data_entry": data_entry.rows,
    "accounts_payable": accounts_payable.rows,
    "accounts_receivable": accounts_receivable.rows,
    "payroll": payroll.rows,
    "human_resources": human_resources.rows,
    "customer_support": customer_support.rows,
    "it_support": it_support.rows,
    "document_management": document_management.rows,
    "compliance": compliance.rows,
    "order_management": order_management.rows,
    "bpo": bpo.rows,
    "outsourced": outsourced.rows,
}


def extension_tables(items: Items, seeds: list[int]) -> Iterator[tuple[str, pa.Table]]:
    """The rows of every extension for the items of a chunk."""
    for place, department in enumerate(EXTENSIONS):
        if department in ROWS:
            rng = np.random.default_rng([*seeds, place])
            yield f"ext_{department}", ROWS[department](items, rng)


__all__ = ["Items", "extension_tables"]
