"""Which rows of a file are rows of the table: find its header, list all else.

Title lines, blank lines, repeated headers, totals and footers are no rows. Each is
listed in a note; totals are handed on, to be compared with what they add up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from dashboard.errors import ImportFileError
from dashboard.sources.columns import Column
from dashboard.sources.file_form import PLAIN, FileForm
from dashboard.sources.reading import header_advice, headers
from dashboard.sources.reading.csv_file import CsvFile
from dashboard.sources.reading.header_advice import Candidate
from dashboard.sources.reading.listing import (
    notes_of_columns,
    notes_of_hidden_columns,
    notes_of_lines,
)
from dashboard.sources.reading.mended import is_mended
from dashboard.sources.reading.rows import Note, Row, counted
from dashboard.sources.reading.stars import fits
from dashboard.sources.reading.workbook import OneSheet
from dashboard.sources.typing.totals import CASES


class Table:
    """The rows of a file or a sheet under its header, and what else stood there."""

    def __init__(
        self, file: CsvFile | OneSheet, form: FileForm, columns: Sequence[Column]
    ):
        self.file = file
        self._listed: Counter[str] = Counter()
        self._last_is_used = False
        rows = file.rows()
        start = list(islice(rows, headers.looked_at(form.header_row)))
        # A mended workbook too has its header in the first row, and no totals.
        self._form = PLAIN if start and is_mended(start[0].cells) else form
        used = self._find_header(start, columns)
        self._rows = chain(start[used:], rows)
        self.places = {
            column.name: headers.place(file.name, self.header, column)
            for column in columns
        }
        self._unread = [
            place for place in range(self.width) if place not in self.places.values()
        ]

    @property
    def name(self) -> str:
        """The name of the file, and of the sheet where several are read."""
        return self.file.name

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.header)

    def rows(self) -> Iterator[Row]:
        """The rows of the table in order, totals among them."""
        # A last column without header and content is an empty one: no cell is lost.
        watches_last = not self.header[-1]
        labels = bool(self._form.totals or self._form.subtotals or self._form.footers)
        for row in self._rows:
            if not row.fault:
                if case := self._no_row(row, labels):
                    self._listed[case] += 1
                    continue
                row = self._fitted(self._part(row) if labels else row)
                if row.part != "row":
                    self._listed[CASES[row.part]] += 1
                if watches_last and row.cells and row.cells[-1]:
                    self._last_is_used = True
            yield row

    def notes(self) -> list[Note]:
        """What was met in it, once its rows are read."""
        return [
            *self.file.met,
            *notes_of_lines(self.name, self._listed),
            *notes_of_hidden_columns(
                self.name, self.header, self._unread, self.file.hidden_columns
            ),
            *notes_of_columns(
                self.name, self.header, self._unread, not self._last_is_used
            ),
        ]

    def _find_header(self, start: list[Row], columns: Sequence[Column]) -> int:
        """Set the header, and say how many of the first rows it takes."""
        full = [i for i, row in enumerate(start) if any(row.cells) or row.fault]
        if not full:
            raise ImportFileError(f"{self.name} is empty: choose another file.")
        height = self._form.header_rows or 1
        place = self._place(start, full, height, columns)
        used = self._candidate(start, full, full.index(place), height)
        others = [
            self._candidate(start, full, at, rows)
            for rows in (height, *({1, 2} - {height}))
            for at in range(len(full))
        ]
        if not self._form.header_row:
            header_advice.check_first(self.name, others, used, columns)
        taken = [i for i in full if i >= place][:height]
        for row in (start[i] for i in taken):
            self._check_header(row)
        alike = [other for other in others if other.height == height]
        header_advice.refuse(self.name, alike, used, columns)
        self._set_header([start[i] for i in taken])
        self._listed["title_rows"] += len([i for i in full if i < place])
        return taken[-1] + 1

    def _place(
        self, start: list[Row], full: list[int], height: int, columns: Sequence[Column]
    ) -> int:
        """Where the header should start: as declared, or in the first row.

        On each of several sheets it is the first that has all columns, if any has.
        """
        if self.file.is_one_of_several:
            for at, place in enumerate(full):
                found = self._candidate(start, full, at, height)
                if headers.hits(found.headers, columns) == len(columns):
                    return place
        return self._declared_place(start) if self._form.header_row else full[0]

    def _declared_place(self, start: list[Row]) -> int:
        for place, row in enumerate(start):
            if row.line == self._form.header_row and (any(row.cells) or row.fault):
                return place
        raise ImportFileError(
            f"{self.name}: header_row is {self._form.header_row} in the mapping, and "
            "no row of the file starts there; correct it."
        )

    def _candidate(
        self, start: list[Row], full: list[int], at: int, rows: int
    ) -> Candidate:
        taken = [start[i] for i in full[at : at + rows]]
        return Candidate(taken[0].line, rows, _header_of(taken))

    def _check_header(self, row: Row) -> None:
        if row.fault:
            raise ImportFileError(
                f"{self.name}, line {row.line}: the header {row.fault}; save the "
                "file as CSV, or name its encoding in the mapping."
            )

    def _set_header(self, rows: list[Row]) -> None:
        self.header = _header_of(rows)
        self._header_cells = [row.cells for row in rows]

    def _no_row(self, row: Row, labels: bool) -> str | None:
        """The case of a row that is none of the table, or None."""
        cells = row.cells
        if (not any(cells) or not row.text.strip()) and not any(row.kinds or ()):
            return "blank_lines"
        if cells in self._header_cells:
            return "repeated_header"
        if (
            labels
            and self._form.footers
            and _first(cells).startswith(self._form.footers)
        ):
            return "footer_note"
        return None

    def _part(self, row: Row) -> Row:
        """The row, marked where its first cell says that it adds up others."""
        first = _first(row.cells).rstrip(" :")
        for part in ("totals", "subtotals"):
            if any(fits(first, label) for label in getattr(self._form, part)):
                return replace(row, part=part)
        return row

    def _fitted(self, row: Row) -> Row:
        """The row, refused where it is wider or narrower than the header."""
        found = len(row.cells)
        if found == self.width:
            return row
        if found < self.width and (row.kinds or row.part != "row"):
            return _widened(row, self.width - found)
        case = "short_row" if found < self.width else "long_row"
        if sum(map(bool, row.cells)) == 1:
            case = "footer_note"
        fault = (
            f"has {counted(found, 'cell', 'cells')} where the header has {self.width}"
        )
        return Row(row.line, row.text, [], None, case, fault)


def _header_of(rows: list[Row]) -> list[str]:
    """The headers that one row gives, or two together."""
    cells = [[cell.strip() for cell in row.cells] for row in rows]
    if len(cells) == 2:
        return headers.joined(cells[0], cells[1], rows[0].kinds)
    return cells[0] if cells else []


def _widened(row: Row, by: int) -> Row:
    """The row with empty cells at its end, which a workbook does not keep."""
    kinds = row.kinds and row.kinds + [None] * by
    return replace(row, cells=row.cells + [""] * by, kinds=kinds)


def _first(cells: list[str]) -> str:
    """The first cell that says something, as labels are compared."""
    return next((c.strip().casefold() for c in cells if c.strip()), "")
