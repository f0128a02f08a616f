"""Connections to a server: few, lent out one by one, and never waited for in vain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import sqlalchemy as sa

from dashboard.databases.deadlines import StalledError, no_longer_than, within
from dashboard.databases.driver import LOST, UNREACHED, Driver
from dashboard.databases.outages import Outage
from dashboard.databases.threads import beside
from dashboard.errors import DatabaseError

CONNECT_SECONDS = 3.0
PROBE_SECONDS = 5.0  # a stalled server is tried again so often
RETRY_SECONDS = 1.0  # and one that refused
MOST_ABANDONED = 8
# Sessions only read, each statement for itself: nothing is to be rolled back.
POOL = {"pool_size": 4, "max_overflow": 4, "timeout": 3, "reset_on_return": None}
CROWDED = "Many people are using the dashboard. Try again in a few seconds."


class Connections:
    """The connections of one driver. Safe to use from many threads."""

    def __init__(self, driver: Driver, limit: float, failed: Callable[[], None]):
        self._driver, self._limit, self._failed = driver, limit, failed
        self._pool = sa.pool.QueuePool(self._made, **POOL)  # type: ignore[arg-type]
        self._outage = Outage()
        self._abandoned = 0

    @contextmanager
    def lent(self) -> Iterator[Any]:
        """A connection with a time limit; one that failed is not used again.

        Raises DatabaseError, which is what any error of the driver comes to.
        """
        pooled = self._checked_out()
        connection = pooled.driver_connection
        try:
            with no_longer_than(self._limit, partial(self.cancel, connection)):
                yield connection
        except StalledError as stalled:
            pooled.detach()
            self._outage.began(DatabaseError(UNREACHED), PROBE_SECONDS)
            self._abandon(connection, stalled.late)
            raise DatabaseError(UNREACHED) from stalled
        except GeneratorExit:  # nobody wants the rest
            self.cancel(connection)
            pooled.invalidate()
            raise
        except Exception as error:
            pooled.invalidate()
            self._failed()
            raise self._driver.said(error) from error
        else:
            pooled.close()

    def cancel(self, connection: Any) -> None:
        """Have the server give up what a connection waits for, if it still does."""
        with suppress(Exception):  # it may have ended meanwhile, or have stalled
            within(CONNECT_SECONDS, partial(self._driver.cancel, connection))

    def close(self) -> None:
        """Close what is idle; connections under way close when they are done."""
        self._pool.dispose()

    def _made(self) -> Any:
        try:
            return within(CONNECT_SECONDS + 1, self._driver.connect)
        except StalledError as stalled:
            stalled.late.add_done_callback(_close_late)
            raise

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
            self._failed()
            raise self._not_given(error) from error
        self._outage.over()
        return pooled

    def _not_given(self, error: Exception) -> Exception:
        """What is said where the server gave no connection; others are told it too."""
        said = self._driver.said(error)
        if str(said) == LOST:  # nothing was under way
            said = DatabaseError(UNREACHED)
        if isinstance(said, DatabaseError):
            self._outage.began(said, RETRY_SECONDS)
        return said

    def _alive(self) -> Any:
        """A connection; one that died while it was idle is replaced by a new one."""
        while True:
            pooled = self._pool.connect()
            if not pooled.info.get("was_idle"):
                pooled.info["was_idle"] = True  # when it comes back
                return pooled
            connection = pooled.driver_connection
            try:
                within(CONNECT_SECONDS, partial(self._driver.ping, connection))
                return pooled
            except StalledError as stalled:
                pooled.detach()
                self._abandon(connection, stalled.late)
                raise
            except Exception:
                pooled.invalidate()

    def _abandon(self, connection: Any, late: Future[Any]) -> None:
        """Leave a connection behind that does not answer; close it when it does."""
        self._abandoned += 1

        def close() -> None:
            self.cancel(connection)
            wait([late])
            with suppress(Exception):
                connection.close()
            self._abandoned -= 1

        beside(close)


def _close_late(late: Future[Any]) -> None:
    """Close a connection that came when nobody waited for it any more."""
    with suppress(Exception):
        late.result().close()
