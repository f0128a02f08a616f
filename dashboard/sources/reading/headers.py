"""Find the columns of a mapping among the headers of a file."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from dashboard.errors import ImportFileError
from dashboard.sources.columns import Column
from dashboard.sources.reading.rows import LOOKED_AT


def normal(header: str) -> str:
    """A header as it is compared: whatever its case, spaces and line breaks."""
    return " ".join(unicodedata.normalize("NFC", header).casefold().split())


def joined(
    upper: Sequence[str],
    lower: Sequence[str],
    kinds: Sequence[str | None] | None = None,
) -> list[str]:
    """The headers of two rows; one of the upper row lasts until the next one.

    In a workbook, whose `kinds` are given, it lasts as far as its merged cell.
    """
    headers, last = [], ""
    for place in range(max(len(upper), len(lower))):
        above = upper[place].strip() if place < len(upper) else ""
        below = lower[place].strip() if place < len(lower) else ""
        is_merged = kinds is None or kinds[place : place + 1] == ["merged_across"]
        last = above or (last if is_merged else "")
        headers.append(f"{last} {below}".strip() if below else above)
    return headers


def hits(headers: Sequence[str], columns: Sequence[Column]) -> int:
    """How many columns have a header among these."""
    there = {normal(header) for header in headers}
    return sum(any(normal(name) in there for name in c.headers) for c in columns)


def looked_at(header_row: int | None) -> int:
    """How many rows are looked through for a header, wherever it is declared."""
    return max(LOOKED_AT, (header_row or 0) + 2)


def found_in(
    rows: Sequence[tuple[int, list[str]]],
    columns: Sequence[Column],
    header_row: int | None,
) -> int:
    """The most columns that one of the first rows, or two together, have headers of.

    Where the line of the header is declared, only what starts there counts.
    """
    rows = [row for row in rows if any(row[1])]
    if header_row is None:
        return _most(rows[:LOOKED_AT], columns)
    at = next((n for n, (line, _) in enumerate(rows) if line == header_row), len(rows))
    starts = _headers(rows[at : at + 2])[:2]
    return max((hits(cells, columns) for cells in starts), default=0)


def found_among(
    rows: Sequence[tuple[int, list[str]]],
    columns: Sequence[Column],
    header_row: int | None,
) -> int:
    """As `found_in`, of a sheet whose header may stand in another line."""
    return _most([row for row in rows[: looked_at(header_row)] if any(row[1])], columns)


def _most(rows: Sequence[tuple[int, list[str]]], columns: Sequence[Column]) -> int:
    return max((hits(cells, columns) for cells in _headers(rows)), default=0)


def _headers(rows: Sequence[tuple[int, list[str]]]) -> list[list[str]]:
    """Each row as a header, and each with the next."""
    found: list[list[str]] = []
    for place, (_, cells) in enumerate(rows):
        found.append(cells)
        if place + 1 < len(rows):
            found.append(joined(cells, rows[place + 1][1]))
    return found


def places_of(headers: Sequence[str], column: Column) -> list[int]:
    """Where headers of the column stand."""
    wanted = {normal(name) for name in column.headers}
    return [i for i, header in enumerate(headers) if normal(header) in wanted]


def usual(header: str, columns: Sequence[Column]) -> str:
    """A header as it is compared, whichever of the headers of its column it is."""
    own = (c.header for c in columns if places_of([header], c))
    return normal(next(own, header))


def place(file: str, headers: Sequence[str], column: Column) -> int:
    """Where a column that is there stands; ImportFileError where that is twice."""
    places = places_of(headers, column)
    if len(places) > 1:
        raise ImportFileError(
            f"{file} has the column {headers[places[0]]} more than once: rename all "
            "but one."
        )
    return places[0]
