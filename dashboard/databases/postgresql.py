"""PostgreSQL, through its columnar driver (ADBC)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import adbc_driver_postgresql.dbapi as driver
import pyarrow as pa

from dashboard.databases.direct import Direct
from dashboard.databases.driver import LOST, UNREACHED
from dashboard.databases.parameters import numbered
from dashboard.databases.versions import check_version
from dashboard.errors import DatabaseError
from dashboard.sql.names import quoted

# kind -> the types that are that kind as they are
AS_THEY_ARE = {
    "instant": {"timestamp without time zone"},
    "date": {"date"},
    "flag": {"boolean"},
    "count": {"bigint"},
    "minutes": {"numeric"},
    "seconds": {"numeric"},
    "money": {"numeric"},
    "value": {"double precision"},
}
CATALOG = """
    select
        tables.relname,
        columns.attname,
        case when columns.attcollation = 0 then format_type(columns.atttypid, null)
            else format_type(columns.atttypid, null) || ' ' || collations.collname end
    from pg_attribute as columns
    inner join pg_class as tables on columns.attrelid = tables.oid
    left join pg_collation as collations on columns.attcollation = collations.oid
    where
        tables.relkind in ('r', 'v', 'm', 'f', 'p')
        and columns.attnum > 0
        and not columns.attisdropped
        and pg_table_is_visible(tables.oid)
        and has_column_privilege(tables.oid, columns.attnum, 'select')
        and tables.relnamespace not in ('pg_catalog'::regnamespace,
            'information_schema'::regnamespace)
"""


FROM_SELECT = "select * from (\n{}\n) as mapped"
# The outer join gives a row of types without reading any of the select.
TYPES_OF = "select {} from (select 1) as one left join (\n{}\n) as mapped on false"
WRITABLE = """
    select count(*)
    from pg_class
    where
        relkind in ('r', 'v', 'm', 'f', 'p')
        and relnamespace not in ('pg_catalog'::regnamespace,
            'information_schema'::regnamespace, 'pg_toast'::regnamespace)
        and has_table_privilege(oid, 'insert, update, delete, truncate')
"""
# A replica that has all that it receives keeps up, however long nothing happened.
REPLAYED = """
    select case
        when not pg_is_in_recovery() then null
        when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()
            and exists (select 1 from pg_stat_wal_receiver where pid is not null)
            then localtimestamp
        else cast(greatest(
            pg_last_xact_replay_timestamp(),
            (select checkpoint_time from pg_control_checkpoint())
        ) as timestamp)
    end
"""
CUT = (
    "server closed the connection",
    "no connection to the server",
    "could not receive data",
    "SSL connection has been closed",
    "terminating connection",
)
CONFLICT = (
    "The replica of the operations database stopped this question to catch up with its "
    "source. Nothing incomplete is shown. Reload the page."
)
# A connection whose server has gone without a word ends within a minute.
NETWORK = {
    "connect_timeout": "3",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
}
UNTOLD = {"0A000", "42501", "42883"}  # by what is like PostgreSQL, or forbidden
GONE = {"42P01": "table", "42703": "column", "42501": "right"}


class PostgreSQL(Direct):
    """A PostgreSQL database, from version 14 on."""

    dialect = "postgresql"
    # rows come by a stream whose errors are those of Arrow
    errors = (driver.Error, OSError, pa.ArrowException)
    beginning = "begin isolation level repeatable read, read only"
    unlocking = "begin read write"

    def connect(self) -> Any:
        """A connection whose session reads only, in UTC, with a time limit."""
        options = (
            f"-c statement_timeout={int(1000 * self._limit)}"
            " -c default_transaction_read_only=on -c timezone=UTC"
        )
        url = self.url.set(drivername="postgresql").update_query_dict(
            {"options": options, **NETWORK}
        )
        address, _, query = url.render_as_string(hide_password=False).partition("?")
        query = query.replace("+", "%20")  # libpq takes a plus for a plus
        return driver.connect(f"{address}?{query}", autocommit=True)

    def batches(
        self, connection: Any, sql: str, values: Mapping[str, Any], schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        """Rows as the driver reads them: columns, decimals as text."""
        text, names = numbered(sql)
        with connection.cursor() as cursor:
            cursor.execute(text, [values[name] for name in names] or None)
            yield from cursor.fetch_record_batch()

    def cancel(self, connection: Any) -> None:
        """Ask the server to stop."""
        connection.adbc_cancel()

    def catalog(self, connection: Any) -> list[tuple[str, str, str]]:
        """(table, column, type) of all that may be read, of a server that serves."""
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('server_version')")
            check_version("PostgreSQL", cursor.fetchall()[0][0], "14")
            cursor.execute(CATALOG)
            return [tuple(row) for row in cursor.fetchall()]

    def columns_of(self, connection: Any, select: str) -> list[tuple[str, str]]:
        """(column, type) of a select of the site, of which no row is read."""
        with connection.cursor() as cursor:
            cursor.execute(f"{FROM_SELECT.format(select)} limit 0")
            names = [column[0] for column in cursor.description]
            types = ", ".join(f"pg_typeof(mapped.{quoted(n)})::text" for n in names)
            cursor.execute(TYPES_OF.format(types, select))
            return list(zip(names, cursor.fetchall()[0], strict=True))

    def writable(self, connection: Any) -> int:
        """How many tables the user of the connection may write to."""
        with connection.cursor() as cursor:
            cursor.execute(WRITABLE)
            return int(cursor.fetchall()[0][0])

    def replayed_at(self, connection: Any) -> datetime | None:
        """Up to when a replica knows what happened, UTC; None where it is none."""
        try:
            with connection.cursor() as cursor:
                cursor.execute(REPLAYED)
                found: datetime | None = cursor.fetchall()[0][0]
        except driver.Error as error:
            if error.sqlstate in UNTOLD:
                return None
            raise
        return found

    def in_words(self, error: Exception) -> DatabaseError:
        """An error of the driver, in one sentence without host or password."""
        state, text = getattr(error, "sqlstate", None) or "", str(error)
        if "conflict with recovery" in text:
            return DatabaseError(CONFLICT)
        if state == "57014" or "canceling statement" in text:
            return self.too_long()
        if "the database system is" in text:
            return DatabaseError(UNREACHED)
        if state.startswith("57P") or any(words in text for words in CUT):
            return DatabaseError(LOST)
        if "password authentication failed" in text or state.startswith("28"):
            return self.refused()
        if "Failed to connect" in text:
            return DatabaseError(_not_connected(text))
        if state in GONE:
            return DatabaseError(
                f"The operations database lacks what was asked ({_first_line(text)}): "
                "compare its tables with docs/relations.md."
            )
        return DatabaseError(
            f"The operations database could not answer: {_first_line(text)}"
        )

    def conforming(self, kind: str, column: str, found: str) -> str:
        """Portable SQL that gives a column of a type found as one of a kind."""
        if found in AS_THEY_ARE.get(kind, {"text C"}):
            return column
        return f"as_{kind}({column})"


def _not_connected(text: str) -> str:
    """Why there is no connection, where the server said it."""
    if 'database "' in text and "does not exist" in text:
        return (
            "The server of the operations database has no database of that name: "
            "correct the setting database_url."
        )
    return UNREACHED


def _first_line(text: str) -> str:
    """What the server said, without the query that it answered."""
    said = text.partition("ERROR:")[2] or text
    return said.strip().splitlines()[0].partition(" Query was")[0].strip(" .")
