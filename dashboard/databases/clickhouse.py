"""ClickHouse, through its columnar driver; chDB where the URL names a folder.

`clickhousedb://user:password@host:8123/database` is a server (8443: with TLS);
`clickhousedb+chdb:////path/to/folder?database=name` is a data folder, read by this
process alone.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import clickhouse_connect
import pyarrow as pa
import sqlalchemy as sa
from clickhouse_connect.driver.exceptions import ClickHouseError

from dashboard.databases.direct import Direct
from dashboard.databases.driver import LOST, UNREACHED
from dashboard.databases.parameters import PARAMETER
from dashboard.databases.versions import check_version
from dashboard.errors import DatabaseError
from dashboard.sql.dialects.clickhouse import STATEMENTS

# kind -> the type that is that kind as it is, with nulls or without
AS_THEY_ARE = {
    "text": "String",
    "instant": "DateTime64(6, 'UTC')",
    "date": "Date32",
    "flag": "Bool",
    "count": "Int64",
    "minutes": "Decimal(12, 2)",
    "seconds": "Decimal(18, 6)",
    "money": "Decimal(18, 4)",
    "value": "Float64",
}
LIMITED = ("timeout", "read", "result", "group_by", "sort", "distinct", "join", "set")
# What the meaning of our SQL rests on, whatever the profile of the user says.
SETTINGS: Mapping[str, Any] = {
    "enable_analyzer": 1,
    "join_use_nulls": 1,
    "prefer_column_name_to_alias": 1,
    "transform_null_in": 0,
    "aggregate_functions_null_for_empty": 0,
    "empty_result_for_aggregation_by_empty_set": 0,
    "count_distinct_implementation": "uniqExact",
    "decimal_check_overflow": 1,
    "use_variant_as_common_type": 0,
    "output_format_decimal_trailing_zeros": 1,
    "session_timezone": "UTC",
    # Joins as they are written: the reordered ones of derived relations took minutes.
    "query_plan_optimize_join_order_limit": 0,
    # A limit of the profile is an error, never an answer cut short.
    **{f"{what}_overflow_mode": "throw" for what in LIMITED},
}
NEEDED = "26.3"
CATALOG = """
    select table, name, type from system.columns
    where
        database = currentDatabase()
        and table = lower(table)
        and default_kind <> 'EPHEMERAL'
    order by table, position
"""
KILL = """
    kill query where query_id = {mark:String} or Settings['log_comment'] = {mark:String}
    async
"""
TYPES = {str: "String", int: "Int64", date: "Date32", datetime: "DateTime64(6, 'UTC')"}
WRITABLE = """
    select count() from system.grants
    where
        user_name = currentUser()
        and not is_partial_revoke
        and access_type in ('ALL', 'INSERT', 'ALTER', 'CREATE', 'DROP', 'TRUNCATE')
