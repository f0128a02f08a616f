"""Keep what an analysis found: the same answers say the same again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from functools import wraps
from typing import ParamSpec, TypeVar

from cachetools import LRUCache

from dashboard.answers import Answer

Given = ParamSpec("Given")
Found = TypeVar("Found")
KEPT = 256  # results of each analysis


def kept(analyse: Callable[Given, Found]) -> Callable[Given, Found]:
    """The analysis, computed once for the same answers and other arguments."""
    results: LRUCache[Hashable, Found] = LRUCache(KEPT)
    lock = threading.Lock()

    @wraps(analyse)
    def once(*args: Given.args, **kwargs: Given.kwargs) -> Found:
        key = (*map(_same, args), *((k, _same(v)) for k, v in kwargs.items()))
        with lock:
            if key in results:
                return results[key]
        found = analyse(*args, **kwargs)
        with lock:
            results[key] = found
        return found

    return once


def _same(given: object) -> object:
    """What has to be equal for two answers to hold the same rows."""
    if not isinstance(given, Answer):
        return given
    values = tuple(sorted(given.values.items()))
    rows = (given.rows.num_rows, tuple(given.rows.column_names))
    return given.read_at, given.sql, values, given.viewer, given.question.by, rows
