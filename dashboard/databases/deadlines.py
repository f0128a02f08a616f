"""Wait for a driver no longer than a deadline, whatever it is doing.

A server that has stalled holds its driver for ever: limits of the server, and those of
the network, do not fire. So what may block runs in a thread of its own, which is left
behind where the deadline passes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from queue import SimpleQueue
from typing import Any, TypeVar

from dashboard.databases.threads import beside

T = TypeVar("T")

TICK_SECONDS = 0.1


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


@dataclass
class _Limit:
    at: float
    end: Callable[[], object]
    is_over: bool = False


@contextmanager
def no_longer_than(seconds: float, end: Callable[[], object]) -> Iterator[None]:
    """Have `end` called, from another thread, where the block takes longer."""
    limit = _Limit(time.monotonic() + seconds, end)
    _watched().put(limit)
    try:
        yield
    finally:
        limit.is_over = True


@cache
def _watched() -> SimpleQueue[_Limit]:
    """What one thread looks after: to wake one for each costs half a millisecond."""
    coming: SimpleQueue[_Limit] = SimpleQueue()
    beside(partial(_end_what_is_late, coming))
    return coming


def _end_what_is_late(coming: SimpleQueue[_Limit]) -> None:
    limits: list[_Limit] = []
    while True:
        time.sleep(TICK_SECONDS)
        while not coming.empty():
            limits.append(coming.get())
        now = time.monotonic()
        for limit in limits:
            if limit.at <= now and not limit.is_over:
                limit.is_over = True
                beside(limit.end)
        limits = [limit for limit in limits if not limit.is_over]
