"""A SQLite file of the site, through its columnar driver (ADBC)."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import adbc_driver_sqlite.dbapi as driver
import pyarrow as pa
from adbc_driver_sqlite import StatementOptions

from dashboard.databases.base import BATCH_ROWS
from dashboard.databases.direct import Direct
from dashboard.databases.parameters import numbered
from dashboard.errors import DatabaseError
from dashboard.relations import RELATIONS
from dashboard.sql.names import quoted

SESSION = (
    "pragma query_only = on",
    "pragma trusted_schema = off",
    "pragma busy_timeout = 3000",
)
# kind -> what values of it look like, if they can be read as they are
AS_THEY_ARE = {
    "text": {"text", "instant", "date"},
    "instant": {"instant"},
    "date": {"date"},
    "flag": {"integer"},
    "count": {"integer"},
}
NUMBERS = {"integer", "real"}
DIGIT = "[0-9]"
DAY = "-".join((DIGIT * 4, DIGIT * 2, DIGIT * 2))
TIME = ":".join((DIGIT * 2, DIGIT * 2, DIGIT * 2))
LOOKS = f"""
    case
        when {{0}} glob '{DAY} {TIME}.{DIGIT * 6}' then 'instant'
        when {{0}} glob '{DAY}' then 'date'
        else typeof({{0}})
    end
"""
CATALOG = """
    select tables.name, columns.name, lower(tables.sql) like '%collate%'
    from sqlite_schema as tables
    inner join pragma_table_xinfo(tables.name) as columns
    where tables.type in ('table', 'view') and columns.hidden <> 1
"""
SAMPLED_ROWS = 1000


class SQLite(Direct):
    """A SQLite file, which other programs may write while it is read."""

    dialect = "sqlite"
    # rows come by a stream whose errors are those of Arrow
    errors = (driver.Error, OSError, pa.ArrowException)
    beginning = "begin"
    unlocking = "pragma query_only = off"

    def connect(self) -> Any:
        """A connection that only reads, to a file that is there."""
        path = Path(self.url.database or "")
        if not path.is_file():
            raise DatabaseError(
                f"The operations database {path.name or 'of the URL'} is not there: "
                "correct the setting database_url, such as sqlite:////path/to/file.db."
            )
        address = f"{path.resolve().as_uri()}?mode=ro"
        connection = driver.connect(address, autocommit=True)
        try:
            with connection.cursor() as cursor:
                for pragma in SESSION:
                    cursor.execute(pragma)
        except Exception:
            connection.close()
            raise
        return connection

    def batches(
        self, connection: Any, sql: str, values: Mapping[str, Any], schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        """Rows in columns of text, whole numbers and numbers with a floating point.

        The deadline holds between batches: within one, SQLite cannot be interrupted.
        """
        end = time.monotonic() + self._limit
        text, names = numbered(sql)
        options = {StatementOptions.BATCH_ROWS.value: str(BATCH_ROWS)}
        with connection.cursor(adbc_stmt_kwargs=options) as cursor:
            cursor.execute(
                typed(text, schema), [bound(values[name]) for name in names] or None
            )
            skipped = 1  # the row of types
            for batch in cursor.fetch_record_batch():
                yield batch.slice(skipped)
                skipped = 0
                if time.monotonic() > end:
                    raise self.too_long()

    def cancel(self, connection: Any) -> None:
        """Nothing: the driver has no way to interrupt SQLite. See `batches`."""

    def writable(self, connection: Any) -> int:
        """None: the file is opened to be read, whoever may write to it."""
        return 0

    def in_words(self, error: Exception) -> DatabaseError:
        """An error of the driver, in one sentence, without the SQL that it repeats."""
        said = str(error).partition("\nquery:")[0].splitlines()[0].strip(" .")
        is_gone = "no such table" in said or "no such column" in said
        what = "lacks what was asked" if is_gone else "could not answer"
        return DatabaseError(
            f"The operations database {what} ({said}): compare its tables with "
            "docs/relations.md."
        )

    def catalog(self, connection: Any) -> list[tuple[str, str, str]]:
        """(table, column, what its first values look like) of all that may be read."""
        with connection.cursor() as cursor:
            cursor.execute(CATALOG)
            rows = cursor.fetchall()
        found: dict[str, dict[str, str]] = {}
        for table, column, is_collated in rows:
            if table.lower() in RELATIONS:
                found.setdefault(table, {})[column] = " collated" * bool(is_collated)
        return [
            (table, column, looks + columns[column])
            for table, columns in found.items()
            for column, looks in _looks(
                connection, quoted(table), list(columns)
            ).items()
        ]

    def columns_there(self, connection: Any) -> list[tuple[str, str]]:
        """(table, column) of all that may be read."""
        with connection.cursor() as cursor:
            cursor.execute(CATALOG)
            return [(table, column) for table, column, _ in cursor.fetchall()]

    def columns_of(self, connection: Any, select: str) -> list[tuple[str, str]]:
        """(column, what its first values look like) of a select of the site."""
        table = f"(\n{select}\n)"
        with connection.cursor() as cursor:
            cursor.execute(f"select * from {table} limit 0")  # noqa: S608
            names = [column[0] for column in cursor.description]
        return list(_looks(connection, table, names).items())

    def conforming(self, kind: str, column: str, found: str) -> str:
        """Portable SQL that gives a column of a type found as one of a kind."""
        looks = set(found.split()) - ({"collated"} if kind != "text" else set())
        if looks <= AS_THEY_ARE.get(kind, NUMBERS):
            return column
        if kind == "instant" or (kind == "date" and not looks <= {"date", "instant"}):
            raise DatabaseError(
                f"The column {column} of the operations database holds other text or "
                "numbers than instants in UTC such as 2024-01-31 09:30:00.000000, or "
                "dates such as 2024-01-31: make a view that gives them so."
            )
        return f"as_{kind}({column})"


def _looks(connection: Any, table: str, columns: list[str]) -> dict[str, str]:
    """What the first values of each column look like, nulls left out.

    `table` is what may stand after `from`.
    """
    names = [quoted(column) for column in columns]
    parts = ", ".join(
        f"coalesce(group_concat(distinct {LOOKS.format(name)})"
        f" filter (where {name} is not null), '')"
        for name in names
    )
    sql = (
        f"select {parts} from (select {', '.join(names)}"  # noqa: S608
        f" from {table} limit {SAMPLED_ROWS})"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return {c: looks.replace(",", " ") for c, looks in zip(columns, row, strict=True)}


def bound(value: Any) -> Any:
    """A value as the tables hold it."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "microseconds")
    return value.isoformat() if isinstance(value, date) else value


def typed(sql: str, schema: pa.Schema) -> str:
    """The same rows after one that has the types of the contract.

    The driver takes a column for what its first values are, nulls for whole numbers.
    """
    row = ", ".join(_like(field.type) for field in schema)
    return f"select {row} union all select * from (\n{sql}\n)"  # noqa: S608


def _like(kind: pa.DataType) -> str:
    """SQL for a value that the driver knows the type of a column by."""
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return "0"
    if pa.types.is_decimal(kind):
        return "0.0" if kind.scale else "0"
    return "0.0" if pa.types.is_floating(kind) else "''"
