"""Bring the rows of several sheets under one header, by the names of their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from dashboard.sources.columns import Column
from dashboard.sources.reading.frame import Table
from dashboard.sources.reading.headers import usual
from dashboard.sources.reading.rows import Row
from dashboard.sources.reading.workbook import cells_of, text_of


class Alignment:
    """The header of all sheets so far, and where its columns stand on the last one.

    `places` says where the columns of the mapping stand in it.
    """

    def __init__(self, columns: Sequence[Column]):
        self.header: list[str] = []
        self.places: dict[str, int] = {}
        self._columns = columns
        self._order: list[int | None] = []

    def add(self, table: Table) -> None:
        """Take the header of the next sheet; a column that is new stands at the end."""
        self.places = self.places or table.places
        header = table.header
        there = self._named(self.header)
        places = {name: place for place, name in enumerate(self._named(header))}
        self.header += [header[place] for n, place in places.items() if n not in there]
        self._order = [places.get(name) for name in self._named(self.header)]

    def aligned(self, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows of the last sheet, with their cells under the one header."""
        if self._order == list(range(len(self._order))):
            return rows
        return map(self._aligned, rows)

    def _named(self, header: Sequence[str]) -> list[tuple[str, int]]:
        """The columns by name, and which one of that name each is."""
        names = [usual(name, self._columns) for name in header]
        return [(name, names[:place].count(name)) for place, name in enumerate(names)]

    def _aligned(self, row: Row) -> Row:
        if row.fault:  # its cells are known by its text alone
            cells = cells_of(row.text)
            beyond = cells[sum(place is not None for place in self._order) :]
            return replace(row, text=text_of(self._moved(cells, "") + beyond))
        cells = self._moved(row.cells, "")
        kinds = self._moved(row.kinds or [], None)
        return replace(row, text=text_of(cells), cells=cells, kinds=kinds)

    def _moved(self, cells: Sequence[Any], empty: Any) -> list[Any]:
        return [
            empty if place is None or place >= len(cells) else cells[place]
            for place in self._order
        ]
