"""The columns of an answer: those that DuckDB gives over empty relations.

Some databases have no decimals, some no truth values, and some tell a type only by the
values that they find. An answer has the same columns on all of them, with rows or none.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from dashboard.errors import DatabaseError
from dashboard.query_files import Query
from dashboard.relations import RELATIONS, TYPES
from dashboard.sql.dialects import Dialect
from dashboard.sql.dialects.duckdb import macros
from dashboard.sql.rewriting import kinds_of, rewrite
from dashboard.sql.shape import Shape
from dashboard.sql.tables import plain

LIKE: Mapping[str, Any] = {
    "text": "day",  # as a grain may be
    "instant": datetime(2000, 1, 1),
    "date": date(2000, 1, 1),
    "count": 1,
}
_turn = threading.Lock()


@lru_cache(maxsize=2048)
def schema_of(query: Query, shape: Shape) -> pa.Schema:
    """The names and types of the columns of a question of this shape."""
    everything = frozenset((r.name, plain(r.name, r.column_names)) for r in _all())
    sql = rewrite(query, shape, everything, Dialect())
    values = {name: LIKE[kind] for name, kind in kinds_of(query, shape).items()}
    with _turn:
        found = _empty().execute(sa.text(sql), values).cursor
        return found.to_arrow_table().schema


def _all() -> Any:
    return RELATIONS.values()


@lru_cache(maxsize=1)
def _empty() -> sa.Connection:
    """A database with every relation and no row."""
    engine = sa.create_engine("duckdb:///:memory:", poolclass=sa.pool.StaticPool)
    connection = engine.connect()
    for relation in _all():
        columns = ", ".join(f"{c.name} {TYPES[c.kind]}" for c in relation.columns)
        connection.execute(sa.text(f"create table {relation.name} ({columns})"))
    for macro in macros("UTC"):
        connection.exec_driver_sql(macro)
    return connection


def conformed(rows: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """The same rows in the columns of the contract; nothing is rounded but floats.

    Raises DatabaseError where a value does not fit.
    """
    columns = []
    for field, column in zip(schema, rows.columns, strict=True):
        try:
            columns.append(_cast(column, field.type))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise DatabaseError(
                f"The column {field.name} of an answer came as {column.type} and "
                f"does not fit {field.type} ({error}): compare the types of the "
                "tables with docs/relations.md."
            ) from error
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _cast(column: pa.Array, wanted: pa.DataType) -> pa.Array:
    if isinstance(column.type, pa.BaseExtensionType):
        column = column.storage
    if column.type == wanted:
        return column
    if pa.types.is_decimal(wanted) and pa.types.is_floating(column.type):
        return pc.round(column, wanted.scale).cast(wanted, safe=False)
    if pa.types.is_decimal(wanted) and pa.types.is_decimal(column.type):
        return pc.round(column, wanted.scale).cast(wanted)
    if pa.types.is_integer(wanted) and pa.types.is_string(column.type):
        return column.cast(pa.decimal128(38, 6)).cast(wanted)
    if pa.types.is_boolean(wanted) and not pa.types.is_boolean(column.type):
        return pc.not_equal(column, 0)
    return column.cast(wanted)
