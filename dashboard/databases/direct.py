"""A database of the site itself, read where it stands.

Its data changes all the time, so an answer is kept for no longer than a minute; its
tables are looked at anew each hour, and after any failure.
"""

from __future__ import annotations

import math
import re
import threading
import time
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, wait
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import pyarrow as pa
import sqlalchemy as sa

from dashboard.databases.base import Contract, Database
from dashboard.databases.contract import conformed
from dashboard.databases.deadlines import StalledError, no_longer_than, within
from dashboard.databases.describing import Describing, Description
from dashboard.databases.outages import Outage
from dashboard.databases.state import State
from dashboard.databases.stopping import Stop
from dashboard.databases.threads import beside
from dashboard.decisions import NOTHING, Standing, standing
from dashboard.errors import DatabaseError, TimeLimitError
from dashboard.settings import Settings
from dashboard.sql.selects import read_selects

T = TypeVar("T")

FRESH_SECONDS = 60
DESCRIBED_SECONDS = 3600
GRACE_SECONDS = 3.0  # after the time limit, for the server to say that it stopped
CONNECT_SECONDS = 3.0
PROBE_SECONDS = 5.0  # a stalled server is tried again so often
RETRY_SECONDS = 1.0  # and one that refused
MOST_ABANDONED = 8
BEHIND = timedelta(minutes=5)  # a replica that lags less is as good as its source
# Sessions only read, each statement for itself: nothing is to be rolled back.
POOL = {"pool_size": 4, "max_overflow": 4, "timeout": 3, "reset_on_return": None}

UNREACHED = (
    "The operations database cannot be reached. This page has no figures for now. Try "
    "again in a minute."
)
LOST = (
    "The connection was lost while loading. Nothing incomplete is shown. Reload the "
    "page."
)
CROWDED = "Many people are using the dashboard. Try again in a few seconds."


CALENDAR_DAYS = "calendar_days"


