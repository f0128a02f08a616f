"""Which character parts the cells of a CSV file: the one that gives its header."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from dashboard.errors import AskError
from dashboard.sources.columns import Column
from dashboard.sources.reading.headers import found_in

USUAL = (",", ";", "\t", "|")


def stated(lines: Sequence[str]) -> str | None:
    """The delimiter of a first line such as `sep=;`, which Excel writes and reads."""
    first = lines[0].rstrip("\r\n") if lines else ""
    if len(first) == 5 and first.lower().startswith("sep="):
        return first[4]
    return None


def delimiter_of(
    name: str, lines: Sequence[str], columns: Sequence[Column], header_row: int | None
) -> str:
    """The usual delimiter by which the first lines show the headers of the mapping.

    Raises AskError where two do, and give different rows.
    """
    readings = {mark: _read(lines, mark) for mark in USUAL}
    found = {
        mark: found_in(rows, columns, header_row) for mark, rows in readings.items()
    }
    fitting = [mark for mark in USUAL if found[mark] == len(columns)]
    if len({str(readings[mark]) for mark in fitting}) > 1:
        raise AskError(
            f"{name} can be read with {' or '.join(map(repr, fitting))} between its "
            "cells: declare delimiter in [file] of the mapping.",
            "delimiter",
            fitting,
        )
    if fitting:
        return fitting[0]
    return max(USUAL, key=lambda mark: (found[mark], _width(readings[mark])))


def _read(lines: Sequence[str], delimiter: str) -> list[tuple[int, list[str]]]:
    """The rows with their lines, as far as they can be read."""
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        pass  # the sample ends within a row, or a row is wrong: told when it is read
    return rows


def _width(rows: list[tuple[int, list[str]]]) -> int:
    return max((len(cells) for _, cells in rows), default=0)
