"""Read the rows of a CSV file as text, one by one, and say where each stood.

Nothing is guessed: a row is given cell by cell, or with the reason why it cannot be
read. A `.gz` file is known by its content.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO

from dashboard.errors import ImportFileError
from dashboard.sources.columns import Column
from dashboard.sources.file_form import FileForm
from dashboard.sources.reading.delimiters import delimiter_of, stated
from dashboard.sources.reading.encodings import encoding_of, readable, undecoded
from dashboard.sources.reading.rows import Note, Row

LONGEST_CELL = 1_048_576  # characters; a longer one refuses its row
RUNAWAY = 7_000_000  # characters; a longer cell is an unclosed quotation mark
LONGEST_LINE = 8_000_000  # characters; a longer one is no table, and eats the memory
SAMPLE_LINES = 200  # among which the delimiter is looked for


class CsvFile:
    """An open CSV file and, once, its rows."""

    def __init__(
        self,
        path: Path,
        disk: BinaryIO,
        stream: io.BufferedReader,
        form: FileForm,
        columns: Sequence[Column],
    ):
        csv.field_size_limit(RUNAWAY)
        self.path = path
        self.name = path.name
        self.size = path.stat().st_size
        self.notes: list[Note] = []
        self.met: list[Note] = []  # none of these two: as a workbook may have them
        self.hidden_columns: list[int] = []
        self.is_one_of_several = False
        self._disk = disk
        encoding = encoding_of(path.name, stream.peek(4096)[:4096], form.encoding)
        self.encoding = encoding.removesuffix("-sig")
        self._text: TextIO = io.TextIOWrapper(
            stream, encoding, "surrogateescape", newline=""
        )
        self._sample = list(islice(self._decoded(0), SAMPLE_LINES))
        self._skipped = 0
        self.delimiter = self._find_delimiter(form, columns)
        self._taken: list[str] = []  # the lines of the row that is being read

    @property
    def position(self) -> int:
        """How many bytes of the file on disk are read."""
        return self._disk.tell()

    def tables(self, columns: Sequence[Column]) -> Iterator[CsvFile]:
        """Its one table, whichever columns it has."""
        yield self

    def rows(self) -> Iterator[Row]:
        """The rows in file order; a blank line has no cells."""
        reader = csv.reader(self._lines(), delimiter=self.delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            self._taken.clear()
            cells: list[str] = []
            wrong = None
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                wrong = self._wrong(error, line + self._skipped)
            text = "".join(self._taken).rstrip("\r\n")
            case, fault = wrong or self._fault_of(cells, text)
            if fault:
                cells, text = [], readable(text)
            yield Row(line + self._skipped, text, cells, None, case, fault)

    def _find_delimiter(self, form: FileForm, columns: Sequence[Column]) -> str:
        """The delimiter: declared, stated by the file itself, or found."""
        if own := stated(self._sample):
            del self._sample[0]
            self._skipped = 1
        return (
            form.delimiter
            or own
            or delimiter_of(
                self.path.name,
                self._sample,
                columns,
                form.header_row and form.header_row - self._skipped,
            )
        )

    def _decoded(self, before: int) -> Iterator[str]:
        """The lines of the file from here on; `before` of them were read."""
        while line := self._text.readline(LONGEST_LINE):
            before += 1
            if len(line) == LONGEST_LINE:
                raise ImportFileError(
                    f"{self.path.name}, line {before}: the line has more than 8,000,000"
                    " characters; cut it, or choose another file."
                )
            yield line

    def _lines(self) -> Iterator[str]:
        for line in self._sample:
            self._taken.append(line)
            yield line
        for line in self._decoded(len(self._sample) + self._skipped):
            self._taken.append(line)
            yield line

    def _wrong(self, error: csv.Error, line: int) -> tuple[str, str]:
        """What a row that the csv module refuses has; a runaway quote ends it all."""
        if "field limit" in str(error) or "unexpected end" in str(error):
            if len(self._taken) == 1 and "field limit" in str(error):
                return "cell_5mb", _TOO_LONG
            raise ImportFileError(
                f"{self.path.name}, line {line}: a quotation mark is opened and never "
                "closed; close it."
            ) from error
        return "unclosed_quote", "has text after a closing quotation mark"

    def _fault_of(self, cells: list[str], text: str) -> tuple[str | None, str | None]:
        """The rule that the row breaks, and what is wrong, if anything is."""
        if where := undecoded(text, self.encoding):
            return (
                "mixed_encoding",
                f"has bytes that are not {self.encoding} ({where})",
            )
        if "\0" in text:
            return "nul_byte", "has a NUL character"
        if len(text) > LONGEST_CELL and any(len(c) > LONGEST_CELL for c in cells):
            return "cell_5mb", _TOO_LONG
        return None, None


_TOO_LONG = f"has a cell of more than {LONGEST_CELL:,} characters"
