"""Workbooks made for one test, and their import."""

import io
import zipfile
from decimal import Decimal

import openpyxl
import xlsxwriter

HEADER = ["Case", "Team", "Cost"]
ITEMS = [("1", "A", Decimal("10.5")), ("2", "B", Decimal("20"))]
ROWS = [HEADER, ["1", "A", 10.5], ["2", "B", 20]]


def book(rows=ROWS, change=lambda workbook, sheet: None) -> bytes:
    """A workbook of one sheet, which a test may change by openpyxl."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Cases"
    for row in rows:
        sheet.append(row)
    change(workbook, sheet)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def written(write, **options) -> bytes:
    """A workbook of one sheet with the header, written by XlsxWriter."""
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, options)
    sheet = workbook.add_worksheet("Cases")
    sheet.write_row(0, 0, HEADER)
    write(workbook, sheet)
    workbook.close()
    return file.getvalue()


def patched(content: bytes, part: str, *changes: tuple[bytes, bytes]) -> bytes:
    """The workbook with texts replaced in one of its parts, as no writer does it."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        assert part in old.namelist()
        for name in old.namelist():
            data = old.read(name)
            for before, after in changes if name == part else ():
                assert before in data, data
                data = data.replace(before, after)
            new.writestr(name, data)
    return file.getvalue()


def load(tracker, content: bytes, file: str = "", **more):
    return tracker.load(content, file, **{"name": "cases.xlsx"} | more)
