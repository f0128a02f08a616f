"""MariaDB and MySQL, through a driver that gives rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pymysql
import sqlalchemy as sa
from pymysql.constants import FIELD_TYPE
from pymysql.cursors import SSCursor
from sqlalchemy.dialects.mysql import pymysql as dialect

from dashboard.databases.base import BATCH_ROWS
from dashboard.databases.direct import Direct
from dashboard.databases.driver import LOST, UNREACHED
from dashboard.databases.rows import columnar
from dashboard.databases.versions import check_version
from dashboard.errors import DatabaseError
from dashboard.sql.dialects.mariadb import MariaDB as Spelling
from dashboard.sql.dialects.mariadb import MySQL as SpellingOfMySQL

# kind -> the types that are that kind as they are
AS_THEY_ARE = {
    "instant": {"datetime"},
    "date": {"date"},
    "count": {"bigint", "int"},
    "minutes": {"decimal"},
    "seconds": {"decimal"},
    "money": {"decimal"},
    "value": {"double"},
}
FROM_SELECT = "select * from (\n{}\n) as mapped"
TYPE_NAMES = {
    **dict.fromkeys((FIELD_TYPE.DATETIME, FIELD_TYPE.TIMESTAMP), "datetime"),
    **dict.fromkeys((FIELD_TYPE.DATE, FIELD_TYPE.NEWDATE), "date"),
    FIELD_TYPE.LONGLONG: "bigint",
    **dict.fromkeys((FIELD_TYPE.LONG, FIELD_TYPE.INT24), "int"),
    **dict.fromkeys((FIELD_TYPE.SHORT, FIELD_TYPE.TINY), "smallint"),
    **dict.fromkeys((FIELD_TYPE.DECIMAL, FIELD_TYPE.NEWDECIMAL), "decimal"),
    FIELD_TYPE.DOUBLE: "double",
    FIELD_TYPE.FLOAT: "float",
    FIELD_TYPE.TIME: "time",
}
CATALOG = """
    select table_name, column_name,
        concat_ws(' ', data_type, collation_name)
    from information_schema.columns where table_schema = database()
"""
WRITABLE = """
    select count(*)
    from (
        select privilege_type from information_schema.user_privileges
        union all
        select privilege_type from information_schema.schema_privileges
        union all
        select privilege_type from information_schema.table_privileges
    ) as rights
    where
        privilege_type in ('insert', 'update', 'delete', 'drop', 'create', 'alter')
        or privilege_type in ('super', 'file')
