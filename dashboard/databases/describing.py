"""What a database that is read where it stands says of itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from dashboard.databases.state import Load, State
from dashboard.errors import DatabaseError
from dashboard.relations import RELATIONS
from dashboard.sql.dialects import Dialect
from dashboard.sql.tables import Table
from dashboard.sql.zones import FIRST_YEAR, LAST_YEAR, Span

if TYPE_CHECKING:
    from dashboard.databases.direct import Direct

Catalog = dict[str, dict[str, tuple[str, str]]]
"""relation -> column -> its name there and its type"""


def described(database: Direct, connection: Any, zone: str) -> State:
    """Its tables, the span of its data and its load. Raises DatabaseError."""
    found = _relations(database.catalog(connection))
    if "work_items" not in found:
        raise DatabaseError(
            "The operations database has no table or view work_items that may be read: "
            "make one as docs/relations.md describes, or grant the right to select."
        )
    tables = {name: _table(database, name, columns) for name, columns in found.items()}
    load = _load(database, connection, tables, zone)
    dialect = Dialect(database.dialect, load.zone, _span(load))
    identity = f"{database.url.render_as_string()}:{datetime.now(UTC):%Y%m%d%H%M%S}"
    return State(identity, frozenset(tables.items()), dialect, load)


def _relations(rows: list[tuple[str, str, str]]) -> Catalog:
    """The relations among the tables, whatever the case of their names."""
    found: Catalog = {}
    for table, column, kind in rows:
        if table.lower() in RELATIONS:
            columns = found.setdefault(table.lower(), {})
            columns[column.lower()] = column, kind
    return found


def _table(database: Direct, name: str, columns: dict[str, tuple[str, str]]) -> Table:
    relation = RELATIONS[name]
    return Table(
        name,
        tuple(
            (
                column.name,
                database.conforming(column.kind, *columns[column.name]),
            )
            for column in relation.columns
            if column.name in columns
        ),
    )


def _load(
    database: Direct, connection: Any, tables: dict[str, Table], zone: str
) -> Load:
    first, last = _row(database, connection, ENDS, ENDS_SCHEMA).values()
    calendar: tuple[datetime | None, datetime | None] = (None, None)
    if "calendar_days" in tables:
        days = _row(database, connection, DAYS, DAYS_SCHEMA)
        calendar = days["first"], days["last"]
    if "load_log" not in tables:
        name = database.url.database or database.dialect
        return Load(name, zone or "UTC", None, last, None, 0, False, first, calendar)
    row = _row(database, connection, LOG, LOG_SCHEMA)
    return Load(
        source=row["source"],
        zone=zone or row["zone"] or "UTC",
        as_of=row["as_of"],
        max_changed_at=row["max_changed_at"],
        rows=row["rows"],
        refused_rows=row["refused_rows"] or 0,
        is_sample=bool(row["is_sample"]),
        first_received_at=first,
        calendar=calendar,
    )


INSTANT = pa.timestamp("us")
ENDS = "select min(received_at) as first, max(received_at) as last from work_items"
ENDS_SCHEMA = pa.schema([("first", INSTANT), ("last", INSTANT)])
DAYS = "select min(starts_at) as first, max(ends_at) as last from calendar_days"
DAYS_SCHEMA = ENDS_SCHEMA
LOG = (
    "select source, zone, as_of, max_changed_at, load_log.rows, refused_rows, is_sample"
    " from load_log order by finished_at desc limit 1"
)
LOG_SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        ("zone", pa.string()),
        ("as_of", INSTANT),
        ("max_changed_at", INSTANT),
        ("rows", pa.int64()),
        ("refused_rows", pa.int64()),
        ("is_sample", pa.bool_()),
    ]
)


def _row(database: Direct, connection: Any, sql: str, schema: pa.Schema) -> Any:
    from dashboard.databases.contract import conformed

    for batch in database.batches(connection, sql, {}, schema):
        if batch.num_rows:
            return conformed(batch, schema).to_pylist()[0]
    return dict.fromkeys(schema.names)


def _span(load: Load) -> Span:
    """A year before the first to two years after the last of the data, or of now."""
    now = datetime.now(UTC).replace(tzinfo=None)
    first = load.first_received_at or now
    last = max(load.max_changed_at or now, load.as_of or now)
    start = date(max(first.year - 1, FIRST_YEAR), 1, 1)
    end = date(min(last.year + 3, LAST_YEAR), 1, 1)
    at = datetime.min.time()
    return datetime.combine(start, at), datetime.combine(end, at)
