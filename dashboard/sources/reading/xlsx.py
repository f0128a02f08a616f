"""The rows of a sheet of .xlsx or .xlsm by openpyxl, with what openpyxl leaves out.

Its parser is extended by one look at each cell: whether it is a formula, and whether
its value was kept. openpyxl is pinned, and tests of each case hold this together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from dashboard.sources.reading.cell_texts import Cell, cell_text
from dashboard.sources.reading.sheets import Sheet

YES = ("1", "true")


@dataclass
class Found:
    """What was met in a sheet beside its values."""

    hidden_rows: int = 0
    hidden_columns: tuple[int, ...] = ()  # their numbers, from 1
    formulas: int = 0
    is_filtered: bool = False


class Xlsx:
    """A workbook opened by openpyxl, whose values are those that Excel kept."""

    def __init__(self, path: Path):
        self._file = path.open("rb")  # by a path, openpyxl would look at its ending
        self._book = load_workbook(
            self._file, read_only=True, data_only=True, keep_links=False
        )
        self.sheets = [
            Sheet(sheet.title, sheet.sheet_state == "visible")
            for sheet in self._book.worksheets
        ]
        self.found = Found()

    def rows(self, name: str) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Row number, and its cells by the number of their column, from 1."""
        book: Any = self._book
        sheet = book[name]
        percents = self._percent_styles()
        number = "number_1904" if book.epoch == MAC_EPOCH else "number"
        with sheet._get_source() as source:
            parser = _Parser(
                source,
                sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for row, cells in parser.parse():
                parser.row_dimensions.clear()
                yield row, {c["column"]: _cell(c, percents, number) for c in cells}
        self._look_back(parser)

    def _percent_styles(self) -> set[int]:
        """The styles that show a number as hundredths."""
        book: Any = self._book
        formats = dict(BUILTIN_FORMATS) | {
            164 + place: code for place, code in enumerate(book._number_formats)
        }
        return {
            place
            for place, style in enumerate(book._cell_styles)
            if "%" in formats.get(style.numFmtId, "")
        }

    def _look_back(self, parser: _Parser) -> None:
        columns = parser.column_dimensions.values()
        self.found = Found(
            hidden_rows=parser.hidden_rows,
            hidden_columns=tuple(
                number
                for c in columns
                if c.get("hidden") in YES
                for number in range(int(c["min"]), int(c.get("max", c["min"])) + 1)
            ),
            formulas=parser.formulas,
            is_filtered=getattr(parser, "auto_filter", None) is not None,
        )


class _Parser(WorkSheetParser):
    """The parser of openpyxl; counts formulas and hidden rows."""

    hidden_rows = 0
    formulas = 0

    def parse_row(self, row: Any) -> tuple[int, list[dict[str, Any]]]:
        number, cells = super().parse_row(row)
        if row.get("hidden") in YES and any(c["value"] is not None for c in cells):
            self.hidden_rows += 1
        return number, cells

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if element.find(FORMULA_TAG) is not None:
            self.formulas += 1
            kept = element.findtext(VALUE_TAG)
            # A formula that gives an empty text has the type str and an empty value.
            if kept is None or (kept == "" and element.get("t") != "str"):
                cell["data_type"] = "no_cache"
        return cell


def _cell(cell: dict[str, Any], percents: set[int], number: str) -> Cell:
    if cell["data_type"] == "no_cache":
        return "", "no_cache"
    if cell["data_type"] == "e":
        return str(cell["value"]), "error"
    text, kind = cell_text(cell["value"])
    if kind == "number":
        kind = "percent" if cell["style_id"] in percents else number
    return text, kind