"""
REFUSED = (192, 193, 194, 516)  # unknown user, wrong password
GONE = (47, 60, 81, 497)  # no such column, table, database; no right
STOPPED = (159, 394)  # TIMEOUT_EXCEEDED, QUERY_WAS_CANCELLED


@dataclass
class Connection:
    """A client, and how the query that it runs is known to the server."""

    client: Any
    mark: str = ""

    def close(self) -> None:
        """Let go of it."""
        self.client.close()


class ClickHouse(Direct):
    """A ClickHouse database, from version 26.3 on, or a chDB folder."""

    dialect = "clickhouse"
    errors = (ClickHouseError, OSError, pa.ArrowException)

    def connect(self) -> Connection:
        """A connection whose session reads only, in UTC, with a time limit."""
        limits = {"max_execution_time": self._limit, "readonly": 2}
        client = client_of(self.url, {**SETTINGS, **limits})
        try:
            check_version("ClickHouse", client.server_version, NEEDED)
        except DatabaseError:
            client.close()
            raise
        return Connection(client)

    def batches(
        self, connection: Any, sql: str, values: Mapping[str, Any], schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        """Rows as the server writes them, once it has them all: whole or an error."""
        *kept, query = sql.split(STATEMENTS)
        client = connection.client
        try:
            for statement in kept:
                text, used = typed(statement, values)
                client.command(text, used, settings=self._marked(connection))
            yield from self._read_rows(connection, *typed(query, values))
        finally:
            with suppress(ClickHouseError):  # a session that failed is not used again
                for statement in kept:
                    name = statement.split(" AS", 1)[0].split()[-1]
                    client.command(f"drop temporary table if exists {name}")

    def _read_rows(
        self, connection: Connection, query: str, used: Mapping[str, Any]
    ) -> Iterator[pa.RecordBatch]:
        settings = {**self._marked(connection), "wait_end_of_query": 1}
        with connection.client.raw_stream(
            query, used, settings, fmt="ArrowStream"
        ) as rows:
            for batch in _read(rows):
                yield as_told(batch)

    def _marked(self, connection: Connection) -> dict[str, Any]:
        """The settings by which the next statement is known to the server."""
        connection.mark = uuid.uuid4().hex
        if self._is_chdb:  # which has no query_id of ours
            connection.client.set_client_setting("log_comment", connection.mark)
        return {"query_id": connection.mark}

    @property
    def _is_chdb(self) -> bool:
        return self.url.get_driver_name() == "chdb"

    def ping(self, connection: Any) -> None:
        """The smallest question."""
        connection.client.command("select 1")

    def cancel(self, connection: Any) -> None:
        """Have another session stop it; every user may stop its own."""
        with suppress(ClickHouseError):  # it may not: max_execution_time ends it too
            client = client_of(self.url, {})
            try:
                client.command(KILL, {"mark": connection.mark})
            finally:
                client.close()

    def catalog(self, connection: Any) -> list[tuple[str, str, str]]:
        """(table, column, type) of all that may be read."""
        found: list[tuple[str, str, str]] = connection.client.query(CATALOG).result_rows
        return found

    def columns_of(self, connection: Any, select: str) -> list[tuple[str, str]]:
        """(column, type) of a select of the site."""
        rows = connection.client.query(f"describe table (\n{select}\n)").result_rows
        return [(row[0], row[1]) for row in rows]

    def conforming(self, kind: str, column: str, found: str) -> str:
        """Portable SQL that gives a column of a type found as one of a kind."""
        wanted = AS_THEY_ARE[kind]
        if found in (wanted, f"Nullable({wanted})"):
            return column
        return f"as_{kind}({column})"

    def writable(self, connection: Any) -> int:
        """How many rights to write the user has; none count in a folder of chDB."""
        if self._is_chdb:
            return 0
        return int(connection.client.query(WRITABLE).result_rows[0][0])

    def in_words(self, error: Exception) -> DatabaseError:
        """An error of the driver, in one sentence without host or password."""
        code, text = getattr(error, "code", None), str(error)
        if code in STOPPED:
            return self.too_long()
        if code in REFUSED:
            return self.refused()
        if code is None:
            is_new = "Connection" in text and "refused" in text
            return DatabaseError(UNREACHED if is_new else LOST)
        said = text.partition("DB::Exception: ")[2] or text
        said = said.splitlines()[0].partition(": In scope")[0].strip(" .")
        what = "lacks what was asked" if code in GONE else "could not answer"
        return DatabaseError(
            f"The operations database {what} ({said}): compare its tables with "
            "docs/relations.md."
        )


def client_of(url: sa.URL, settings: Mapping[str, Any]) -> Any:
    """A client of the driver for a URL."""
    others: dict[str, Any] = dict(url.query)
    if url.get_driver_name() == "chdb":
        return clickhouse_connect.get_client(
            interface="chdb", path=url.database, settings=dict(settings), **others
        )
    return clickhouse_connect.get_client(
        host=url.host,
        port=url.port,
        username=url.username,
        password=url.password or "",
        database=url.database,
        settings=dict(settings),
        connect_timeout=3,
        autogenerate_session_id=True,
        **others,
    )


def typed(sql: str, values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """SQL with {name:Type} in the place of :name, and the values that it names.

    No others: the driver writes those of a text that names none into it.
    """
    used = {name: values[name] for name in PARAMETER.findall(sql)}
    text = PARAMETER.sub(lambda w: f"{{{w[1]}:{TYPES[type(used[w[1]])]}}}", sql)
    text = text.replace("\\:", ":")
    return text, {name: as_parameter(value) for name, value in used.items()}


def as_parameter(value: Any) -> Any:
    """A value as the server reads it; the driver cuts instants to seconds."""
    return value.isoformat(" ") if isinstance(value, datetime) else value


def as_told(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The narrow kinds of day and second, which come as numbers, as what they are."""
    plain = {pa.uint16(): pa.date32(), pa.uint32(): pa.timestamp("s")}
    wide = {pa.uint16(): pa.int32(), pa.uint32(): pa.int64()}
    columns = [
        column.cast(wide[column.type]).cast(plain[column.type])
        if column.type in plain
        else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _read(rows: Any) -> Iterator[pa.RecordBatch]:
    """The batches of a stream; chDB writes none at all where there is no row."""
    try:
        reader = pa.ipc.open_stream(rows)
    except pa.ArrowInvalid as error:
        if "null or length 0" in str(error):
            return
        raise
    yield from reader
