"""How wide the columns of a table are, so that its last one is in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ROOM = 784  # pixels of a table on a screen of 1,280
LETTER, EDGES = 7.7, 18  # pixels of a character, and at both sides of a cell
HEADING = 76  # pixels that leave enough of a heading to know it
NARROW = 108  # pixels of a text that is cut
LINE = 64  # pixels of a mini-line


def widths(
    headings: Mapping[str, str],
    longest: Mapping[str, int],
    texts: Sequence[str],
    lines: Sequence[str],
) -> dict[str, int]:
    """Pixels of each column where all would be too wide together; else none.

    `longest` has the characters of the longest cell of all but `lines`. Texts give way
    first, then headings that are longer than their figures; figures never. None where
    even that does not help.
    """
    wide, least = {}, {}
    for name, heading in headings.items():
        cell = LINE if name in lines else _pixels(longest[name])
        wide[name] = cell if name in lines else max(cell, _pixels(len(heading)))
        least[name] = max(cell, min(wide[name], HEADING))
    if sum(wide.values()) <= ROOM:
        return {}
    narrow = {n: min(w, NARROW) if n in texts else w for n, w in wide.items()}
    if sum(narrow.values()) > ROOM:
        wide, narrow = (
            narrow,
            {n: least[n] if n not in texts else narrow[n] for n in narrow},
        )
    return _between(wide, narrow)


def _pixels(characters: int) -> int:
    return round(LETTER * characters) + EDGES


def _between(wide: Mapping[str, int], narrow: Mapping[str, int]) -> dict[str, int]:
    """Widths that fill the room, each the same part of its way from wide to narrow."""
    most, fewest = sum(wide.values()), sum(narrow.values())
    if fewest > ROOM:
        return {}
    part = (most - ROOM) / (most - fewest) if most > fewest else 0
    return {name: int(w - part * (w - narrow[name])) for name, w in wide.items()}
