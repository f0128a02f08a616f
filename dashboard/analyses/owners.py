"""Who answers for the data of each department."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from dashboard.analyses.keeping import kept
from dashboard.answers import Answer

ADDED = {
    "owner": "who answers for the data of the department",
    "contact": "where to reach the owner",
}


@kept
def failing_with_owners(rules: Answer, owners: Answer) -> Answer:
    """The failing rows of each department, most first, with its owner and contact.

    `rules` is the answer of data/rules, `owners` that of data/owners. Several owners of
    a department stand together, and one that nobody answers for has none.
    """
    pooled = rules.by("department")
    order = [("failing_rows", "descending"), ("department", "ascending")]
    rows = pooled.rows.sort_by(order)
    departments = rows["department"].to_pylist()
    for column in ADDED:
        found = [_of(owners, department, column) for department in departments]
        rows = rows.append_column(column, pa.array(found, pa.string()))
    return replace(pooled, rows=rows, added=ADDED)


def _of(owners: Answer, department: str | None, column: str) -> str | None:
    told = owners.only("department", department).rows[column].to_pylist()
    return ", ".join(text for text in told if text) or None
