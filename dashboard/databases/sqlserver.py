"""SQL Server, through ODBC. Nothing of this was run: there was no server.

Its SQL was read by two parsers and held against rules (tests/sqlserver); what the
driver and the server make of it was not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from typing import Any

import pyarrow as pa
import pyodbc
from sqlalchemy.dialects.mssql import pyodbc as dialect

from dashboard.databases.base import BATCH_ROWS
from dashboard.databases.direct import Direct
from dashboard.databases.driver import LOST, UNREACHED
from dashboard.databases.named_values import called
from dashboard.databases.rows import columnar
from dashboard.errors import DatabaseError
from dashboard.sql.dialects.sqlserver_trees import CODE_POINTS

DRIVER = "ODBC Driver 18 for SQL Server"
# kind -> the types that are that kind as they are
AS_THEY_ARE = {
    "instant": {f"datetime2 {places}" for places in range(7)},
    "date": {"date"},
    "flag": {"bit"},
    "count": {"bigint"},
    "minutes": {"decimal", "numeric"},
    "seconds": {"decimal", "numeric"},
    "money": {"decimal", "numeric"},
    "value": {"float"},
}
# Of a text, the type tells its length in characters (-1: any) and its collation; of
# datetime2, its places. A name that a table has in two schemas is the one that the
# user sees first.
CATALOG = """
    select
        objects.name,
        columns.name,
        concat_ws(
            ' ',
            type_name(columns.system_type_id),
            case
                when type_name(columns.system_type_id) like 'n%char'
                    and columns.max_length > 0
                    then columns.max_length / 2
                when columns.collation_name is not null then columns.max_length
                when type_name(columns.system_type_id) = 'datetime2' then columns.scale
            end,
            columns.collation_name
        )
    from sys.columns as columns
    inner join sys.objects as objects
        on columns.object_id = objects.object_id
    where
        objects.type in ('U', 'V')
        and objects.is_ms_shipped = 0
        and object_id(quotename(objects.name)) = objects.object_id
        and has_perms_by_name(
            quotename(schema_name(objects.schema_id)) + '.' + quotename(objects.name),
            'object', 'select', columns.name, 'column'
        ) = 1
"""
COLUMNS_OF = """
    select
        name,
        concat_ws(
            ' ',
            type_name(system_type_id),
            case
                when type_name(system_type_id) like 'n%char' and max_length > 0
                    then max_length / 2
                when collation_name is not null then max_length
                when type_name(system_type_id) = 'datetime2' then scale
            end,
            collation_name
        )
    from sys.dm_exec_describe_first_result_set(?, null, 0)
    order by column_ordinal
"""
WRITABLE = """
    select count(*)
    from (
        select
            quotename(schema_name(schema_id)) + '.' + quotename(name) as name,
            'object' as kind
        from sys.objects
        where type in ('U', 'V') and is_ms_shipped = 0
        union all
        select quotename(db_name()) as name, 'database' as kind
    ) as securables
    cross join (
        values ('insert'), ('update'), ('delete'), ('alter'), ('create table'),
        ('execute')
    ) as rights (name)
    where has_perms_by_name(securables.name, securables.kind, rights.name) = 1
"""
VERSION = """
    select
        cast(serverproperty('ProductMajorVersion') as int),
        cast(serverproperty('EngineEdition') as int)
