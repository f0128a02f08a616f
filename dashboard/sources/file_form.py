"""The section [file] of a mapping: how the files of a source are written."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from dashboard.sources.reading.sheets import Declared
from dashboard.sources.sections import Section

KEYS = (
    *("delimiter", "encoding", "sheet", "header_row", "header_rows"),
    *("totals", "subtotals", "footers", "time_zone", "refused_share"),
    *("null", "time_format", "decimal", "pivot", "months"),  # of all columns
)


@dataclass(frozen=True)
class FileForm:
    """What a mapping declares of its files; None is not declared.

    `sheet` is a name, several, or one with stars, which fits several (reading/sheets).
    `header_row` is a line of the file, or a row of the sheet, counted from 1.
    """

    delimiter: str | None
    encoding: str | None
    sheet: Declared
    header_row: int | None
    header_rows: int | None
    totals: tuple[str, ...]
    subtotals: tuple[str, ...]
    footers: tuple[str, ...]


PLAIN = FileForm(None, None, None, None, None, (), (), ())  # nothing is declared


def read_file_form(file: Section) -> FileForm:
    """The form of the files; ImportFileError names the key that is wrong."""
    return FileForm(
        delimiter=_delimiter(file),
        encoding=_encoding(file),
        sheet=_sheet(file),
        header_row=_line(file, "header_row", 100),
        header_rows=_line(file, "header_rows", 2),
        totals=_labels(file, "totals"),
        subtotals=_labels(file, "subtotals"),
        footers=_labels(file, "footers"),
    )


def _delimiter(file: Section) -> str | None:
    delimiter: str | None = file.get("delimiter", str)
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        file.fail('delimiter must be one character, such as ";" or "\\t"')
    return delimiter


def _encoding(file: Section) -> str | None:
    name: str | None = file.get("encoding", str)
    try:
        return codecs.lookup(name).name if name is not None else None
    except LookupError:
        file.fail(f"there is no encoding {name!r}; write one such as utf-8 or cp1252")


def _sheet(file: Section) -> Declared:
    """A name, or a list of names."""
    if not isinstance(file.values.get("sheet"), list):
        sheet: str | None = file.get("sheet", str)
        return sheet
    sheets = file.texts("sheet", [])
    if not sheets:
        file.fail('sheet names none; write one such as "May", or take the line out')
    return sheets


def _line(file: Section, key: str, most: int) -> int | None:
    line: int | None = file.get(key, int)
    if line is not None and not 1 <= line <= most:
        file.fail(f"{key} must be between 1 and {most}")
    return line


def _labels(file: Section, key: str) -> tuple[str, ...]:
    labels = file.texts(key, [])
    if not all(label.strip() for label in labels):
        file.fail(f"{key} must not hold an empty text")
    return tuple(label.strip().casefold() for label in labels)
