"""Have work done beside, by threads that are used again.

A thread that is new costs DuckDB a third of a millisecond a question. They end with the
process, whatever they are doing: a database that has stalled keeps nobody from leaving.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue

_work: SimpleQueue[Callable[[], object]] = SimpleQueue()
_idle = threading.Semaphore(0)


def beside(work: Callable[[], object]) -> None:
    """Have an idle thread do it, or a new one; `work` has to raise nothing."""
    _work.put(work)
    if not _idle.acquire(blocking=False):
        threading.Thread(target=_go_on, daemon=True).start()


def _go_on() -> None:
    while True:
        _work.get()()
        _idle.release()