"""
STOPPED = {1317, 1969, 3024}
REFUSED = {1045, 1698}
GONE = {1054, 1142, 1143, 1146, 1356}
TOLD = {
    **dict.fromkeys((2002, 2003, 1040), UNREACHED),
    **dict.fromkeys((2006, 2013, 1927, 1053, 0), LOST),
    1044: "The user of the operations database may not read a database of that name: "
    "grant the right to select, or correct the setting database_url.",
    1049: "The server of the operations database has no database of that name: "
    "correct the setting database_url.",
}
HOST = re.compile("@'[^']*'")  # 'reader'@'10.0.0.7'
WAS_CUT = 1260  # "Row N was cut by GROUP_CONCAT()"
SESSION = (
    "set names utf8mb4 collate {code_points}",
    "set time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION',"
    " group_concat_max_len = 1073741824, max_sort_length = 8192",
)
READ_ONLY = "set session transaction read only"
# Our sub-selects give columns that no index of a table serves: joined by hash, each
# made once.
JOINS = (
    "set join_cache_level = 8, join_buffer_size = 67108864,"
    " join_buffer_space_limit = 268435456, optimizer_switch = 'derived_merge=off'",
)


TIMEOUTS = {"connect_timeout": 3, "read_timeout": 3, "write_timeout": 3}
LEFT_SECONDS = 5.0  # after the time limit: longer than anybody waits for an answer


class Connection(pymysql.Connection):
    """A connection that ends by itself where the server has gone without a word."""

    def wait_for_answers(self, seconds: float) -> None:
        """Wait for an answer longer than for the greeting."""
        self._read_timeout = seconds

    def _force_close(self) -> None:
        """Besides: the rest of an answer under way is not looked for any more."""
        super()._force_close()
        if self._result:
            self._result.unbuffered_active = False


class MariaDB(Direct):
    """A MariaDB database from version 10.10 on, or a MySQL database from 8.0.17 on."""

    dialect = "mariadb"
    errors = (pymysql.Error,)
    beginning = "start transaction with consistent snapshot, read only"
    unlocking = "set session transaction read write"

    def connect(self) -> Any:
        """A connection whose session reads only, in UTC, with a time limit."""
        _, given = dialect.dialect(dbapi=pymysql).create_connect_args(self.url)
        ours = {"charset": "utf8mb4", "autocommit": True, "cursorclass": SSCursor}
        connection = Connection(**{**TIMEOUTS, **given, **ours})
        try:
            with connection.cursor() as cursor:
                for statement in self._session(connection.server_version):
                    cursor.execute(statement)
        except Exception:
            connection.close()
            raise
        connection.wait_for_answers(self._limit + LEFT_SECONDS)
        return connection

    def _session(self, version: str) -> tuple[str, ...]:
        """What makes a session ours. MySQL has other names for some of it."""
        is_mariadb = "MariaDB" in version
        check_version(*told_version(version))
        self.dialect = "mariadb" if is_mariadb else "mysql"
        limit = f"max_statement_time = {self._limit}"
        if not is_mariadb:
            limit = f"max_execution_time = {int(1000 * self._limit)}"
        return *self.speaking(), READ_ONLY, f"set {limit}"

    def speaking(self) -> tuple[str, ...]:
        """Names, zone, and how SQL is read and tables are joined."""
        is_mariadb = self.dialect == "mariadb"
        spelling = Spelling if is_mariadb else SpellingOfMySQL
        first, *others = SESSION
        names = first.format(code_points=spelling.Generator.CODE_POINTS)
        return names, *others, *(JOINS if is_mariadb else ())

    def batches(
        self, connection: Any, sql: str, values: Mapping[str, Any], schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        """Rows in the types of the schema; the server keeps those not yet read."""
        cursor = connection.cursor()
        try:
            cursor.execute(marked(sql), values)
            while rows := cursor.fetchmany(BATCH_ROWS):
                yield columnar(rows, schema)
        except GeneratorExit:  # nobody reads on: have the server stop as well
            self.cancel(connection)
            raise
        finally:
            with suppress(pymysql.Error):
                cursor.close()
        _check_whole(connection, cursor.warning_count)

    def cancel(self, connection: Any) -> None:
        """Ask the server to stop, over another connection."""
        with suppress(pymysql.Error):
            other = self.connect()
            with other, other.cursor() as cursor:
                cursor.execute(f"kill query {connection.thread_id()}")

    def catalog(self, connection: Any) -> list[tuple[str, str, str]]:
        """(table, column, type) of all that may be read."""
        with connection.cursor() as cursor:
            cursor.execute(CATALOG)
            return [tuple(row) for row in cursor.fetchall()]

    def columns_of(self, connection: Any, select: str) -> list[tuple[str, str]]:
        """(column, type) of a select of the site, of which no row is read."""
        with connection.cursor() as cursor:
            cursor.execute(f"{FROM_SELECT.format(select)} limit 0")
            return [(c[0], TYPE_NAMES.get(c[1], "text")) for c in cursor.description]

    def writable(self, connection: Any) -> int:
        """How many tables, or rights beyond them, the user may write to."""
        with connection.cursor() as cursor:
            cursor.execute(WRITABLE)
            return int(cursor.fetchall()[0][0])

    def in_words(self, error: Exception) -> DatabaseError:
        """An error of the driver, in one sentence without host or password."""
        number = error.args[0] if error.args else 0
        if number in STOPPED:
            return self.too_long()
        if number in REFUSED:
            return self.refused()
        if number in TOLD:
            return DatabaseError(TOLD[number])
        what = "lacks what was asked" if number in GONE else "could not answer"
        said = HOST.sub("", str(error.args[-1]).splitlines()[0]).strip(" .")
        return DatabaseError(
            f"The operations database {what} ({said}): compare its tables with "
            "docs/relations.md."
        )

    def conforming(self, kind: str, column: str, found: str) -> str:
        """Portable SQL that gives a column of a type found as one of a kind."""
        spelling = Spelling if self.dialect == "mariadb" else SpellingOfMySQL
        texts = {f"varchar {spelling.Generator.CODE_POINTS}"}
        if found in AS_THEY_ARE.get(kind, texts if kind == "text" else set()):
            return column
        return f"as_{kind}({column})"


def told_version(text: str) -> tuple[str, str, str]:
    """Product, version, and the oldest that can be read, of what a server tells."""
    if "MariaDB" in text:
        return "MariaDB", text.removeprefix("5.5.5-"), "10.10"
    return "MySQL", text, "8.0.17"


def _check_whole(connection: Any, warnings: int) -> None:
    """Refuse an answer in which the server cut a text short, with a warning only."""
    if not warnings:
        return
    with connection.cursor() as cursor:
        cursor.execute("show warnings")
        if any(number == WAS_CUT for _, number, _ in cursor.fetchall()):
            raise DatabaseError(
                "The operations database cut a list of values short: have its setting "
                "max_allowed_packet raised."
            )


@lru_cache(maxsize=2048)
def marked(sql: str) -> str:
    """SQL with %(name)s in the place of :name."""
    return str(sa.text(sql).compile(dialect=dialect.dialect(dbapi=pymysql)))
