"""A database of the site itself, read where it stands.

Its data changes all the time, so what it says of itself is read anew each minute, and
an answer is kept no longer than that.
"""

from __future__ import annotations

import threading
import time
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from dashboard.databases.base import Contract, Database
from dashboard.databases.contract import conformed
from dashboard.databases.describing import described
from dashboard.databases.state import State
from dashboard.errors import DatabaseError, TimeLimitError
from dashboard.settings import Settings

FRESH_SECONDS = 60
POOL = {"pool_size": 4, "max_overflow": 4, "timeout": 3}


class Direct(Database):
    """What the databases share that are read where they stand."""

    dialect: str  # a key of dialects.SPOKEN

    def __init__(self, settings: Settings):
        self.url = sa.make_url(settings.database_url)
        self._zone = settings.zone
        self._limit = settings.time_limit_seconds
        self._pool = sa.pool.QueuePool(self.connect, **POOL)  # type: ignore[arg-type]
        self._turn = threading.Lock()
        self._state: State | None = None
        self._read_at = 0.0

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

    def state(self) -> State:
        """What the database says of itself, at most a minute old."""
        with self._turn:
            if self._state is None or time.monotonic() - self._read_at > FRESH_SECONDS:
                with self._connection() as connection:
                    self._state = described(self, connection, self._zone)
                self._read_at = time.monotonic()
            return self._state

    def run(self, sql: str, values: Mapping[str, Any], contract: Contract) -> pa.Table:
        """All rows of one select. Raises DatabaseError, TimeLimitError."""
        batches = list(self.stream(sql, values, contract))
        return pa.Table.from_batches(batches, contract())

    def stream(
        self, sql: str, values: Mapping[str, Any], contract: Contract
    ) -> Iterator[pa.RecordBatch]:
        """The rows of one select in batches, never all in memory at once."""
        schema = contract()
        with self._connection() as connection:
            for batch in self.batches(connection, sql, values, schema):
                yield conformed(batch, schema)

    def close(self) -> None:
        """Close what is idle; connections under way close when they are done."""
        self._pool.dispose()

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        """A connection with a deadline; one that failed is not used again."""
        try:
            pooled = self._pool.connect()
        except sa.exc.TimeoutError as error:
            raise DatabaseError(
                "Many people are using the dashboard. Try again in a few seconds."
            ) from error
        except Exception as error:
            raise self.in_words(error) from error
        timer = threading.Timer(self._limit, self.cancel, [pooled.driver_connection])
        timer.start()
        try:
            yield pooled.driver_connection
        except Exception as error:
            pooled.invalidate()
            raise self.in_words(error) from error
        finally:
            timer.cancel()
            pooled.close()

    def in_words(self, error: Exception) -> Exception:
        """An error of the driver, in one sentence."""
        if isinstance(error, DatabaseError):
            return error
        text = str(error)
        if "canceling statement" in text or "CANCELLED" in text:
            return self.late()
        return DatabaseError(f"The operations database could not answer: {text}")

    def late(self) -> TimeLimitError:
        """That an answer was not there in time."""
        return TimeLimitError(
            f"This question took longer than {self._limit:g} seconds and was "
            "stopped. Choose a shorter period or fewer filters."
        )
