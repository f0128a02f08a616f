"""A database of the site itself, read where it stands.

Its data changes all the time, so an answer is kept for no longer than a minute; its
tables are looked at anew each hour, and after any failure.
"""

from __future__ import annotations

import threading
import time
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, TypeVar

import pyarrow as pa
import sqlalchemy as sa

from dashboard.databases.base import Contract, Database
from dashboard.databases.contract import conformed
from dashboard.databases.deadlines import StalledError, within
from dashboard.databases.describing import Describing, Description
from dashboard.databases.state import State
from dashboard.databases.stopping import Stop
from dashboard.errors import DatabaseError, TimeLimitError
from dashboard.settings import Settings

T = TypeVar("T")

FRESH_SECONDS = 60
DESCRIBED_SECONDS = 3600
GRACE_SECONDS = 3.0  # after the time limit, for the server to say that it stopped
CONNECT_SECONDS = 3.0
PROBE_SECONDS = 5.0  # a stalled server is tried again so often
MOST_ABANDONED = 8
POOL = {"pool_size": 4, "max_overflow": 4, "timeout": 3}

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

    def __init__(self, settings: Settings):
        self.url = sa.make_url(settings.database_url)
        self.accepts_writer = settings.accept_writing_role
        self._zone = settings.zone
        self._limit = settings.time_limit_seconds
        self._pool = sa.pool.QueuePool(self._connected, **POOL)  # type: ignore[arg-type]
        sa.event.listen(self._pool, "checkout", self._check_alive)
        self._turn = threading.Lock()
        self._known: Description | None = None
        self._read_at = 0.0
        self._abandoned = 0
        self._stalled_until = 0.0

    @abstractmethod
    def connect(self) -> Any:
        """A new connection of the driver, which can only read."""

    @abstractmethod
    def batches(
        self, connection: Any, sql: str, values: Mapping[str, Any], schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        """The rows of one select, in the types that the driver tells."""

    @abstractmethod
    def cancel(self, connection: Any) -> None:
        """Have the server give up what the connection waits for."""

    @abstractmethod
    def catalog(self, connection: Any) -> list[tuple[str, str, str]]:
        """(table, column, type) of all that may be read."""

    @abstractmethod
    def conforming(self, kind: str, column: str, found: str) -> str:
        """Portable SQL that gives a column of a type found as one of a kind."""

    @abstractmethod
    def writable(self, connection: Any) -> int:
        """How many tables the user of the connection may write to."""

    @abstractmethod
    def in_words(self, error: Exception) -> DatabaseError:
        """An error of the driver, in one sentence without host or password."""

    def state(self) -> State:
        """What the database says of itself, and which minute of it this is."""
        with self._turn:
            now = time.monotonic()
            if self._known is None or now - self._read_at > DESCRIBED_SECONDS:
                self._known, self._read_at = self._described(), now
            known, minute = self._known, int(time.time() // FRESH_SECONDS)
        identity = f"{self.url.render_as_string()}:{self._read_at}:{minute}"
        tables = frozenset(known.tables.items())
        return State(identity, tables, known.dialect, known.load)

    def _described(self) -> Description:
        end = time.monotonic() + self._limit
        with self._connection() as connection:
            self._waited(end, partial(self._check_reader, connection))
            return self._waited(end, partial(self._look, connection))

    def _look(self, connection: Any) -> Description:
        return Describing(self, connection).described(self._zone)

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

    def _given(self, sql: str) -> dict[str, str]:
        """The calendar, for a question that has to bring it."""
        days = self.given_days()
        return {CALENDAR_DAYS: days} if days and f":{CALENDAR_DAYS}" in sql else {}

    def given_days(self) -> str:
        """The calendar that questions bring, as JSON; empty where it has its own."""
        return (self._known and self._known.days) or ""

    def close(self) -> None:
        """Close what is idle; connections under way close when they are done."""
        self._pool.dispose()

    def too_long(self) -> TimeLimitError:
        """What is said of a question that was stopped."""
        return TimeLimitError(
            f"This question took longer than {self._limit:g} seconds and was "
            "stopped. Choose a shorter period or fewer filters."
        )

    def _waited(self, end: float, run: Callable[[], T]) -> T:
        return within(end - time.monotonic(), run)

    def _connected(self) -> Any:
        return within(CONNECT_SECONDS + 1, self.connect)

    def _check_alive(self, connection: Any, record: Any, proxy: Any) -> None:
        """A connection that died while it was idle is replaced by a new one."""
        if not record.info.get("was_idle"):
            record.info["was_idle"] = True  # when it comes back
            return
        try:
            within(CONNECT_SECONDS, partial(self._ping, connection))
        except StalledError:
            raise
        except Exception as error:
            raise sa.exc.DisconnectionError from error

    def _ping(self, connection: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("select 1")
        cursor.fetchall()
        cursor.close()

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        """A connection with a time limit; one that failed is not used again."""
        pooled = self._checked_out()
        connection = pooled.driver_connection
        timer = threading.Timer(self._limit, self._cancelled, [connection])
        timer.start()
        try:
            yield connection
        except StalledError as stalled:
            pooled.detach()
            self._abandon(connection, stalled.ended)
            raise DatabaseError(UNREACHED) from stalled
        except GeneratorExit:  # nobody wants the rest
            self._cancelled(connection)
            pooled.invalidate()
            raise
        except Exception as error:
            pooled.invalidate()
            self.forget()
            raise self._said(error) from error
        finally:
            timer.cancel()
            if pooled.is_valid:
                pooled.close()

    def _checked_out(self) -> Any:
        now = time.monotonic()
        if now < self._stalled_until or self._abandoned >= MOST_ABANDONED:
            raise DatabaseError(UNREACHED)
        try:
            return self._pool.connect()
        except sa.exc.TimeoutError as error:
            raise DatabaseError(CROWDED) from error
        except StalledError as stalled:
            self._stalled_until = time.monotonic() + PROBE_SECONDS
            raise DatabaseError(UNREACHED) from stalled
        except Exception as error:
            self.forget()
            raise self._said(error) from error

    def _said(self, error: Exception) -> Exception:
        return self.in_words(error) if isinstance(error, self.errors) else error

    def forget(self) -> None:
        """Read anew what the database says of itself: it may have changed."""
        self._read_at = 0.0

    def _cancelled(self, connection: Any) -> None:
        with suppress(Exception):  # it may have ended meanwhile
            self.cancel(connection)

    def _abandon(self, connection: Any, ended: threading.Event) -> None:
        """Leave a connection behind that does not answer; close it when it does."""
        self._stalled_until = time.monotonic() + PROBE_SECONDS
        self._abandoned += 1

        def close() -> None:
            self._cancelled(connection)
            ended.wait()
            with suppress(Exception):
                connection.close()
            self._abandoned -= 1

        threading.Thread(target=close, daemon=True).start()
