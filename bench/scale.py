"""The eight questions over many items: through the gate, by hand, and elsewhere.

    python -m bench.scale FILE [URL ...]

FILE is a DuckDB file that bench.generated built; each URL is a database with the same
relations. Every contender is a process of its own, warmed by the comparison of its
answers with those of DuckDB: a difference ends the run. Then they take turns, question
by question. Times are medians in milliseconds, with the best in brackets and the ratio
to DuckDB by hand. Memory is that of a process which was asked this one question.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from bench.contender import Contender
from bench.questions import QUESTIONS
from tests.databases.comparing import difference

ROUNDS = 15


@contextmanager
def contenders(file: str, urls: list[str]) -> Iterator[dict[str, Contender]]:
    """A process for each, ended with the block."""
    started = {"by hand": Contender(f"duckdb:///{file}", by_hand=True)}
    for url in (f"duckdb:///{file}", *urls):
        started[sa.make_url(url).get_backend_name()] = Contender(url)
    try:
        yield started
    finally:
        for contender in started.values():
            contender.end()


def check(name: str, running: dict[str, Contender]) -> None:
    """Values before times. Raises SystemExit at a difference."""
    answers = {kind: c.values(name) for kind, c in running.items()}
    expected = answers.pop("duckdb")
    answers.pop("by hand")  # the same rows, before the gate adds its figures
    for kind, found in answers.items():
        for ours, theirs in zip(expected, found, strict=True):
            if said := difference(ours, theirs):
                sys.exit(f"{name}, {kind}: {said}")


def timed(name: str, running: dict[str, Contender]) -> dict[str, list[float]]:
    """Milliseconds of each, taking turns."""
    times: dict[str, list[float]] = {kind: [] for kind in running}
    for _ in range(ROUNDS):
        for kind, contender in running.items():
            times[kind].append(contender.milliseconds(name))
    return times


def told(times: dict[str, list[float]]) -> str:
    """The times of a question in one line."""
    base = statistics.median(times["by hand"])
    return " | ".join(
        f"{kind} {statistics.median(took):,.1f} ({min(took):,.1f}) "
        f"{statistics.median(took) / base:.2f}"
        for kind, took in times.items()
    )


def peak(file: str, name: str) -> float:
    """GiB of a new process that asks DuckDB one question."""
    contender = Contender(f"duckdb:///{file}")
    contender.milliseconds(name)
    found = contender.peak()
    contender.end()
    return found


def main(file: str, urls: list[str]) -> None:
    print(f"ms: median (best) of {ROUNDS}; then ÷ DuckDB by hand")
    with contenders(file, urls) as running:
        for name in QUESTIONS:
            check(name, running)
            print(f"{name:<30}" + told(timed(name, running)), flush=True)
    for name in QUESTIONS:
        print(f"{name:<30}peak of a new process {peak(file, name):.2f} GiB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