class Direct(Database):
    """What the databases share that are read where they stand."""

    dialect: str  # a key of dialects.SPOKEN
    errors: tuple[type[Exception], ...]  # what the driver raises
    beginning: str = ""  # what makes reads those of one moment
    unlocking: str = ""  # what makes a session of ours one that may write, if it may

    def __init__(self, settings: Settings):
        self.url = sa.make_url(settings.database_url)
        self.accepts_writer = settings.accept_writing_role
        self.selects = read_selects(settings.mapping) if settings.mapping else {}
        self._zone = settings.zone
        self._decisions = settings.decisions
        self._decided = NOTHING  # as of when it was described
        self._limit = settings.time_limit_seconds
        self._pool = sa.pool.QueuePool(self._connected, **POOL)  # type: ignore[arg-type]
        self._turn = threading.Lock()
        self._known: Description | None = None
        self._read_at = -math.inf
        self._minute = 0
        self._abandoned = 0
        self._outage = Outage()

    @abstractmethod
    def connect(self) -> Any:
        """A new connection of the driver, which can only read."""

    @abstractmethod
    def batches(
        self, connection: Any, sql: str, values: Mapping[str, Any], schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        """The rows of one select, in the types that the driver tells."""

    def speaking(self) -> tuple[str, ...]:
        """What any client has to set before it runs our SQL."""
        return ()

    def ping(self, connection: Any) -> None:
        """The smallest question."""
        cursor = connection.cursor()
        cursor.execute("select 1")
        cursor.fetchall()
        cursor.close()

    @abstractmethod
    def cancel(self, connection: Any) -> None:
        """Have the server give up what the connection waits for."""

    @abstractmethod
    def catalog(self, connection: Any) -> list[tuple[str, str, str]]:
        """(table, column, type) of all that may be read."""

    def columns_there(self, connection: Any) -> list[tuple[str, str]]:
        """(table, column) of all that may be read."""
        return [(table, column) for table, column, _ in self.catalog(connection)]

    @abstractmethod
    def columns_of(self, connection: Any, select: str) -> list[tuple[str, str]]:
        """(column, type) of a select of the site."""

    @abstractmethod
    def conforming(self, kind: str, column: str, found: str) -> str:
        """Portable SQL that gives a column of a type found as one of a kind."""

    @abstractmethod
    def writable(self, connection: Any) -> int:
        """How many tables the user of the connection may write to."""

    @abstractmethod
    def in_words(self, error: Exception) -> DatabaseError:
        """An error of the driver, in one sentence without host or password."""

    def replayed_at(self, connection: Any) -> datetime | None:
        """Up to when a replica knows what happened, UTC; None where it is none."""
        return None

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
        with self._connection() as connection:
            return self._waited(end, partial(run, connection))

    def _described(self, decided: Standing) -> Description:
        end = time.monotonic() + self._limit
        with self._connection() as connection:
            self._waited(end, partial(self._check_reader, connection))
            found = self._waited(end, partial(self._look, decided, connection))
        return self._replayed(found)

    def _replayed(self, known: Description) -> Description:
        """The same, with how far behind its source it is now."""
        end = time.monotonic() + self._limit
        with self._connection() as connection:
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
        with self._connection() as connection:
            stop.by(partial(self._cancelled, connection))
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
        with self._connection() as connection:
            if self.beginning:
                self._told(connection, self.beginning)
            yield Snapshot(self, connection)
            if self.beginning:
                self._told(connection, "rollback")

    def _told(self, connection: Any, statement: str) -> None:
        cursor = connection.cursor()
        cursor.execute(statement)
        cursor.close()

    def _given(self, sql: str) -> dict[str, str]:
        """The rows that a question has to bring, by relation."""
        given = self._known.given if self._known else {}
        return {name: rows for name, rows in given.items() if _names(sql, name)}

    def given_days(self) -> str:
        """The calendar that questions bring, as JSON; empty where it has its own."""
        return self._known.given.get(CALENDAR_DAYS, "") if self._known else ""

    def check(self) -> None:
        """Have it answer, over a connection of its own: a busy pool is no outage."""
        try:
            connection = self.connect()
            try:
                self.ping(connection)
            finally:
                connection.close()
        except Exception as error:
            raise self._said(error) from error

    def close(self) -> None:
        """Close what is idle; connections under way close when they are done."""
        self._pool.dispose()

    def too_long(self) -> TimeLimitError:
        """What is said of a question that was stopped."""
        return TimeLimitError(
            f"This question took longer than {self._limit:g} seconds and was "
            "stopped. Choose a shorter period or fewer filters."
        )

    def refused(self) -> DatabaseError:
        """What is said where the server does not let the user in."""
        return DatabaseError(
            f"The operations database refuses the user {self.url.username}: correct "
            "user and password in the setting database_url."
        )

    def _waited(self, end: float, run: Callable[[], T]) -> T:
        return within(end - time.monotonic(), run)

    def _connected(self) -> Any:
        try:
            return within(CONNECT_SECONDS + 1, self.connect)
        except StalledError as stalled:
            stalled.late.add_done_callback(_close_late)
            raise

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        """A connection with a time limit; one that failed is not used again."""
        pooled = self._checked_out()
        connection = pooled.driver_connection
        try:
            with no_longer_than(self._limit, partial(self._cancelled, connection)):
                yield connection
        except StalledError as stalled:
            pooled.detach()
            self._outage.began(DatabaseError(UNREACHED), PROBE_SECONDS)
            self._abandon(connection, stalled.late)
            raise DatabaseError(UNREACHED) from stalled
        except GeneratorExit:  # nobody wants the rest
            self._cancelled(connection)
            pooled.invalidate()
            raise
        except Exception as error:
            pooled.invalidate()
            self.forget()
            raise self._said(error) from error
        else:
            pooled.close()

    def _checked_out(self) -> Any:
        self._outage.check()
        if self._abandoned >= MOST_ABANDONED:
            raise DatabaseError(UNREACHED)
        try:
            pooled = self._alive()
        except sa.exc.TimeoutError as error:
            raise DatabaseError(CROWDED) from error
        except StalledError as stalled:
            self._outage.began(DatabaseError(UNREACHED), PROBE_SECONDS)
            raise DatabaseError(UNREACHED) from stalled
        except Exception as error:
            self.forget()
            said = self._said(error)
            if str(said) == LOST:  # nothing was under way
                said = DatabaseError(UNREACHED)
            if isinstance(said, DatabaseError):
                self._outage.began(said, RETRY_SECONDS)
            raise said from error
        self._outage.over()
        return pooled

    def _alive(self) -> Any:
        """A connection; one that died while it was idle is replaced by a new one."""
        while True:
            pooled = self._pool.connect()
            if not pooled.info.get("was_idle"):
                pooled.info["was_idle"] = True  # when it comes back
                return pooled
            connection = pooled.driver_connection
            try:
                within(CONNECT_SECONDS, partial(self.ping, connection))
                return pooled
            except StalledError as stalled:
                pooled.detach()
                self._abandon(connection, stalled.late)
                raise
            except Exception:
                pooled.invalidate()

    def _said(self, error: Exception) -> Exception:
        return self.in_words(error) if isinstance(error, self.errors) else error

    def forget(self) -> None:
        """Read anew what the database says of itself: it may have changed."""
        self._read_at = -math.inf

    def _cancelled(self, connection: Any) -> None:
        with suppress(Exception):  # it may have ended meanwhile, or have stalled
            within(CONNECT_SECONDS, partial(self.cancel, connection))

    def _abandon(self, connection: Any, late: Future[Any]) -> None:
        """Leave a connection behind that does not answer; close it when it does."""
        self._abandoned += 1

        def close() -> None:
            self._cancelled(connection)
            wait([late])
            with suppress(Exception):
                connection.close()
            self._abandoned -= 1

        beside(close)


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


def _close_late(late: Future[Any]) -> None:
    """Close a connection that came when nobody waited for it any more."""
    with suppress(Exception):
        late.result().close()
