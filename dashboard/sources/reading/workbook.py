"""The rows of a workbook, read by a process that can do no harm (workbook_process)."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from dashboard.errors import AskError, ImportFileError
from dashboard.sources.reading.rows import Note, Row

SECONDS = 180  # on the clock; of a processor it may take 60
MEMORY = 1_000_000_000  # bytes of address space


class Workbook:
    """A sheet of a workbook and, once, its rows; close ends the process."""

    def __init__(self, path: Path, sheet: str | None):
        self.path = path
        self.position = 0
        self.delimiter = "\t"  # between the cells of a row's text
        self.size = path.stat().st_size
        self.notes: list[Note] = []
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "dashboard.sources.reading.workbook_process"),
                *(str(path.absolute()), sheet or "", str(MEMORY)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._clock = threading.Timer(SECONDS, self._process.kill)
        self._clock.start()
        self._lines = self._read()
        try:
            self.kind: str = next(self._lines)["kind"]
        except ImportFileError:
            self.close()
            raise

    def rows(self) -> Iterator[Row]:
        """The rows that are not blank, with the numbers that the sheet shows."""
        for line in self._lines:
            if isinstance(line, dict):
                self.notes += [Note(self.path.name, *note) for note in line["notes"]]
                self.position = self.size
                return
            number, texts, kinds = line
            yield Row(number, self._text(texts), texts, kinds)

    def _text(self, texts: list[str]) -> str:
        """The row as one text, from which its cells can be read again."""
        line = io.StringIO()
        csv.writer(line, delimiter=self.delimiter).writerow(texts)
        return line.getvalue().removesuffix("\r\n")

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
            if isinstance(line, dict) and "notes" in line:
                return
        raise ImportFileError(
            f"{self.path.name} takes more than a minute or {MEMORY // 10**6:,} MB of "
            "memory to read: delete cells that stand far from the table, split it, or "
            "save it as CSV."
        )
