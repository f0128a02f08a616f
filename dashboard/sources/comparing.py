"""Put the rows that came into a relation, and say what is new, changed and gone.

The rows that came stand in the table `incoming`; those of the copy before, if there is
one, in `earlier.<relation>`.
"""
# ruff: noqa: S608 - names are those of our relations

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from dashboard.relations import RELATIONS
from dashboard.sources.load_lines import LoadLine
from dashboard.sql.selects import CHANGED_AT

# What makes a row the same row when it has changed; rows of others never change.
KEYS = {
    **{name: told.unique for name, told in RELATIONS.items() if told.unique},
    "quality_reviews": "review_id",
    "employees": "employee",
}


@dataclass(frozen=True)
class Changes:
    """What became of the rows of a relation."""

    held_rows: int
    inserted_rows: int
    updated_rows: int
    deleted_rows: int
    newest_at: datetime | None

    @property
    def source_rows(self) -> int:
        """The rows of the source, which are those held."""
        return self.held_rows

    @property
    def has_any(self) -> bool:
        """Whether the relation differs from before."""
        return bool(self.inserted_rows or self.updated_rows or self.deleted_rows)

    def line(self, relation: str, expected_minutes: int | None) -> LoadLine:
        """The same as a line of the load."""
        changed = self.inserted_rows + self.updated_rows
        return LoadLine(
            part=relation,
            source_rows=self.source_rows,
            inserted_rows=self.inserted_rows,
            updated_rows=self.updated_rows,
            unchanged_rows=self.held_rows - changed,
            deleted_rows=self.deleted_rows,
            held_rows=self.held_rows,
            newest_at=self.newest_at,
            expected_minutes=expected_minutes,
        )


def taken_whole(
    connection: duckdb.DuckDBPyConnection, relation: str, has_earlier: bool
) -> Changes:
    """Fill a relation with all rows that came, and compare it with the copy before."""
    connection.execute(f"insert into {relation} by name {_came()}")
    held = _one(connection, f"select count(*) from {relation}")
    if not has_earlier:
        return Changes(held, held, 0, 0, _newest(connection))
    earlier = f"earlier.{relation}"
    if key := _key(connection, relation, relation):
        inserted = _only_in(connection, relation, earlier, key)
        deleted = _only_in(connection, earlier, relation, key)
        updated = _differing(connection, relation, earlier, key)
    else:
        inserted = _rows_only_in(connection, relation, earlier)
        deleted = _rows_only_in(connection, earlier, relation)
        updated = 0
    return Changes(held, inserted, updated, deleted, _newest(connection))


def taken_over(connection: duckdb.DuckDBPyConnection, relation: str) -> Changes:
    """Fill a relation with the rows of the copy before and those that changed."""
    earlier = f"earlier.{relation}"
    key = _key(connection, relation, "incoming")
    if key:
        inserted = _only_in(connection, "incoming", earlier, key)
        updated = _differing(connection, f"({_came()})", earlier, key)
        connection.execute(
            f"insert into {relation} select * from {earlier}"
            f" where {key} not in (select {key} from incoming)"
        )
        connection.execute(f"insert into {relation} by name {_came()}")
    else:
        inserted, updated = _rows_only_in(connection, f"({_came()})", earlier), 0
        connection.execute(
            f"insert into {relation} select * from {earlier} union all"
            f" ({_came()} except all select * from {earlier})"
        )
    held = _one(connection, f"select count(*) from {relation}")
    return Changes(held, inserted, updated, 0, _newest(connection))


def note_touched(
    connection: duckdb.DuckDBPyConnection, relation: str, was_whole: bool
) -> None:
    """Add the items of which rows of a relation changed to the table `touched`."""
    if not was_whole:
        connection.execute("insert into touched select item_id from incoming")
        return
    ours, theirs = f"select * from {relation}", f"select * from earlier.{relation}"
    connection.execute(
        "insert into touched select item_id from"
        f" (({ours} except {theirs}) union all ({theirs} except {ours}))"
    )


def _came() -> str:
    """The rows that came, in the columns of their relation."""
    return f"select * exclude ({CHANGED_AT}) from incoming"


def _key(connection: duckdb.DuckDBPyConnection, relation: str, rows: str) -> str | None:
    """The column that makes rows the same, if it does so here and before."""
    key = KEYS.get(relation)
    if key and all(
        _one(connection, f"select count(*) = count(distinct {key}) from {table}")
        for table in (rows, f"earlier.{relation}")
    ):
        return key
    return None


def _only_in(
    connection: duckdb.DuckDBPyConnection, rows: str, others: str, key: str
) -> int:
    return _one(
        connection,
        f"select count(*) from {rows} where {key} not in (select {key} from {others})",
    )


def _differing(
    connection: duckdb.DuckDBPyConnection, rows: str, others: str, key: str
) -> int:
    return _one(
        connection,
        f"select count(*) from {rows} as ours inner join {others} as theirs"
        f" on ours.{key} = theirs.{key} where ours is distinct from theirs",
    )


def _rows_only_in(connection: duckdb.DuckDBPyConnection, rows: str, others: str) -> int:
    return _one(
        connection,
        "select count(*) from"
        f" (select * from {rows} except all select * from {others})",
    )


def _newest(connection: duckdb.DuckDBPyConnection) -> datetime | None:
    found: datetime | None = _one(connection, f"select max({CHANGED_AT}) from incoming")
    return found


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> Any:
    [(value,)] = connection.execute(sql).fetchall()
    return value
