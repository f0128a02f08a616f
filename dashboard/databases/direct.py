"""A database of the site itself, read where it stands.

Its data changes all the time, so an answer is kept for no longer than a minute; its
tables are looked at anew each hour, and after any failure.
"""

from __future__ import annotations

import math
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import pyarrow as pa

from dashboard.databases.base import Contract, Database
from dashboard.databases.connections import Connections
from dashboard.databases.contract import conformed
from dashboard.databases.deadlines import within
from dashboard.databases.describing import Describing, Description
from dashboard.databases.driver import Driver
from dashboard.databases.state import State
from dashboard.databases.stopping import Stop
from dashboard.decisions import NOTHING, Standing, standing
from dashboard.errors import DatabaseError
from dashboard.relations.loaded import CALENDAR_DAYS
from dashboard.settings import Settings
from dashboard.sql.selects import read_selects

T = TypeVar("T")

FRESH_SECONDS = 60
DESCRIBED_SECONDS = 3600
GRACE_SECONDS = 3.0  # after the time limit, for the server to say that it stopped
BEHIND = timedelta(minutes=5)  # a replica that lags less is as good as its source


class Direct(Driver, Database):
    """What the databases share that are read where they stand."""

    def __init__(self, settings: Settings):
        super().__init__(settings)
        self.accepts_writer = settings.accept_writing_role
        self.selects = read_selects(settings.mapping) if settings.mapping else {}
        self._zone = settings.zone
        self._decisions = settings.decisions
        self._decided = NOTHING  # as of when it was described
        self._connections = Connections(self, self._limit, self.forget)
        self._turn = threading.Lock()
        self._known: Description | None = None
        self._read_at = -math.inf
        self._minute = 0

    def state(self) -> State:
        """What the database says of itself, and which minute of it this is."""
        with self._turn:
            now, minute = time.monotonic(), int(time.time() // FRESH_SECONDS)
            decided = standing(self._decisions)
            if self._known is None or now - self._read_at > DESCRIBED_SECONDS:
                self._known, self._read_at = self._described(decided), now
                self._decided = decided
            elif decided.identity != self._decided.identity:
                self._known, self._decided = self._described(decided), decided
            elif self._known.is_replica and minute != self._minute:
                self._known = self._replayed(self._known)
            known, self._minute = self._known, minute
        identity = f"{self.url.render_as_string()}:{self._read_at}:{minute}"
        identity += f":{self._decided.identity}"
        tables = frozenset(known.tables.items())
        return State(identity, tables, known.dialect, known.load)

    def look(self, run: Callable[[Any], T]) -> T:
        """What `run` makes of a connection, within the time limit."""
        end = time.monotonic() + self._limit
        with self._connections.lent() as connection:
            return self._waited(end, partial(run, connection))

    def _described(self, decided: Standing) -> Description:
        end = time.monotonic() + self._limit
        with self._connections.lent() as connection:
            self._waited(end, partial(self._check_reader, connection))
            found = self._waited(end, partial(self._look, decided, connection))
        return self._replayed(found)

    def _replayed(self, known: Description) -> Description:
        """The same, with how far behind its source it is now."""
        end = time.monotonic() + self._limit
        with self._connections.lent() as connection:
            at = self._waited(end, partial(self.replayed_at, connection))
        now = datetime.now(UTC).replace(tzinfo=None)
        until = at if at and now - at > BEHIND else None
        load = replace(known.load, known_until=until)
        return replace(known, load=load, is_replica=at is not None)

    def _look(self, decided: Standing, connection: Any) -> Description:
        return Describing(self, connection, decided).described(self._zone)

    def _check_reader(self, connection: Any) -> None:
        """Refuse a user who could harm the database."""
        tables = 0 if self.accepts_writer else self.writable(connection)
        if tables:
            raise DatabaseError(
                f"The user {self.url.username} of the operations database can write "
                f"({tables:,} tables): name one that can only read in the setting "
                "database_url, as docs/databases.md says, or set accept_writing_role."
            )

    def run(
        self, sql: str, values: Mapping[str, Any], contract: Contract, stop: Stop
    ) -> pa.Table:
        """All rows of one select. Raises DatabaseError, TimeLimitError."""
        schema = contract()
        return pa.Table.from_batches(self._rows(sql, values, schema, stop), schema)

    def stream(
        self, sql: str, values: Mapping[str, Any], contract: Contract
    ) -> Iterator[pa.RecordBatch]:
        """The rows of one select in batches, never all in memory at once."""
        yield from self._rows(sql, values, contract(), Stop())

    def _rows(
        self, sql: str, values: Mapping[str, Any], schema: pa.Schema, stop: Stop
    ) -> Iterator[pa.RecordBatch]:
        end = time.monotonic() + self._limit + GRACE_SECONDS
        with self._connections.lent() as connection:
            stop.by(partial(self._connections.cancel, connection))
            everything = {**values, **self._given(sql)}
            batches = self.batches(connection, sql, everything, schema)
            while batch := self._waited(end, partial(next, batches, None)):
                yield conformed(batch, schema)
            stop.by(None)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Give a Snapshot: all that is read by it is of one moment.

        Raises DatabaseError. The time limit holds for all of the block.
        """
        with self._connections.lent() as connection:
            if self.beginning:
                self.tell(connection, self.beginning)
            yield Snapshot(self, connection)
            if self.beginning:
                self.tell(connection, "rollback")

    def _given(self, sql: str) -> dict[str, str]:
        """The rows that a question has to bring, by relation."""
        given = self._known.given if self._known else {}
        return {name: rows for name, rows in given.items() if _names(sql, name)}

    def given_days(self) -> str:
        """The calendar that questions bring, as JSON; empty where it has its own."""
        return self._known.given.get(CALENDAR_DAYS.name, "") if self._known else ""

    def check(self) -> None:
        """Have it answer, over a connection of its own: a busy pool is no outage."""
        try:
            connection = self.connect()
            try:
                self.ping(connection)
            finally:
                connection.close()
        except Exception as error:
            raise self.said(error) from error

    def close(self) -> None:
        """Close what is idle; connections under way close when they are done."""
        self._connections.close()

    def _waited(self, end: float, run: Callable[[], T]) -> T:
        return within(end - time.monotonic(), run)

    def forget(self) -> None:
        """Read anew what the database says of itself: it may have changed."""
        self._read_at = -math.inf


class Snapshot:
    """A connection that reads the database as it was at one moment."""

    def __init__(self, database: Direct, connection: Any):
        self._database, self._connection = database, connection

    def read(
        self, sql: str, values: Mapping[str, Any], schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        """The rows of a select, in the types of the schema, in batches."""
        for batch in self._database.batches(self._connection, sql, values, schema):
            yield conformed(batch, schema)


def _names(sql: str, parameter: str) -> bool:
    return re.search(rf":{parameter}\b", sql) is not None
