"""Look a connection over: what is well, and what to mend, in the order to do it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from dashboard.databases import Database, open_database
from dashboard.doctor.finding import Finding, amiss, note, well
from dashboard.doctor.relations import looked_at
from dashboard.doctor.speed import slow_queries
from dashboard.errors import MisError
from dashboard.settings import Settings

__all__ = ["Finding", "examine"]


def examine(settings: Settings) -> Iterator[Finding]:
    """Findings as they are made; it ends early where nothing more can be looked at."""
    try:
        database = open_database(settings)
        start = time.perf_counter()
        database.check()
    except MisError as error:
        yield amiss("connection", str(error))
        return
    took = 1000 * (time.perf_counter() - start)
    yield well("connection", f"The database answers, within {took:,.0f} ms.")
    yield from _reading(database, settings)


def _reading(database: Database, settings: Settings) -> Iterator[Finding]:
    """What it says of itself, and what is in it."""
    try:
        state = database.state()
    except MisError as error:
        yield amiss("mapping" if settings.mapping else "relations", str(error))
        return
    if settings.accept_writing_role:
        yield note(
            "rights",
            "Whether the user could change the database was not looked at, because "
            "accept_writing_role is set.",
        )
    else:
        yield well("rights", "The user can only read.")
    for notice in state.load.notices:
        yield amiss("decisions", notice)
    yield from _times(state.load.zone, settings)
    yield from looked_at(database, state, datetime.now(UTC).replace(tzinfo=None))
    yield from slow_queries(database, state)


def _times(zone: str, settings: Settings) -> Iterator[Finding]:
    if zone == "UTC" and not settings.zone:
        yield note(
            "zone",
            "Days are counted in UTC: name your own zone in the setting zone, such as "
            "Europe/London, if it is another.",
        )
    else:
        yield well("zone", f"Days are counted in {zone}.")
