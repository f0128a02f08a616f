"""The rows of a workbook, read by a process that can do no harm (workbook_process)."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import orjson

from dashboard.errors import AskError, ImportFileError
from dashboard.sources.columns import Column
from dashboard.sources.file_form import FileForm
from dashboard.sources.reading.csv_file import RUNAWAY
from dashboard.sources.reading.headers import found_among, found_in
from dashboard.sources.reading.rows import Note, Row, counted
from dashboard.sources.reading.sheets import place_of

SECONDS = 180  # on the clock; of a processor it may take 60
MEMORY = 1_000_000_000  # bytes of address space
DELIMITER = "\t"  # between the cells of a row's text
START = 102  # rows, among which every header stands that can be declared


class Workbook:
    """A workbook and, once, the sheets of it that are read; close ends the process."""

    def __init__(self, path: Path, form: FileForm):
        self.path = path
        self.delimiter = DELIMITER
        self.size = path.stat().st_size
        self.without: list[str] = []  # sheets that a star fits, without the header
        self._form = form
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "dashboard.sources.reading.workbook_process"),
                *(str(path.absolute()), orjson.dumps(form.sheet).decode(), str(MEMORY)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._clock = threading.Timer(SECONDS, self._process.kill)
        self._clock.start()
        self._lines = self._read()
        try:
            opened = next(self._lines)
        except ImportFileError:
            self.close()
            raise
        self.kind: str = opened["kind"]
        self.notes = [Note(path.name, *note) for note in opened["notes"]]

    def tables(self, columns: Sequence[Column]) -> Iterator[OneSheet]:
        """The sheets, each to be read before the next.

        Of several only those that have half of the columns at least; of others that a
        star fits is told that they are not read. ImportFileError for one without a
        star, and where none has the columns.
        """
        without = self.without
        count = 0
        for line in self._lines:
            if "others" in line:
                self.notes += _same(self.path.name, line["others"], columns)
                break
            sheet = OneSheet(self.path, line["sheet"], self.size, self._lines)
            if line["sheet"] is None or self._has_header(sheet, columns):
                count += 1
                yield sheet
            else:
                self._check_may_lack(line["sheet"])
                without.append(line["sheet"])
            sheet.read_to_end()
        if without and not count:
            raise ImportFileError(
                f"{self.path.name} has the header of the mapping on none of the sheets "
                f"{', '.join(without)}: correct sheet in [file] of the mapping, or the "
                "headers in [columns]."
            )
        if without:
            words = counted(len(without), "sheet has", "sheets have")
            words += f" no such header and cannot be read: {', '.join(without)}"
            note = Note(self.path.name, "multiple_sheets", len(without), words)
            self.notes.append(note)

    def _check_may_lack(self, sheet: str) -> None:
        """Refuse a sheet without the header that is named without a star."""
        declared = self._form.sheet or ()
        if sheet in ((declared,) if isinstance(declared, str) else declared):
            raise ImportFileError(
                f"{place_of(self.path.name, sheet)} has less than half of the headers "
                "of the mapping: correct its headers, or sheet in [file] of the "
                "mapping."
            )

    def _has_header(self, sheet: OneSheet, columns: Sequence[Column]) -> bool:
        """Whether a row, or the declared one, has half of the columns at least."""
        rows = [(row.line, row.cells) for row in sheet.start]
        found = found_among(rows, columns, self._form.header_row)
        return bool(rows) and 2 * found >= len(columns)

    def close(self) -> None:
        """End the process, whatever it does."""
        self._clock.cancel()
        self._process.kill()
        if self._process.stdout:
            self._process.stdout.close()
        self._process.wait()

    def _read(self) -> Iterator[Any]:
        """What the process writes; its refusals are raised."""
        assert self._process.stdout
        for written in self._process.stdout:
            line = orjson.loads(written)
            if isinstance(line, dict) and "ask" in line:
                raise AskError(line["ask"], line["key"], line["values"])
            if isinstance(line, dict) and "refused" in line:
                raise ImportFileError(line["refused"])
            yield line
            if isinstance(line, dict) and "others" in line:
                return
        raise ImportFileError(
            f"{self.path.name} takes more than a minute or {MEMORY // 10**6:,} MB of "
            "memory to read: delete cells that stand far from the table, split it, or "
            "save it as CSV."
        )


class OneSheet:
    """A sheet of a workbook and, once, its rows.

    `name` is that of the file, and of the sheet where several are read. What was met,
    and which columns are hidden, is known once the rows are read.
    """

    def __init__(self, path: Path, sheet: str | None, size: int, lines: Iterator[Any]):
        self.path = path
        self.name = path.name if sheet is None else place_of(path.name, sheet)
        self.is_one_of_several = sheet is not None
        self.position = 0
        self.size = size
        self.delimiter = DELIMITER
        self.met: list[Note] = []
        self.hidden_columns: list[int] = []  # from 1
        self._rows = self._read(lines)
        self.start = list(islice(self._rows, START))

    def rows(self) -> Iterator[Row]:
        """The rows that are not blank, with the numbers that the sheet shows."""
        return chain(self.start, self._rows)

    def read_to_end(self) -> None:
        """Leave the rows that nobody asked for."""
        deque(self._rows, 0)

    def _read(self, lines: Iterator[Any]) -> Iterator[Row]:
        for line in lines:
            if isinstance(line, dict):
                self.met = [Note(self.name, *note) for note in line["met"]]
                self.hidden_columns = line["hidden_columns"]
                self.position = self.size
                return
            number, texts, kinds = line
            yield Row(number, text_of(texts), texts, kinds)


def text_of(cells: list[str]) -> str:
    """A row as one text, from which its cells can be read again."""
    line = io.StringIO()
    csv.writer(line, delimiter=DELIMITER).writerow(cells)
    return line.getvalue().removesuffix("\r\n")


def cells_of(text: str) -> list[str]:
    """The cells of such a text."""
    csv.field_size_limit(RUNAWAY)
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=DELIMITER), [])


def _same(file: str, others: dict[str, Any], columns: Sequence[Column]) -> list[Note]:
    """A note on the sheets that are not read and have every column of the mapping."""
    names = [
        name
        for name, rows in others.items()
        if columns and found_in(rows, columns, None) == len(columns)
    ]
    if not names:
        return []
    one = "has the same header and is not read: add it to sheet in [file]"
    many = "have the same header and are not read: add them to sheet in [file]"
    words = f"{', '.join(names)} {one if len(names) == 1 else many}"
    return [Note(file, "multiple_sheets", len(names), words)]
