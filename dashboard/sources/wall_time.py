"""From wall time to UTC, for times that come without an offset.

The inverse of `local_time` in dialects.py, and like it a `case` over the changes of the
zone's clock. A wall time that a change leaves out or repeats has no one instant: null.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from dashboard.sql.zones import transitions

Piece = tuple[datetime, int | None]


def pieces(zone: str) -> list[Piece]:
    """(Wall time, minutes ahead of UTC from then on) of a zone, in order of time.

    None stands for the minutes where wall times are left out or occur twice.
    """
    changes = transitions(zone)
    found: list[Piece] = [(datetime.min, changes[0][1])]
    for (_, before), (instant, after) in pairwise(changes):
        found.append((instant + timedelta(minutes=min(before, after)), None))
        found.append((instant + timedelta(minutes=max(before, after)), after))
    return found


def utc(zone: str, name: str = "t") -> str:
    """SQL for the UTC instant of wall time `name` in the zone."""
    minutes = [(at, "null" if m is None else str(m)) for at, m in pieces(zone)]
    return f"({name} - to_minutes({_branch(minutes, name)}))"


def is_left_out(zone: str, name: str = "t") -> str:
    """SQL that says whether a clock change in the zone leaves the wall time out."""
    gaps = [(datetime.min, "false")]
    for (_, before), (instant, after) in pairwise(transitions(zone)):
        if after > before:
            gaps.append((instant + timedelta(minutes=before), "true"))
            gaps.append((instant + timedelta(minutes=after), "false"))
    return _branch(gaps, name)


def _branch(of: list[tuple[datetime, str]], name: str) -> str:
    """A balanced tree of comparisons that ends in the SQL of one piece."""
    if len(of) == 1:
        return of[0][1]
    middle = len(of) // 2
    early, late = _branch(of[:middle], name), _branch(of[middle:], name)
    start = of[middle][0].isoformat(sep=" ")
    return f"case when {name} < timestamp '{start}' then {early} else {late} end"
