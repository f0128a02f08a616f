"""The rows of a sheet of any workbook by calamine, and its merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from dashboard.errors import ImportFileError
from dashboard.sources.reading.cell_texts import Cell, cell_text
from dashboard.sources.reading.sheets import Sheet

MOST_MERGED_ROWS = 2_000_000


class Calamine:
    """A workbook opened by calamine, by its content."""

    def __init__(self, path: Path):
        self._path = path
        self._file = path.open("rb")
        self._book = CalamineWorkbook.from_filelike(self._file)
        self.sheets = [
            Sheet(sheet.name, sheet.visible == SheetVisibleEnum.Visible)
            for sheet in self._book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]

    @lru_cache(maxsize=1)  # noqa: B019 - a sheet is read anew by each look at it
    def _sheet(self, name: str) -> CalamineSheet:
        return self._book.get_sheet_by_name(name)

    def rows(self, name: str) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Row number, and its filled cells by the number of their column, from 1."""
        sheet = self._sheet(name)
        first = sheet.start[1] + 1 if sheet.start else 1
        for number, values in enumerate(sheet.iter_rows(), 1):
            yield (
                number,
                {
                    column: cell_text(value)
                    for column, value in enumerate(values, first)
                    if value != ""
                },
            )

    def covered(self, name: str) -> dict[int, list[tuple[int, int, bool]]]:
        """Of each row the columns, from and to, that a merged cell covers.

        The last says whether it reaches down from above, in its first column.
        """
        rows: dict[int, list[tuple[int, int, bool]]] = {}
        ranges = self._sheet(name).merged_cell_ranges or []
        if sum(end[0] - start[0] + 1 for start, end in ranges) > MOST_MERGED_ROWS:
            raise ImportFileError(
                f"{self._path.name} has more merged cells than are read: unmerge them."
            )
        for (top, left), (bottom, right) in ranges:
            for row in range(top + 1, bottom + 2):
                rows.setdefault(row, []).append((left + 1, right + 1, row > top + 1))
        return rows
