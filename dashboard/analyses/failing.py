"""Which rules fail, where, and which could not be tested at all."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.answers import Answer

DIMENSIONS = ("completeness", "uniqueness", "validity", "consistency", "magnitude")


def by_rule(rules: Answer) -> Answer:
    """The rules that could be tested: those that fail first, by dimension."""
    pooled = rules.by("dimension", "rule")
    tested = pooled.rows.filter(pc.greater(pooled.rows["tested_rows"], 0))
    return replace(pooled, rows=_by_dimension(tested))


def untested(rules: Answer) -> list[str]:
    """The rules of which no row could be tested, in the order of their names."""
    rows = rules.by("dimension", "rule").rows
    return sorted(rows.filter(pc.equal(rows["tested_rows"], 0))["rule"].to_pylist())


def failing_by_group(rules: Answer, group: str, most: int) -> Answer:
    """The rules that fail somewhere, in the groups with the most failing rows."""
    pooled = rules.by("dimension", "rule", group)
    failing = by_rule(rules).rows
    failing = failing.filter(pc.greater(failing["failing_rows"], 0))
    groups = _worst(rules.by(group), group, most)
    places = {rule: place for place, rule in enumerate(failing["rule"].to_pylist())}
    rows = [
        row
        for row in pooled.rows.to_pylist()
        if row["rule"] in places and row[group] in groups
    ]
    rows.sort(key=lambda row: (places[row["rule"]], groups.index(row[group])))
    shown = pa.Table.from_pylist(rows, pooled.rows.schema)
    return replace(pooled, rows=shown)


def _worst(groups: Answer, group: str, most: int) -> list[str | None]:
    order = [("failing_rows", "descending"), (group, "ascending")]
    found: list[str | None] = groups.rows.sort_by(order)[group].to_pylist()
    return found[:most]


def _by_dimension(rows: pa.Table) -> pa.Table:
    """What fails before what does not, by dimension, the most failing first."""
    ordered = sorted(
        rows.to_pylist(),
        key=lambda row: (
            row["failing_rows"] == 0,
            DIMENSIONS.index(row["dimension"]),
            -row["failing_rows"],
            row["rule"],
        ),
    )
    return pa.Table.from_pylist(ordered, rows.schema)
