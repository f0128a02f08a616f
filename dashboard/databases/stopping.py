"""Stop a question under way, when nobody waits for its answer any more."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Stop:
    """What a question under way can be stopped by; one for each question."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._how: Callable[[], None] | None = None
        self._is_stopped = False

    def by(self, how: Callable[[], None] | None) -> None:
        """From now on, `how` stops it; None when it is done."""
        with self._turn:
            self._how = how
            if self._is_stopped and how:
                how()

    def now(self) -> None:
        """Stop it, as soon as there is a way to."""
        with self._turn:
            self._is_stopped = True
            if self._how:
                self._how()
