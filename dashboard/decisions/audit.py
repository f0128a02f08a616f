"""Who decided what, and when: one line for each change, chained by hashes.

Each line holds the hash of the line before it and its own, over the texts of its cells;
so a line that was edited, cut or put in is found, however the file was saved since. The
newest hash goes to the log of the program: held against it, a cut end shows too.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dashboard.decisions.files import AUDIT, file_name
from dashboard.decisions.rows import Row, as_text, from_texts
from dashboard.errors import DecisionError

log = logging.getLogger("mis")

COLUMNS = (
    *("number", "at", "who", "relation", "what", "before", "after"),
    *("file_sha256", "previous_sha256", "line_sha256"),
)
BEGINNING = "0" * 64  # stands before the first line


@dataclass(frozen=True)
class Line:
    """One change of one file; its cells as texts, in the order of COLUMNS."""

    number: str
    at: str  # UTC
    who: str
    relation: str
    what: str
    before: str  # the rows that are there no longer, as JSON
    after: str  # the rows that came
    file_sha256: str  # of the file after the change; empty where it is gone
    previous_sha256: str
    line_sha256: str

    def hashed(self) -> str:
        """The hash that the line should have."""
        cells = [getattr(self, name) for name in COLUMNS[:-1]]
        return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def read(folder: Path) -> list[Line]:
    """All lines. Raises DecisionError where the file is no audit."""
    try:
        text = (folder / AUDIT).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise DecisionError(
            f"{folder / AUDIT} cannot be read ({error}): restore it."
        ) from error
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        if tuple(header) != COLUMNS:
            raise ValueError
        return [Line(*row) for row in rows if row]
    except (csv.Error, ValueError, TypeError) as error:
        raise DecisionError(
            f"{folder / AUDIT} is no audit, or a line of it was broken: restore it, or "
            "move it away to begin another."
        ) from error


def added(lines: Sequence[Line], new: Iterable[Line]) -> list[Line]:
    """The lines with more at their end, numbered and chained."""
    found = list(lines)
    at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    for line in new:
        last = found[-1] if found else None
        number = int(last.number) + 1 if last and last.number.isdigit() else 1
        previous = last.line_sha256 if last else BEGINNING
        line = replace(line, number=str(number), at=at, previous_sha256=previous)
        found.append(replace(line, line_sha256=line.hashed()))
    return found


def written(lines: Iterable[Line]) -> bytes:
    """Lines as the file that holds them."""
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows([getattr(line, name) for name in COLUMNS] for line in lines)
    return text.getvalue().encode()


def say_newest(lines: Sequence[Line]) -> None:
    """Tell the log how far the audit reaches."""
    last = lines[-1]
    log.warning("The audit of decisions: line %s, %s", last.number, last.line_sha256)


def line(
    who: str,
    relation: str,
    what: str,
    before: Iterable[Row],
    after: Iterable[Row],
    file_sha256: str,
) -> Line:
    """A line that is not in its place yet."""
    told = (_json(before), _json(after))
    return Line("", "", who, relation, what, *told, file_sha256, "", "")


def _json(rows: Iterable[Row]) -> str:
    told = [
        {name: as_text(value) for name, value in row.items() if value is not None}
        for row in rows
    ]
    return json.dumps(told, ensure_ascii=False)


def rows_told(relation: str, text: str) -> list[Row]:
    """The rows of `before` or `after`. Raises DecisionError."""
    try:
        found: list[dict[str, Any]] = json.loads(text)
        return [from_texts(relation, row) for row in found]
    except (ValueError, TypeError, AttributeError) as error:
        raise DecisionError(f"{AUDIT} tells rows that are none: restore it.") from error


def last_known(lines: Iterable[Line], relation: str) -> tuple[list[Row], list[str]]:
    """The rows of a file as the audit tells them, and the hashes that it had."""
    rows: list[Row] = []
    hashes = [""]
    for told in lines:
        if told.relation == relation:
            for row in rows_told(relation, told.before):
                if row in rows:
                    rows.remove(row)
            rows += rows_told(relation, told.after)
            hashes.append(told.file_sha256)
    return rows, hashes


def faults(lines: Sequence[Line]) -> list[str]:
    """Each place where a line was edited, cut or put in, in words."""
    found = []
    previous, number = BEGINNING, 0
    for told in lines:
        if told.number != str(number + 1):
            found.append(_misplaced(told.number, number))
        elif told.previous_sha256 != previous:
            found.append(
                f"{AUDIT}: line {told.number} does not follow from the line before it: "
                "that one was exchanged."
            )
        if told.line_sha256 != told.hashed():
            found.append(f"{AUDIT}: line {told.number} was edited.")
        previous = told.line_sha256
        number = int(told.number) if told.number.isdigit() else number + 1
    return found


def _misplaced(told: str, before: int) -> str:
    if told.isdigit() and int(told) == before + 2:
        return f"{AUDIT}: line {before + 1} was cut."
    if told.isdigit() and int(told) > before + 2:
        return f"{AUDIT}: lines {before + 1} to {int(told) - 1} were cut."
    return f"{AUDIT}: after line {before} stands a line numbered {told!r}."


def stale(lines: Sequence[Line], relation: str, sha256: str) -> str:
    """In words, where a file is not as its last line tells; else empty."""
    known = last_known(lines, relation)[1][-1]
    if known == sha256:
        return ""
    return (
        f"{file_name(relation)} is not as the last line of {AUDIT} about it tells: it "
        f"was changed by hand just now, or lines at the end of {AUDIT} were cut."
    )
