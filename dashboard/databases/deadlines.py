"""Wait for a driver no longer than a deadline, whatever it is doing.

A server that has stalled holds its driver for ever: limits of the server, and those of
the network, do not fire. So what may block runs in a thread of its own, which is left
behind where the deadline passes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, TypeVar

from dashboard.databases.threads import beside

T = TypeVar("T")


class StalledError(Exception):
    """The deadline passed; the thread goes on, and `late` is what it comes to."""

    def __init__(self, late: Future[Any]):
        super().__init__("no answer within the deadline")
        self.late = late


def within(seconds: float, run: Callable[[], T]) -> T:
    """What `run` returns or raises. Raises StalledError after so many seconds."""
    answer: Future[T] = Future()

    def work() -> None:
        try:
            answer.set_result(run())
        except BaseException as error:
            answer.set_exception(error)

    beside(work)
    try:
        return answer.result(max(seconds, 0.0))
    except TimeoutError:
        if answer.done():  # it raised one of its own
            raise
        raise StalledError(answer) from None


@contextmanager
def no_longer_than(seconds: float, end: Callable[[], object]) -> Iterator[None]:
    """Have `end` called, from another thread, where the block takes longer."""
    is_over = threading.Event()
    beside(lambda: is_over.wait(seconds) or end())
    try:
        yield
    finally:
        is_over.set()