"""
NEEDED = 16  # 2022
HOSTED = (5, 8)  # Azure, which tells the number of an old version
SESSION = (
    "set nocount on; set transaction isolation level read committed;"
    " set ansi_nulls, ansi_padding, ansi_warnings, arithabort,"
    " concat_null_yields_null, quoted_identifier on; set numeric_roundabort off;"
    " set deadlock_priority low; set rowcount 0; set lock_timeout {milliseconds}"
)
REFUSED = {18452, 18456, 18487, 18488}
GONE = {207, 208, 229, 230, 916}
LOCKED = {1205, 1222}
UNKNOWN = 4060
# "[42S02] [Microsoft][...][SQL Server]Invalid object name 'x'. (208) (SQLExecDirectW)"
BEFORE = re.compile(r"^(\[[^\]]*\]\s*)+")
NUMBER = re.compile(r"\((\d+)\)\s*\(SQL\w+\)")


@dataclass
class Connection:
    """A connection of the driver, and the cursor that stops what it asks."""

    driver: Any
    asking: Any = None

    def cursor(self) -> Any:
        """A new cursor."""
        return self.driver.cursor()

    def close(self) -> None:
        """Let go of it."""
        self.driver.close()


class SQLServer(Direct):
    """A SQL Server database, from version 2022 on. Not run here."""

    dialect = "sqlserver"
    errors = (pyodbc.Error,)

    def connect(self) -> Connection:
        """A connection that asks for a copy to read where there is one."""
        ours = {"driver": DRIVER, **self.url.query, "ApplicationIntent": "ReadOnly"}
        url = self.url.set(query=ours)
        (address,), _ = dialect.dialect().create_connect_args(url)
        driver = pyodbc.connect(address, autocommit=True, timeout=3)
        driver.timeout = ceil(self._limit)  # has the driver tell the server to stop
        connection = Connection(driver)
        with driver.cursor() as cursor:
            _check_version(*cursor.execute(VERSION).fetchall()[0])
            cursor.execute(SESSION.format(milliseconds=int(1000 * self._limit)))
        return connection

    def batches(
        self, connection: Any, sql: str, values: Mapping[str, Any], schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        """Rows in the types of the schema."""
        cursor = connection.asking = connection.cursor()
        try:
            statement, given = called(sql, values)
            cursor.execute(statement, given)
            while rows := cursor.fetchmany(BATCH_ROWS):
                yield columnar(rows, schema)
        except GeneratorExit:  # nobody reads on: have the server stop as well
            self.cancel(connection)
            raise
        finally:
            connection.asking = None
            with suppress(pyodbc.Error):
                cursor.close()

    def cancel(self, connection: Any) -> None:
        """Have the driver tell the server to stop."""
        if connection.asking is not None:
            connection.asking.cancel()

    def catalog(self, connection: Any) -> list[tuple[str, str, str]]:
        """(table, column, type) of all that may be read."""
        with connection.cursor() as cursor:
            return [tuple(row) for row in cursor.execute(CATALOG).fetchall()]

    def columns_of(self, connection: Any, select: str) -> list[tuple[str, str]]:
        """(column, type) of a select of the site, which is not run."""
        cursor = connection.cursor()
        try:
            cursor.execute(COLUMNS_OF, [select])
            return [(row[0], row[1]) for row in cursor.fetchall()]
        finally:
            cursor.close()

    def writable(self, connection: Any) -> int:
        """How many rights to write the user has, on tables or beyond them."""
        with connection.cursor() as cursor:
            return int(cursor.execute(WRITABLE).fetchall()[0][0])

    def in_words(self, error: Exception) -> DatabaseError:
        """An error of the driver, in one sentence without host or password."""
        state, text = (str(part) for part in (*error.args, "", "")[:2])
        numbers = NUMBER.findall(text)
        number = int(numbers[0]) if numbers else 0
        if "Can't open lib" in text or state == "IM002":
            return DatabaseError(
                "The ODBC driver of the operations database is not installed: install "
                f"{DRIVER}, or name another in the setting database_url."
            )
        is_new = "SQLDriverConnect" in text and state[:2] in ("08", "HY")
        if is_new or state in ("08001", "HYT01"):
            return DatabaseError(UNREACHED)
        if state in ("HYT00", "HY008"):
            return self.too_long()
        if number == UNKNOWN:
            return DatabaseError(
                "The server of the operations database has no database of that name "
                "that the user may open: correct the setting database_url."
            )
        if state == "28000" or number in REFUSED:
            return self.refused()
        if state.startswith("08"):
            return DatabaseError(LOST)
        if number in LOCKED:
            return DatabaseError(
                "The operations database is being written and lets nobody read: try "
                "again in a minute, or have read_committed_snapshot set on it."
            )
        what = "lacks what was asked" if number in GONE else "could not answer"
        return DatabaseError(
            f"The operations database {what} ({_said(text)}): compare its tables with "
            "docs/relations.md."
        )

    def conforming(self, kind: str, column: str, found: str) -> str:
        """Portable SQL that gives a column of a type found as one of a kind."""
        if kind == "text":
            return _as_text(column, *found.split())
        if found in AS_THEY_ARE[kind]:
            return column
        if kind == "instant" and not found.startswith("datetimeoffset"):
            return f"cast({column} as timestamp)"
        return f"as_{kind}({column})"


def _check_version(version: int, edition: int) -> None:
    """Refuse a server that lacks what our SQL needs."""
    if version < NEEDED and edition not in HOSTED:
        raise DatabaseError(
            f"The operations database is SQL Server of version {version}: from {NEEDED}"
            " (2022) on it can be read."
        )


def _as_text(column: str, kind: str, length: str = "", collation: str = "") -> str:
    """A text of any type in the collation of ours, no shorter than it may be."""
    if kind == "nvarchar" and collation == CODE_POINTS:
        return column
    if kind in ("nvarchar", "nchar"):
        return f"as_text({column})"
    characters = max(int(length), 0) if collation else 4000  # 0: any
    return f"as_text(cast({column} as varchar({characters})))"


def _said(text: str) -> str:
    """What the server said, without the driver's own words."""
    said = NUMBER.split(BEFORE.sub("", text))[0]
    return said.partition("\n")[0].strip(" .")
