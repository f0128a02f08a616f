"""A DuckDB file that is read, and read anew when it was replaced.

When the file under the path is replaced, or what the site has decided was changed, the
next question waits for those under way and reads what is new.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from dashboard.databases.base import BATCH_ROWS, Contract, Database
from dashboard.databases.deadlines import no_longer_than
from dashboard.databases.opening import identity_of, open_file
from dashboard.databases.parameters import numbered
from dashboard.databases.state import State
from dashboard.databases.stopping import Stop
from dashboard.databases.urls import database_file
from dashboard.decisions import standing
from dashboard.errors import DatabaseError, TimeLimitError
from dashboard.settings import Settings


class DuckDBFile(Database):
    """A DuckDB file: the sample, an import, or a site's own."""

    def __init__(self, settings: Settings):
        self.path = database_file(settings.database_url)
        self._zone = settings.zone
        self._decisions = settings.decisions
        self._limit = settings.time_limit_seconds
        self._turn = threading.Condition()
        self._running = 0
        self._open: tuple[State, sa.Engine] | None = None

    def state(self) -> State:
        """The file as it stands now; opens it, or opens it anew after a change.

        Raises DatabaseError where it is missing, locked, half-built, of another
        version or no DuckDB file.
        """
        with self._using() as (state, _):
            return state

    def run(
        self, sql: str, values: Mapping[str, Any], contract: Contract, stop: Stop
    ) -> pa.Table:
        """All rows of one select. Raises DatabaseError, TimeLimitError."""
        with self._cursor(sql, values, stop) as cursor:
            return cursor.to_arrow_table()

    def stream(
        self, sql: str, values: Mapping[str, Any], contract: Contract
    ) -> Iterator[pa.RecordBatch]:
        """The rows of one select in batches, never all in memory at once."""
        with self._cursor(sql, values, Stop()) as cursor:
            try:
                yield from cursor.to_arrow_reader(BATCH_ROWS)
            except (OSError, pa.ArrowException) as error:  # how its reader says it
                raise self._in_words(error) from error

    @contextmanager
    def _cursor(self, sql: str, values: Mapping[str, Any], stop: Stop) -> Iterator[Any]:
        try:
            with self._using() as (_, engine), engine.connect() as connection:
                driver = connection.connection.driver_connection
                assert driver is not None
                stop.by(driver.interrupt)
                try:
                    with no_longer_than(self._limit, driver.interrupt):
                        text, names = numbered(sql)
                        yield driver.execute(text, [values[name] for name in names])
                finally:
                    stop.by(None)
        except (SQLAlchemyError, duckdb.Error) as error:
            raise self._in_words(error) from error

    def _in_words(self, error: Exception) -> DatabaseError:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(cause, duckdb.InterruptException) or "INTERRUPT" in str(cause):
            return TimeLimitError(
                f"This question took longer than {self._limit:g} seconds and was "
                "stopped. Choose a shorter period or fewer filters."
            )
        return DatabaseError(
            f"The operations database {self.path.name} could not answer: {cause}"
        )

    @contextmanager
    def _using(self) -> Iterator[tuple[State, sa.Engine]]:
        """The current file, held open; a change of file waits until nobody reads."""
        with self._turn:
            if self._open is None or self._open[0].identity != self._identity():
                self._turn.wait_for(lambda: self._running == 0)
                self._reopen()
            found = self._open
            assert found is not None
            self._running += 1
        try:
            yield found
        finally:
            with self._turn:
                self._running -= 1
                self._turn.notify_all()

    def check(self) -> None:
        """Open the file if it has changed. Raises DatabaseError as `state` does."""
        self.state()

    def close(self) -> None:
        """Let go of the file when nobody reads it; the next question opens it anew."""
        with self._turn:
            self._turn.wait_for(lambda: self._running == 0)
            self._let_go()

    def _reopen(self) -> None:
        if self._open and self._open[0].identity == self._identity():
            return
        self._let_go()
        self._open = open_file(self.path, self._zone, standing(self._decisions))

    def _identity(self) -> str:
        return identity_of(self.path, standing(self._decisions))

    def _let_go(self) -> None:
        if self._open is not None:
            self._open[1].dispose()
            self._open = None
