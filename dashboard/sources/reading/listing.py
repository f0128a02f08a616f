"""Notes on lines that are no rows, and on columns that are not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dashboard.sources.reading.headers import normal
from dashboard.sources.reading.rows import Note, counted

LISTED = {  # case -> one, many
    "title_rows": (
        "line above the header is no row",
        "lines above the header are no rows",
    ),
    "blank_lines": ("blank line is no row", "blank lines are no rows"),
    "repeated_header": ("repeated header is no row", "repeated headers are no rows"),
    "totals_row_at_end": ("row of totals is no row", "rows of totals are no rows"),
    "subtotal_rows": ("row of subtotals is no row", "rows of subtotals are no rows"),
    "footer_note": ("footer is no row", "footers are no rows"),
}
SHOWN = 10  # columns that a note names


def notes_of_lines(file: str, listed: Counter[str]) -> list[Note]:
    """A note for each kind of line that is no row."""
    return [
        Note(file, case, listed[case], counted(listed[case], one, many))
        for case, (one, many) in LISTED.items()
        if listed[case]
    ]


def notes_of_columns(
    file: str, header: Sequence[str], unread: Sequence[int], is_last_empty: bool
) -> list[Note]:
    """Notes on the columns that the mapping does not name, by their places."""
    named = [header[place] for place in unread if header[place]]
    blank = [place for place in unread if not header[place]]
    notes = [*_without_header(file, blank, header, is_last_empty)]
    notes += _repeated(file, named)
    if named:
        words = counted(
            len(named),
            "column is not in the mapping and not read",
            "columns are not in the mapping and not read",
        )
        shown = ", ".join(named[:SHOWN])
        others = " and others" if len(named) > SHOWN else ""
        notes.append(
            Note(file, "extra_column", len(named), f"{words}: {shown}{others}")
        )
    return notes


def notes_of_hidden_columns(
    file: str, header: Sequence[str], unread: Sequence[int], hidden: Sequence[int]
) -> list[Note]:
    """Notes on hidden columns, numbered from 1: those read, and those that are not."""
    there = [number - 1 for number in hidden if number <= len(header)]
    notes = []
    for places, one, many in (
        (
            [place for place in there if place not in unread],
            "hidden column is read like the others",
            "hidden columns are read like the others",
        ),
        (
            [place for place in there if place in unread],
            "hidden column is not in the mapping and not read",
            "hidden columns are not in the mapping and not read",
        ),
    ):
        if places:
            named = ", ".join(header[place] or "without a header" for place in places)
            words = f"{counted(len(places), one, many)}: {named}"
            notes.append(Note(file, "hidden_columns", len(places), words))
    return notes


def _without_header(
    file: str, blank: list[int], header: Sequence[str], is_last_empty: bool
) -> list[Note]:
    if blank == [len(header) - 1] and is_last_empty:
        words = "each line ends with a delimiter: the empty column is dropped"
        return [Note(file, "trailing_delimiter", 1, words)]
    if not blank:
        return []
    words = counted(
        len(blank),
        "column without a header is not read",
        "columns without a header are not read",
    )
    return [Note(file, "blank_header", len(blank), words)]


def _repeated(file: str, named: list[str]) -> list[Note]:
    return [
        Note(
            file,
            "duplicate_header",
            count,
            f"{count} columns are called {header}, and none is read",
        )
        for header, count in Counter(map(normal, named)).items()
        if count > 1
    ]
