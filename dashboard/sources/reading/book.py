"""A workbook that is opened to be read, and which of its sheets are."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from pathlib import Path

from dashboard.sources.reading.calamine import Calamine
from dashboard.sources.reading.cell_texts import EMPTY
from dashboard.sources.reading.errors_unseen import check_unlocked
from dashboard.sources.reading.mended import is_mended
from dashboard.sources.reading.rows import LOOKED_AT, MOST_COLUMNS
from dashboard.sources.reading.sheets import (
    Declared,
    choose,
    may_be_several,
    notes_of_sheets,
)
from dashboard.sources.reading.xlsx import Xlsx

MOST_OTHERS = 20  # sheets that are not read, and are looked at for the same header
SHOWN = 1_000  # characters of a cell, of which headers have fewer


class Book:
    """An open workbook, and which of its sheets are read.

    `is_named` says whether a place in it is told with the sheet.
    """

    def __init__(self, path: Path, kind: str, declared: Declared):
        if kind == "xls":
            check_unlocked(path)
        self.path = path
        self.kind = kind
        self.calamine = Calamine(path)
        self.xlsx = Xlsx(path) if kind == "xlsx" else None
        self.sheets = self.xlsx.sheets if self.xlsx else self.calamine.sheets
        if self._is_mended():
            declared = None  # of a mended file it is not said how the sheet is called
        self.is_named = may_be_several(declared)
        self.chosen = choose(path.name, self.sheets, declared)

    def notes(self) -> list[tuple[str, int, str]]:
        """Case, count and words on the sheets that are not read, or are hidden."""
        return notes_of_sheets(self.sheets, self.chosen)

    def starts(self) -> dict[str, list[tuple[int, list[str]]]]:
        """Number and texts of the first rows of other visible sheets.

        Nothing of one that cannot be read: it is not to be.
        """
        others = [s.name for s in self.sheets if s.is_visible]
        others = [name for name in others if name not in self.chosen]
        return {name: self._start(name) for name in others[:MOST_OTHERS]}

    def _start(self, name: str) -> list[tuple[int, list[str]]]:
        rows = (self.xlsx or self.calamine).rows(name)
        start = []
        with suppress(Exception):
            for number, cells in islice(rows, LOOKED_AT):
                width = min(max(cells, default=0), MOST_COLUMNS)
                texts = [cells.get(at, EMPTY)[0][:SHOWN] for at in range(1, width + 1)]
                start.append((number, texts))
        return start

    def _is_mended(self) -> bool:
        """Whether the only sheet has the header of mended rows."""
        if len(self.sheets) != 1:
            return False
        rows = self.calamine.rows(self.sheets[0].name)
        _, first = next(rows, (0, {}))
        return is_mended([text for _, (text, _) in sorted(first.items())])
