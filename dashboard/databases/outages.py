"""A server that gave no connection is not tried by everybody at once."""

from __future__ import annotations

import threading
import time

from dashboard.errors import DatabaseError


class Outage:
    """While it lasts, one tries again now and then; all others are told at once."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._told: DatabaseError | None = None
        self._every = 0.0
        self._next = 0.0

    def check(self) -> None:
        """Raise what was told last, unless it is our turn to try again."""
        with self._turn:
            if self._told is None:
                return
            now = time.monotonic()
            if now < self._next:
                raise DatabaseError(str(self._told))
            self._next = now + self._every

    def began(self, told: DatabaseError, every: float) -> None:
        """From now on this is told, and one tries again each `every` seconds."""
        with self._turn:
            self._told, self._every = told, every
            self._next = time.monotonic() + every

    def over(self) -> None:
        """The server gave a connection."""
        with self._turn:
            self._told = None
