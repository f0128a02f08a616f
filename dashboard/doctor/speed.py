"""How long each question takes on this database."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from dashboard import gate
from dashboard.answers import Question
from dashboard.databases import Database
from dashboard.databases.state import State
from dashboard.doctor.finding import Finding, amiss, note, well
from dashboard.errors import MisError
from dashboard.filters import Filters
from dashboard.query_files import all_queries

SLOW_SECONDS = 2.0
PERIOD = timedelta(days=30)
TOLD = 5


def slow_queries(database: Database, state: State) -> Iterator[Finding]:
    """Ask every query once over the last thirty days; tell the slow and the failing."""
    as_of = state.load.as_of or datetime.now(UTC).replace(tzinfo=None)
    filters = Filters(as_of.date() - PERIOD, as_of.date(), as_of, state.load.zone)
    times: dict[str, float] = {}
    gate.forget()
    for name in all_queries():
        start = time.perf_counter()
        try:
            gate.ask(Question(name, filters, limit=1), database)
        except MisError as error:
            yield amiss("queries", f"{name}: {error}")
        times[name] = time.perf_counter() - start
    slow = [name for name, seconds in times.items() if seconds > SLOW_SECONDS]
    slow.sort(key=lambda name: -times[name])
    if not slow:
        most = max(times.values())
        yield well("speed", f"Each of {len(times)} queries took {most:.2f} s at most.")
        return
    told = ", ".join(f"{name} {times[name]:.1f} s" for name in slow[:TOLD])
    yield note(
        "speed",
        f"{len(slow)} of {len(times)} queries took longer than {SLOW_SECONDS:g} s "
        f"({told}): copy the database with `mis sync`, or ask `mis advise`.",
    )
