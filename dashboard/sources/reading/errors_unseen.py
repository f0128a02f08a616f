"""Errors such as #REF! in the workbooks that calamine alone reads, as empty cells.

In .xls they are found by xlrd, cell by cell. In .xlsb and .ods it is only known that
there are some: such a file is refused, for an error must not pass for nothing.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from dashboard.errors import ImportFileError

ODS_ERROR = b'calcext:value-type="error"'
XLSB_ERRORS = (3, 11)  # records of an error that is typed, and of one that is computed
CHUNK = 1_000_000


def error_cells(path: Path, kind: str, sheet: str) -> set[tuple[int, int]]:
    """Row and column, from 1, of each error; ImportFileError where not known."""
    if kind == "xls":
        return _in_xls(path, sheet)
    if (kind == "ods" and _is_in_ods(path)) or (kind == "xlsb" and _is_in_xlsb(path)):
        raise ImportFileError(
            f"{path.name} has cells with errors such as #REF!, which cannot be told "
            f"from empty ones in .{kind}: correct them, or save it as .xlsx."
        )
    return set()


def check_unlocked(path: Path) -> None:
    """An error of xlrd for an .xls that is encrypted; calamine would not say why."""
    import xlrd

    with xlrd.open_workbook(file_contents=path.read_bytes(), on_demand=True):
        pass


def _in_xls(path: Path, name: str) -> set[tuple[int, int]]:
    import xlrd

    with xlrd.open_workbook(file_contents=path.read_bytes()) as book:
        sheet = book.sheet_by_name(name)
        return {
            (row + 1, column + 1)
            for row in range(sheet.nrows)
            for column, kind in enumerate(sheet.row_types(row))
            if kind == xlrd.XL_CELL_ERROR
        }


def _is_in_ods(path: Path) -> bool:
    before = b""
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as file:
        while chunk := file.read(CHUNK):
            if ODS_ERROR in before + chunk:
                return True
            before = chunk[-len(ODS_ERROR) :]
    return False


def _is_in_xlsb(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]
        return any(
            _has_error(archive.read(name)) for name in sheets if name.endswith(".bin")
        )


def _has_error(sheet: bytes) -> bool:
    """Walk the records: each a number and a length, in groups of seven bits."""
    place = 0
    while place < len(sheet):
        kind, place = _varied(sheet, place, 2)
        size, place = _varied(sheet, place, 4)
        if kind in XLSB_ERRORS:
            return True
        place += size
    return False


def _varied(data: bytes, place: int, most: int) -> tuple[int, int]:
    """A number whose bytes go on while their highest bit is set, and where it ends."""
    number = 0
    for group in range(most):
        byte = data[place] if place < len(data) else 0
        number |= (byte & 0x7F) << (7 * group)
        place += 1
        if not byte & 0x80:
            break
    return number, place
