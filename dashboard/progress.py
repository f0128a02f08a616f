"""A progress bar on the terminal for long commands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm

from dashboard.sources.building import Progress


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Give a function that shows how far each step is, on standard error."""
    bars: list[tqdm] = []

    def show(what: str, done: int, total: int) -> None:
        if not bars or bars[-1].desc.removesuffix(": ") != what:
            if bars:
                bars[-1].close()
            bars.append(tqdm(desc=what, total=total, unit_scale=True, leave=False))
        bars[-1].total = total
        bars[-1].update(done - bars[-1].n)

    try:
        yield show
    finally:
        if bars:
            bars[-1].close()
