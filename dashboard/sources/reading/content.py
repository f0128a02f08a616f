"""Open a file by what it holds, whatever its name says."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from dashboard.errors import ImportFileError
from dashboard.sources.columns import Column
from dashboard.sources.file_form import FileForm
from dashboard.sources.reading.csv_file import CsvFile
from dashboard.sources.reading.encodings import MARKS
from dashboard.sources.reading.rows import Note
from dashboard.sources.reading.workbook import Workbook

GZIP = b"\x1f\x8b"
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
WEB = rb"(\xef\xbb\xbf)?\s*<(!doctype|html|table|head|body|meta|\?xml)"
ENDINGS = {  # content -> endings of names that promise it
    "csv": ("csv", "txt", "tsv", "tab", "gz", "psv", "dat"),
    "xlsx": ("xlsx", "xlsm"),
    "xls": ("xls",),
    "xlsb": ("xlsb",),
    "ods": ("ods",),
}


@contextmanager
def open_file(
    path: Path, form: FileForm, columns: Sequence[Column]
) -> Iterator[CsvFile | Workbook]:
    """Open a file to read its rows once.

    Raises ImportFileError where it cannot be read, then or later, and AskError where
    the mapping has to say how.
    """
    try:
        with path.open("rb") as disk:
            if disk.read(8).startswith(WORKBOOKS):
                with closing(Workbook(path, form)) as workbook:
                    workbook.notes += _ending(path, workbook.kind)
                    yield workbook
                return
            disk.seek(0)
            stream = _uncompressed(disk)
            _check_is_text(path, stream.peek(4096)[:4096], form)
            file = CsvFile(path, disk, stream, form, columns)
            file.notes += _ending(path, "csv")
            yield file
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


def _check_is_text(path: Path, start: bytes, form: FileForm) -> None:
    if re.match(WEB, start, re.I):
        raise ImportFileError(
            f"{path.name} is a web page or XML and no table, whatever its name says: "
            "open it in a spreadsheet program and save it as .xlsx."
        )
    is_wide = (form.encoding or "").startswith(("utf-16", "utf-32"))
    if b"\0" not in start.partition(b"\n")[0] or is_wide:
        return
    if any(start.startswith(mark) for mark, _ in MARKS):
        return
    if start[:1] == b"\0" or start[1:2] == b"\0":  # UTF-16, which is asked about
        return
    raise ImportFileError(f"{path.name} is not a text file: save it as CSV.")


def _ending(path: Path, kind: str) -> list[Note]:
    """A note where the name of a file promises another content."""
    ending = path.suffix.lower().lstrip(".")
    if ending in ENDINGS[kind] or not ending:
        return []
    words = f"its name ends in .{ending} and it holds {kind}, as which it is read"
    return [Note(path.name, "wrong_extension", 1, words)]
