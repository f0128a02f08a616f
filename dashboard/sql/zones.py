"""Offsets of time zones, taken from zoneinfo, so that no database needs zone tables.

Instants are UTC without zone. The reporting zone enters SQL as a `case` over the zone's
transitions.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

# Offsets are exact between these instants and constant beyond them.
FIRST_YEAR, LAST_YEAR = 1970, 2070


@lru_cache(maxsize=16)
def transitions(zone: str) -> tuple[tuple[datetime, int], ...]:
    """(UTC instant, minutes ahead of UTC from then on) of a zone, in order of time.

    The first entry holds from the beginning of time.
    """
    tz = ZoneInfo(zone)

    def offset(instant: datetime) -> timedelta:
        return instant.replace(tzinfo=UTC).astimezone(tz).utcoffset() or timedelta()

    at = datetime(FIRST_YEAR, 1, 1)
    found = [(at, int(offset(at).total_seconds() // 60))]
    while at.year < LAST_YEAR:
        after = at + timedelta(days=7)
        if offset(after) != offset(at):
            low, high = at, after
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) // 2
                if offset(middle) == offset(low):
                    low = middle
                else:
                    high = middle
            change = (high + timedelta(seconds=30)).replace(second=0, microsecond=0)
            found.append((change, int(offset(after).total_seconds() // 60)))
        at = after
    return tuple(found)


Span = tuple[datetime, datetime]
"""First and last instant (UTC) between which offsets have to be exact."""
ALWAYS: Span = (datetime(FIRST_YEAR, 1, 1), datetime(LAST_YEAR, 1, 1))
# Dates beyond are mistakes, or stand for none.
EARLIEST, LATEST = datetime(FIRST_YEAR, 1, 1), datetime(LAST_YEAR - 3, 1, 1)


def span_of(first: datetime | None, last: datetime | None) -> Span:
    """A year before the first to two years after the last of the data, or of now.

    Narrower is quicker to plan.
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    start = min(max(first or now, EARLIEST), LATEST) - timedelta(days=366)
    return start, max(now, min(last or now, LATEST)) + timedelta(days=731)


def minutes_ahead(zone: str, span: Span, instant: str, literal: str) -> str:
    """SQL for the minutes that the zone is ahead of UTC at an instant.

    `instant` is its SQL, `literal` how a database writes one, such as timestamp '{}'. A
    balanced tree of comparisons, over the clock changes of the span only: planning a
    query takes longer than running it where the tree holds a century of them.
    """
    first, last = span
    every = transitions(zone)
    before = [change for change in every if change[0] <= first]
    changes = before[-1:] or list(every[:1])
    changes += [change for change in every if first < change[0] <= last]

    def branch(low: int, high: int) -> str:
        if low == high:
            return str(changes[low][1])
        middle = (low + high + 1) // 2
        return (
            f"case when {instant} < {literal.format(changes[middle][0])}"
            f" then {branch(low, middle - 1)} else {branch(middle, high)} end"
        )

    return branch(0, len(changes) - 1)
