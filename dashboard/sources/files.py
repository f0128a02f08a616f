"""Read the rows of a CSV file as text, one by one, and say where each stood.

Nothing is guessed: a row as wide as the header is given cell by cell, any other row is
given with the reason why it cannot be read. A `.gz` file is known by its content.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from dashboard.errors import ImportFileError

LONGEST_CELL = 4_000_000  # characters; a longer one is an unclosed quotation mark
LONGEST_LINE = 8_000_000  # characters; a longer one is no table, and eats the memory
GZIP, WORKBOOK = b"\x1f\x8b", b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line it starts on, its text, and its cells or what is wrong."""

    line: int
    text: str
    cells: list[str]
    fault: str | None = None


class CsvFile:
    """An open CSV file: its header and, once, its rows."""

    def __init__(self, path: Path, disk: BinaryIO, text: TextIO, delimiter: str):
        self.path = path
        self._disk = disk
        self._text = text
        self._delimiter = delimiter
        self._taken: list[str] = []  # the lines of the row that is being read
        self._reader = csv.reader(self._lines(), delimiter=delimiter, strict=True)
        self.header: list[str] = []
        self.header = self._read_header()

    @property
    def position(self) -> int:
        """How many bytes of the file on disk are read."""
        return self._disk.tell()

    def rows(self) -> Iterator[Row]:
        """The rows in file order; blank lines are none."""
        while (row := self._next_row()) is not None:
            if row.cells or row.fault:
                yield row

    def place(self, header: str) -> int:
        """Where the column of that header stands; ImportFileError unless once."""
        if self.header.count(header) == 1:
            return self.header.index(header)
        if header in self.header:
            raise ImportFileError(
                f"{self.path.name} has the column {header} more than once: rename all "
                "but one."
            )
        raise ImportFileError(
            f"The mapping names column {header}, which {self.path.name} does not have; "
            f"it has {', '.join(self.header)}."
        )

    def _lines(self) -> Iterator[str]:
        while line := self._text.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE:
                raise ImportFileError(
                    f"{self.path.name}, line {self._reader.line_num + 1}: the line has "
                    "more than 8,000,000 characters; cut it, or choose another file."
                )
            self._taken.append(line)
            yield line

    def _read_header(self) -> list[str]:
        row = self._next_row()
        while row is not None and not row.cells and not row.fault:
            row = self._next_row()
        if row is None:
            raise ImportFileError(f"{self.path.name} is empty: choose another file.")
        if row.fault:
            raise ImportFileError(
                f"{self.path.name}, line {row.line}: the header {row.fault}; save the "
                "file as CSV, or name its encoding in the mapping."
            )
        return [cell.strip() for cell in row.cells]

    def _next_row(self) -> Row | None:
        line = self._reader.line_num + 1
        self._taken.clear()
        cells: list[str] = []
        fault = None
        try:
            cells = next(self._reader)
        except StopIteration:
            return None
        except csv.Error as error:
            fault = self._fault(error, line)
        text = "".join(self._taken).rstrip("\r\n")
        fault = fault or self._fault_of(cells, text)
        return Row(line, _readable(text), [] if fault else cells, fault)

    def _fault(self, error: csv.Error, line: int) -> str:
        """What a row that the csv module refuses has; a runaway quote ends it all."""
        if "field limit" in str(error):
            raise ImportFileError(
                f"{self.path.name}, line {line}: a cell has more than 4,000,000 "
                "characters; shorten it, or close its quotation mark."
            ) from error
        if "unexpected end" in str(error):
            raise ImportFileError(
                f"{self.path.name}, line {line}: a quotation mark is opened and never "
                "closed; close it."
            ) from error
        return "has text after a closing quotation mark"

    def _fault_of(self, cells: list[str], text: str) -> str | None:
        """What keeps a row from being read, if anything does."""
        if _undecoded(text):
            return f"has bytes that are not {self._text.encoding.removesuffix('-sig')}"
        if "\0" in text:
            return "has a NUL character"
        width = len(self.header) or len(cells)
        if cells and len(cells) != width:
            noun = "cell" if len(cells) == 1 else "cells"
            return f"has {len(cells)} {noun} where the header has {width}"
        return None


@contextmanager
def csv_file(path: Path, delimiter: str, encoding: str) -> Iterator[CsvFile]:
    """Open a CSV file; ImportFileError where it cannot be read, then or later."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open("rb") as disk:
            stream = _uncompressed(disk)
            _check_is_text(path, stream)
            # A UTF-8 file may start with a byte order mark, which is no text.
            exact = "utf-8-sig" if encoding == "utf-8" else encoding
            text = io.TextIOWrapper(stream, exact, "surrogateescape", newline="")
            yield CsvFile(path, disk, text, delimiter)
    except (OSError, EOFError, zlib.error, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ImportFileError(
            f"{path} cannot be read ({reason}): check the file."
        ) from error


def _uncompressed(disk: BinaryIO) -> io.BufferedReader:
    start = disk.read(len(GZIP))
    disk.seek(0)
    if start == GZIP:
        return io.BufferedReader(cast(io.RawIOBase, gzip.GzipFile(fileobj=disk)))
    return cast(io.BufferedReader, disk)


def _check_is_text(path: Path, stream: io.BufferedReader) -> None:
    start = stream.peek(4096)
    if start.startswith(WORKBOOK):
        raise ImportFileError(
            f"{path.name} is a workbook or an archive, not CSV: save it as CSV."
        )
    if b"\0" in start.partition(b"\n")[0] and not start.startswith(
        (b"\xff\xfe", b"\xfe\xff")
    ):
        raise ImportFileError(f"{path.name} is not a text file: save it as CSV.")


def _undecoded(text: str) -> bool:
    """Whether the text holds bytes that its encoding does not know."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _readable(text: str) -> str:
    """The text with bytes that could not be decoded written as \\udcff and the like."""
    return text.encode("utf-8", "backslashreplace").decode()
