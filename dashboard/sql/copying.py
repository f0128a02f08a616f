"""The selects by which a relation is copied from the database of a site."""

from __future__ import annotations

import sqlglot
from sqlglot import exp

from dashboard.sql.portable import Portable
from dashboard.sql.selects import CHANGED_AT
from dashboard.sql.tables import Table


def copied(table: Table, since: bool) -> exp.Expr:
    """All rows of a relation, or those that changed since the value of :since.

    Its columns are those that the database has, and `changed_at` where it is told.
    """
    columns = [f"{sql} as {name}" for name, sql in table.columns]
    if table.changed_at:
        columns.append(f"{table.changed_at} as {CHANGED_AT}")
    changed = (f"{table.changed_at} >= :since",) if since else ()
    return _select(", ".join(columns), table, *changed)


def counted(table: Table) -> exp.Expr:
    """How many rows a relation has, as `number`."""
    return _select("count(*) as number", table)


def _select(columns: str, table: Table, *conditions: str) -> exp.Expr:
    wanted = [f"({condition})" for condition in (table.where, *conditions) if condition]
    where = f" where {' and '.join(wanted)}" if wanted else ""
    text = f"select {columns} from {table.source}{where}"  # noqa: S608
    return sqlglot.parse_one(text, dialect=Portable)
