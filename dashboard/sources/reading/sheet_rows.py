"""The rows of a sheet as texts and kinds: of .xlsx read twice, and compared."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.sources.reading.book import Book
from dashboard.sources.reading.cell_texts import EMPTY, Cell
from dashboard.sources.reading.errors_unseen import error_cells
from dashboard.sources.reading.rows import counted

NUMBERS = ("number", "number_1904", "percent")
FIRST_SURE_DAY = "1900-03-01"  # before it the readers count days differently


class SheetRows:
    """A sheet of a workbook, and what was met in it."""

    def __init__(self, book: Book, name: str):
        self.name = name
        self._calamine = book.calamine
        self._xlsx = book.xlsx
        self._errors = error_cells(book.path, book.kind, name)

    def rows(self) -> Iterator[tuple[int, list[str], list[str | None]]]:
        """Number, texts and kinds of each row that is not blank."""
        covered = self._calamine.covered(self.name)
        for number, cells in self._cells():
            filled = [column for column, (text, kind) in cells.items() if text or kind]
            if not filled:
                continue
            for left, right, is_below in covered.get(number, ()):
                _mark(cells, left, right, is_below, max(filled))
            row = [cells.get(column, EMPTY) for column in range(1, max(filled) + 1)]
            yield number, [text for text, _ in row], [kind for _, kind in row]

    def notes(self) -> list[tuple[str, int, str]]:
        """Case, count and words, once the rows are read."""
        notes: list[tuple[str, int, str]] = []
        if not self._xlsx:
            return notes
        found = self._xlsx.found
        for case, count, words in (
            (
                "filtered_rows" if found.is_filtered else "hidden_rows",
                found.hidden_rows,
                counted(
                    found.hidden_rows,
                    "hidden row is read like the others",
                    "hidden rows are read like the others",
                ),
            ),
            (
                "formula_cells",
                found.formulas,
                counted(found.formulas, "formula is", "formulas are")
                + " read as the value that was last computed",
            ),
        ):
            if count:
                notes.append((case, count, words))
        return notes

    def hidden_columns(self) -> tuple[int, ...]:
        """The numbers of hidden columns, from 1, once the rows are read."""
        return self._xlsx.found.hidden_columns if self._xlsx else ()

    def _cells(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        others = self._calamine.rows(self.name)
        if not self._xlsx:
            yield from self._with_errors(others)
            return
        other_number = 0
        other: dict[int, Cell] = {}
        for number, cells in self._xlsx.rows(self.name):
            while other_number < number:
                other_number, other = next(others, (number, {}))
            yield number, _compared(cells, other)

    def _with_errors(
        self, rows: Iterator[tuple[int, dict[int, Cell]]]
    ) -> Iterator[tuple[int, dict[int, Cell]]]:
        """The rows of calamine, to which an error is an empty cell.

        From when it counts days calamine does not tell: its numbers are no dates.
        """
        of_row: dict[int, list[int]] = {}
        for number, column in self._errors:
            of_row.setdefault(number, []).append(column)
        for number, cells in rows:
            for column, (text, kind) in cells.items():
                if kind == "number":
                    cells[column] = text, "number_undated"
            yield number, cells | dict.fromkeys(of_row.get(number, ()), ("", "error"))


def _compared(cells: dict[int, Cell], other: dict[int, Cell]) -> dict[int, Cell]:
    """The cells, those marked that the second reader reads differently."""
    for column, (text, kind) in cells.items():
        if not _agree((text, kind), other.get(column, EMPTY)):
            cells[column] = text, "disagree"
    for column in other.keys() - cells.keys():
        cells[column] = other[column][0], "disagree"
    return cells


def _agree(cell: Cell, other: Cell) -> bool:
    text, kind = cell
    if kind in ("error", "no_cache"):  # which calamine shows as empty
        return other[0] == "" or kind == "no_cache"
    if kind in NUMBERS:
        return other[1] == "number" and _same_number(text, other[0])
    if kind == "date" and text < FIRST_SURE_DAY:
        return other[1] in ("date", "duration", "number")
    return cell == other


def _same_number(text: str, other: str) -> bool:
    return text == other or f"{float(text):.15g}" == f"{float(other):.15g}"


def _mark(
    cells: dict[int, Cell], left: int, right: int, is_below: bool, last: int
) -> None:
    """Mark the empty cells that a merged cell covers, up to the last one in use."""
    for column in range(left, min(right, last) + 1):
        if cells.get(column, EMPTY)[0] == "" and (is_below or column > left):
            below = is_below and column == left
            cells[column] = "", "merged" if below else "merged_across"
