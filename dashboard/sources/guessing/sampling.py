"""The sample of files: how they are written, their columns, and what is no row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from dashboard.errors import ImportFileError
from dashboard.sources.endings import means_ended
from dashboard.sources.file_form import FileForm
from dashboard.sources.guessing.asking import Dialogue
from dashboard.sources.guessing.captions import Caption, are_rows, labels_of
from dashboard.sources.guessing.forms import (
    form_of,
    form_of_other,
    start_of,
    to_declare,
)
from dashboard.sources.guessing.frames import (
    Header,
    footer_of,
    headers_of,
    same_start,
    total_of,
)
from dashboard.sources.guessing.seen import Seen
from dashboard.sources.reading.content import open_file
from dashboard.sources.reading.csv_file import CsvFile
from dashboard.sources.reading.headers import normal
from dashboard.sources.reading.rows import Row
from dashboard.sources.reading.workbook import OneSheet

MOST_ROWS = 100_000  # of all files, by whose cells types are seen
MOST_CELLS = 1_000_000  # that differ: fewer rows are looked at where there are more


@dataclass
class Labels:
    """What lines that are no rows begin with, and those that may be captions."""

    parts: dict[str, str] = field(default_factory=dict)  # label -> totals or subtotals
    footers: list[str] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    has_captions: bool = True  # else these are rows
    begun: set[str] = field(default_factory=set)  # first cells of rows


@dataclass(frozen=True)
class Sample:
    """What was seen of the files; of columns, those with a header of their own."""

    form: FileForm
    header: Header
    columns: tuple[Seen, ...]
    labels: Labels


def sample(files: Sequence[Path], dialogue: Dialogue) -> Sample:
    """Look at the files. Raises OpenQuestionError where that needs an answer first.

    Raises ImportFileError where a file has no header, or another one than the first.
    """
    form = form_of(files[0], dialogue)
    header = _header(files[0], form, dialogue)
    columns = _columns(files[0], header, dialogue)
    labels = Labels(has_captions=not are_rows(dialogue))
    looked_at = 0
    for path in files:
        here = form
        if path != files[0]:
            here = form_of_other(path, form, header.names, dialogue)
            _check_alike(path, here, header)
        looked_at += _look(path, here, header, columns, labels, MOST_ROWS - looked_at)
        if _is_cut(looked_at, columns):
            dialogue.tell(f"Only the first {looked_at:,} rows were looked at.")
            break
    form = replace(
        to_declare(form, dialogue),
        header_row=header.line if header.line > 1 or header.rows > 1 else None,
        header_rows=2 if header.rows == 2 else None,
    )
    labels.parts = _shortened(labels.parts)
    labels.footers += labels_of(labels.captions, labels.begun, dialogue)
    return Sample(form, header, tuple(columns.values()), labels)


def _shortened(parts: dict[str, str]) -> dict[str, str]:
    """Labels of totals without what differs from one to the next, such as months."""
    found: dict[str, str] = {}
    for part in dict.fromkeys(parts.values()):
        labels = [label for label, told in parts.items() if told == part]
        start = same_start(labels)
        found |= dict.fromkeys([start] if start else labels, part)
    return found


def _header(path: Path, form: FileForm, dialogue: Dialogue) -> Header:
    found = headers_of(start_of(path, form))
    if not found:
        raise ImportFileError(
            f"{path.name} has no row of names above its rows: add a header, or write "
            "the mapping by hand."
        )
    header = found[0]
    if len(found) > 1:
        key = dialogue.need(
            "header",
            f"{path.name}: which lines are the header?",
            [(header.key, header.words) for header in found],
        )
        header = next(header for header in found if header.key == key)
    if header.line > 1 or header.rows > 1:
        dialogue.tell(f"{path.name}: the header is {header.words}.")
    return header


def _columns(path: Path, header: Header, dialogue: Dialogue) -> dict[int, Seen]:
    """The columns by their places, without those that no mapping can name."""
    named = Counter(normal(name) for name in header.names if name)
    for name, count in named.items():
        if count > 1:
            dialogue.tell(
                f"{path.name}: {count} columns are called {name}, so none of them can "
                "be read; rename all but one."
            )
    return {
        place: Seen(name, lower=header.lower[place] if header.lower else "")
        for place, name in enumerate(header.names)
        if named[normal(name)] == 1 and name
    }


def _check_alike(path: Path, form: FileForm, header: Header) -> None:
    alike = {(found.line, found.names) for found in headers_of(start_of(path, form))}
    if (header.line, header.names) not in alike:
        raise ImportFileError(
            f"{path.name} has not the same header in the same line as the first file: "
            "write a mapping of its own for it."
        )


def _look(
    path: Path,
    form: FileForm,
    header: Header,
    columns: dict[int, Seen],
    labels: Labels,
    most: int,
) -> int:
    """Count the cells of the rows; give how many rows were looked at."""
    count = 0
    with open_file(path, form, ()) as file:
        for table in file.tables(()):
            there = _header_on(table, header)
            count += _look_at(table, there, columns, labels, most - count)
            if count == most or _is_much(columns):
                break
    return count


def _header_on(table: CsvFile | OneSheet, header: Header) -> Header:
    """The header where it stands on a sheet, which may be in another line."""
    if not isinstance(table, OneSheet):
        return header
    names = list(map(normal, header.names))
    found = (h for h in headers_of(table.start) if list(map(normal, h.names)) == names)
    return next(found, header)


def _look_at(
    table: CsvFile | OneSheet,
    header: Header,
    columns: dict[int, Seen],
    labels: Labels,
    most: int,
) -> int:
    """As `_look`, of one table."""
    remarks: list[Row] = []  # since the last row
    count = 0
    rows = (row for row in table.rows() if _is_below(row, header))
    for count, row in enumerate(_rows(islice(rows, most), labels), start=1):
        if footer_of(row, len(header.names)):
            remarks.append(row)
            continue
        if labels.has_captions:
            labels.captions += [_caption(table.name, remark) for remark in remarks]
            remarks = []
        for held in [*remarks, row]:
            _count(table.name, held, columns)
        remarks = []
        if labels.has_captions and not _is_beside(row, len(header.names)):
            labels.begun.add(_first(row))
        if count % 1_000 == 0 and _is_much(columns):
            return count
    if count < most:  # the end of the table was seen
        for row in remarks:
            footer = footer_of(row, len(header.names)) or ""
            labels.footers += [] if footer in labels.footers else [footer]
    return count


def _caption(place: str, row: Row) -> Caption:
    return Caption(_first(row), (place, row.line))


def _first(row: Row) -> str:
    return next(cell.strip() for cell in row.cells if cell.strip())


def _is_beside(row: Row, width: int) -> bool:
    """Whether it may be a caption with a cell of a legend beside it."""
    filled = sum(bool(cell.strip()) for cell in row.cells[:width])
    return filled < 2 or (filled < 3 < width)


def _is_below(row: Row, header: Header) -> bool:
    """Whether the row stands below the header, and is not that header once more."""
    cells = tuple(" ".join(cell.split()) for cell in row.cells)
    return row.line > header.last_line and cells != header.names


def _is_cut(rows: int, columns: dict[int, Seen]) -> bool:
    return rows == MOST_ROWS or _is_much(columns)


def _is_much(columns: dict[int, Seen]) -> bool:
    return sum(len(column.cells) for column in columns.values()) > MOST_CELLS


def _rows(rows: Iterator[Row], labels: Labels) -> Iterator[Row]:
    """The rows that can be read, without blank ones and those of totals."""
    for row in rows:
        if row.fault or not any(cell.strip() for cell in row.cells):
            continue
        if part := total_of(row):
            label = next(cell.strip() for cell in row.cells if cell.strip())
            labels.parts[label.rstrip(" :")] = part
        else:
            yield row


def _count(place: str, row: Row, columns: dict[int, Seen]) -> None:
    where = (place, row.line)
    for at, column in columns.items():
        is_there = at < len(row.cells)
        text = row.cells[at] if is_there else ""
        kind = row.kinds[at] if row.kinds and is_there else None
        column.add(text, kind, where)
        if means_ended(text):
            column.beside[normal(text)].update(_with_digits(row, columns))


def _with_digits(row: Row, columns: dict[int, Seen]) -> Iterator[str]:
    """The headers of cells that may be dates."""
    for place, text in enumerate(row.cells):
        if place in columns and any(sign.isdigit() for sign in text):
            yield columns[place].header
