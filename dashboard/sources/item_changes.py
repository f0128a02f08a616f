"""Which items an import would add, and which it would change, and how.

The items as they would stand are in work_items; those that stand now, if any, in the
attached `earlier`. An item is known by its key, and compared column by column; what
a person checks first stands first.
"""
# ruff: noqa: S608 - the names in statements are our own

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.relations import RELATIONS

LOOKED_AT_FIRST = (
    *("item_id", "amount", "received_at", "due_at", "completed_at", "cancelled_at"),
    *("status", "department", "team"),
)
COLUMNS = tuple(
    dict.fromkeys((*LOOKED_AT_FIRST, *RELATIONS["work_items"].column_names))
)


@dataclass(frozen=True)
class Change:
    """A column of an item that is there, before and after; instants are UTC."""

    item_id: str
    column: str  # of work_items
    before: Any
    after: Any


def new_items(connection: duckdb.DuckDBPyConnection, most: int) -> tuple[pa.Table, int]:
    """The first items that are not there now, and how many there are in all.

    Columns that are empty in all are left out.
    """
    new = "from work_items"
    if _compared(connection):
        new += " anti join earlier.main.work_items using (item_id)"
    [(count,)] = connection.execute(f"select count(*) {new}").fetchall()
    rows = connection.execute(
        f"select * {new} order by received_at, item_id limit $most", {"most": most}
    ).to_arrow_table()
    told = [name for name in COLUMNS if rows[name].null_count < rows.num_rows]
    return rows.select(told or list(COLUMNS)), int(count)


def changed_items(
    connection: duckdb.DuckDBPyConnection, most: int
) -> tuple[tuple[Change, ...], int]:
    """What would change in the first items that change, and how many do in all."""
    columns = _compared(connection)
    if not columns:
        return (), 0
    new, old = (", ".join(f'{of}."{c}"' for c in columns) for of in ("new", "old"))
    changed = f"""
        from work_items as new
        inner join earlier.main.work_items as old on new.item_id = old.item_id
        where row({new}) is distinct from row({old})
    """
    [(count,)] = connection.execute(f"select count(*) {changed}").fetchall()
    before, after = (
        connection.execute(
            f"select {cells} {changed} order by new.received_at, new.item_id"
            " limit $most",
            {"most": most},
        )
        .to_arrow_table()
        .to_pylist()
        for cells in (old, new)
    )
    pairs = zip(before, after, strict=True)
    return tuple(change for pair in pairs for change in _changes(*pair)), int(count)


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """The cells of one item that differ."""
    return [
        Change(after["item_id"], name, before[name], after[name])
        for name in after
        if before[name] != after[name]
    ]


def _compared(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The columns that items have now and would have; none where no item is there."""
    found = connection.execute(
        "select column_name from duckdb_columns() where database_name = 'earlier'"
        " and schema_name = 'main' and table_name = 'work_items'"
    ).fetchall()
    there = {name for (name,) in found}
    return [name for name in COLUMNS if name in there] if "item_id" in there else []
