"""Say where the header of a file most likely stands, and what it lacks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from dashboard.errors import AskError, ImportFileError
from dashboard.sources.columns import Column
from dashboard.sources.reading.headers import hits, normal, places_of
from dashboard.sources.reading.rows import counted

NAMED = 10  # headers that a sentence names


@dataclass(frozen=True)
class Candidate:
    """The headers of so many rows from a line of the file, or row of the sheet, on."""

    line: int
    height: int
    headers: list[str]


def check_first(
    file: str,
    candidates: Sequence[Candidate],
    first: Candidate,
    columns: Sequence[Column],
) -> None:
    """AskError where others than the first rows have the headers of all columns.

    A header of one row is likelier than one of two, which the rows above it may make.
    """
    if hits(first.headers, columns) == len(columns):
        return
    whole = (c for c in candidates if hits(c.headers, columns) == len(columns))
    found = min(whole, key=lambda c: (c.height != first.height, c.line), default=None)
    if not found:
        return
    keys = [] if found.line == first.line else [f"header_row = {found.line}"]
    if found.height != first.height:
        keys.append(f"header_rows = {found.height}")
    raise AskError(
        f"{file}: the header with the columns of the mapping starts in line "
        f"{found.line} and has {counted(found.height, 'row', 'rows')}: declare "
        f"{' and '.join(keys)} in [file] of the mapping."
    )


def refuse(
    file: str,
    candidates: Sequence[Candidate],
    used: Candidate,
    columns: Sequence[Column],
) -> None:
    """ImportFileError, of the likeliest header, unless `used` has all columns."""
    if hits(used.headers, columns) == len(columns):
        return
    best = max([used, *candidates], key=lambda c: hits(c.headers, columns))
    if hits(best.headers, columns):
        raise ImportFileError(_lacking(file, best, used, columns))
    likely = max([used, *candidates], key=_words)
    raise ImportFileError(
        f"{file} has no header with a column of the mapping; line {likely.line}, which "
        f"looks most like one, reads {_listed(likely.headers)}: add the header, or "
        "correct the mapping."
    )


def _words(candidate: Candidate) -> int:
    """How many cells look like headers: filled, and no numbers or dates."""
    return sum(bool(h) and not re.search(r"\d", h) for h in candidate.headers)


def _lacking(
    file: str, best: Candidate, used: Candidate, columns: Sequence[Column]
) -> str:
    """What the best header lacks, each with what is spelt most like it."""
    lacking = [c for c in columns if not places_of(best.headers, c)]
    taken = {place for c in columns for place in places_of(best.headers, c)}
    free = [h for at, h in enumerate(best.headers) if h and at not in taken]
    missing = ", ".join(_with_nearest(column.header, free) for column in lacking)
    others = f"; it has also {_listed(free)}" if free else ""
    row = (
        ""
        if best.line == used.line
        else f"declare header_row = {best.line} in [file], "
    )
    return (
        f"{file}: line {best.line} has {len(columns) - len(lacking)} of the "
        f"{len(columns)} headers of the mapping; missing: {missing}{others}: {row}"
        f"{'and ' if row else ''}correct the file, or [columns] of the mapping."
    )


def _with_nearest(header: str, free: Sequence[str]) -> str:
    spelt = {normal(other): other for other in free}
    nearest = get_close_matches(normal(header), spelt, 1)
    return f"{header} (perhaps {spelt[nearest[0]]})" if nearest else header


def _listed(headers: Sequence[str]) -> str:
    named = list(filter(None, headers))
    return ", ".join(named[:NAMED]) + " and others" * (len(named) > NAMED)
