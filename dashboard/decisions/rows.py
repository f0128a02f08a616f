"""A file of decisions as rows, and rows as a file: each value comes back as it was."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from dashboard.decisions.files import file_name
from dashboard.errors import DecisionError
from dashboard.relations import RELATIONS

Row = dict[str, Any]
MOST_LETTERS = 255  # what every database keeps of a text
FLAGS = {"true": True, "false": False}


def read(relation: str, data: bytes) -> list[tuple[int, Row]]:
    """The rows of a file, each with the line where it begins.

    Raises DecisionError, which names file and line.
    """
    lines = _lines(relation, _text(relation, data))
    number, header = next(lines, (1, []))
    names = _names(relation, header, number)
    return [
        (number, _row(relation, names, cells, number))
        for number, cells in lines
        if any(cells)
    ]


def written(relation: str, rows: Iterable[Row]) -> bytes:
    """The same rows as a file."""
    names = RELATIONS[relation].column_names
    # This end of line has the writer quote both of its marks within a value.
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(names)
    table.writerows([as_text(row.get(name)) for name in names] for row in rows)
    return text.getvalue().encode()


def as_text(value: Any) -> str:
    """A value as a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def from_texts(relation: str, cells: Mapping[str, str]) -> Row:
    """A row of texts, as a form or an audit line has them. Raises DecisionError."""
    said = f"A row of {file_name(relation)}"
    return {
        column: _cell(relation, column, cells.get(column, ""), said)
        for column in RELATIONS[relation].column_names
    }


def _text(relation: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DecisionError(
            f"{file_name(relation)} is not written in UTF-8: save it as CSV in UTF-8."
        ) from error


def _lines(relation: str, text: str) -> Any:
    """Each record with the line where it begins."""
    records = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in records:
            yield begins, cells
            begins = records.line_num + 1
    except csv.Error as error:
        raise DecisionError(
            f"{file_name(relation)}, line {begins}: this is no line of a CSV file "
            f"({error}): close its quotes."
        ) from error


def _names(relation: str, header: list[str], line: int) -> list[str]:
    known = RELATIONS[relation]
    names = [cell.strip().lower() for cell in header]
    where = f"{file_name(relation)}, line {line}"
    for name in names:
        if name not in known.column_names:
            raise DecisionError(
                f"{where}: there is no column {name!r}; the columns are "
                f"{', '.join(known.column_names)}, with commas between them."
            )
        if names.count(name) > 1:
            raise DecisionError(f"{where}: the column {name} stands there twice.")
    for name in known.required:
        if name not in names:
            raise DecisionError(f"{where}: the column {name} lacks: add it.")
    return names


def _row(relation: str, names: list[str], cells: list[str], line: int) -> Row:
    where = f"{file_name(relation)}, line {line}"
    if any(cells[len(names) :]):
        raise DecisionError(
            f"{where}: there are more cells than columns: put quotes around a text "
            "with commas."
        )
    texts = dict(zip(names, cells, strict=False))
    return {
        column: _cell(relation, column, texts.get(column, ""), where)
        for column in RELATIONS[relation].column_names
    }


def _cell(relation: str, column: str, text: str, where: str) -> Any:
    about = RELATIONS[relation]
    if not text:
        if column in about.required:
            raise DecisionError(f"{where}: {column} is empty: fill it.")
        return None
    read_as, wanted = KINDS[about.kind(column)]
    try:
        return read_as(text)
    except ValueError:
        raise DecisionError(
            f"{where}: {column} is {text[:60]!r}: write {wanted}."
        ) from None


def _short(text: str) -> str:
    if len(text) > MOST_LETTERS or "\0" in text:
        raise ValueError
    text.encode()  # half a letter of UTF-16 cannot be written
    return text


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number) or "_" in text:
        raise ValueError
    return number


def _day(text: str) -> date:
    if len(text) != len("2026-11-30"):
        raise ValueError
    return date.fromisoformat(text)


def _instant(text: str) -> datetime:
    """UTC, unless an offset is told."""
    found = datetime.fromisoformat(text)
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def _whole(text: str) -> int:
    if not (text.isascii() and text.lstrip("-").isdigit() and len(text) < 12):
        raise ValueError
    return int(text)


def _flag(text: str) -> bool:
    try:
        return FLAGS[text.lower()]
    except KeyError:
        raise ValueError from None


KINDS: dict[str, tuple[Callable[[str], Any], str]] = {
    "text": (_short, f"at most {MOST_LETTERS} letters"),
    "date": (_day, "a day such as 2026-11-30"),
    "instant": (_instant, "a moment in UTC such as 2026-11-30 14:05:00"),
    "flag": (_flag, "true or false"),
    "count": (_whole, "a whole number"),
    "value": (_finite, "a number such as 0.85"),
}
