"""What is decided now: the files as they stand, or stood when they last made sense."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from dashboard.decisions.checking import check, rows_of
from dashboard.decisions.files import (
    CALENDARS,
    DECIDED,
    GROUPS,
    contents,
    file_name,
    sha256,
)
from dashboard.decisions.noticing import notice
from dashboard.decisions.rows import Row, read
from dashboard.errors import DecisionError
from dashboard.relations import RELATIONS

ARROW = {
    "text": pa.string(),
    "instant": pa.timestamp("us"),
    "date": pa.date32(),
    "flag": pa.bool_(),
    "count": pa.int64(),
    "value": pa.float64(),
}
RECENT = 2.0  # seconds in which a file system may not tell two changes apart
Calendars = tuple[tuple[Row, ...], tuple[Row, ...], tuple[Row, ...]]
STANDS = "What counted before goes on until it is mended."
COUNTS_NOTHING = "Nothing of it counts until it is mended."


@dataclass(frozen=True)
class Standing:
    """The rows of each relation that the folder decides, and what is wrong with it."""

    identity: str = ""
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)  # of the files as they are
    broken: frozenset[str] = frozenset()  # relations whose files are to be mended
    never_read: frozenset[str] = frozenset()  # of these, by this process

    @property
    def calendars(self) -> Calendars | None:
        """Rows of calendars, windows and exceptions, where the folder has calendars."""
        if "calendars" not in self.rows:
            return None
        return (
            self.rows["calendars"],
            self.rows["calendar_windows"],
            self.rows["calendar_exceptions"],
        )

    def tables(self) -> dict[str, pa.Table]:
        """The rows of each relation as a table."""
        return {name: table(name, rows) for name, rows in self.rows.items()}


NOTHING = Standing()


def table(relation: str, rows: tuple[Row, ...]) -> pa.Table:
    """Rows as a table with the columns of the relation."""
    columns = [(c.name, ARROW[c.kind]) for c in RELATIONS[relation].columns]
    return pa.Table.from_pylist(list(rows), pa.schema(columns))


@dataclass(frozen=True)
class _Known:
    signature: tuple[Any, ...]
    standing: Standing


_known: dict[Path, _Known] = {}
_lock = threading.Lock()


def standing(folder: str) -> Standing:
    """What a folder decides now; empty where it is not there, or no folder is named.

    A file that cannot be read takes nothing down: what it said before stands for this
    process, and `problems` says what to mend.
    """
    if not folder:
        return NOTHING
    path = Path(folder).absolute()
    with _lock:
        signature = _signature(path)
        known = _known.get(path)
        if known is None or known.signature != signature or _is_recent(signature):
            found = _read(path, known.standing if known else None)
            if known is None or known.signature != signature:
                notice(path)
            known = _known[path] = _Known(signature, found)
        return known.standing


def calendars_to_build_by(folder: str) -> Calendars | None:
    """The calendars by which a file is built; None where the folder has none.

    Raises DecisionError where they are broken: a file built by others would mislead.
    """
    found = standing(folder)
    if "calendars" in found.broken:
        said = " ".join(p for p in found.problems if "calendar" in p)
        raise DecisionError(f"{said} Mend it and try again: nothing was changed.")
    return found.calendars


def _signature(folder: Path) -> tuple[Any, ...]:
    """What tells, without reading, that a file was changed."""
    found = []
    for name in DECIDED:
        try:
            status = (folder / file_name(name)).stat()
        except OSError:
            found.append((name, 0, 0, 0.0))
        else:
            found.append((name, status.st_ino, status.st_size, status.st_mtime))
    return tuple(found)


def _is_recent(signature: tuple[Any, ...]) -> bool:
    return any(time.time() - changed < RECENT for *_, changed in signature)


def _read(folder: Path, before: Standing | None) -> Standing:
    """The files as they are now; `before` is what stood last in this process."""
    try:
        there = contents(folder)
    except DecisionError as error:
        last = before or NOTHING
        said = f"{error} {STANDS if before else COUNTS_NOTHING}"
        every = frozenset(DECIDED)
        never = last.never_read if before else every
        return Standing(str(error), last.rows, (said,), {}, every, never)
    hashes = {name: sha256(data) for name, data in there.items()}
    identity = hashlib.sha256(repr(sorted(hashes.items())).encode()).hexdigest()
    if before is not None and before.identity == identity:
        return before
    rows: dict[str, tuple[Row, ...]] = {}
    problems: list[str] = []
    broken: set[str] = set()
    never_read: set[str] = set()
    for group in GROUPS:
        given = {name: there[name] for name in group if name in there}
        try:
            rows |= _rows(group, given)
        except DecisionError as error:
            is_new = before is None or group[0] in before.never_read
            rows |= _beforehand(group, before)
            problems.append(f"{error} {COUNTS_NOTHING if is_new else STANDS}")
            broken |= set(group)
            never_read |= set(group if is_new else ())
    told = identity if not problems else f"{identity}:{_stamp(rows)}"
    return Standing(
        told, rows, tuple(problems), hashes, frozenset(broken), frozenset(never_read)
    )


def _stamp(rows: Mapping[str, tuple[Row, ...]]) -> str:
    """What stands beside broken files is not told by their hashes."""
    return hashlib.sha256(repr(sorted(rows.items())).encode()).hexdigest()


def _rows(
    group: tuple[str, ...], given: Mapping[str, bytes]
) -> dict[str, tuple[Row, ...]]:
    """The rows of a group of files. Raises DecisionError."""
    lines = {name: read(name, data) for name, data in given.items()}
    check(lines)
    if group == CALENDARS and given:
        lines = {name: lines.get(name, []) for name in group}
    return {name: rows_of(found) for name, found in lines.items()}


def _beforehand(
    group: tuple[str, ...], before: Standing | None
) -> dict[str, tuple[Row, ...]]:
    """What stood before; else no rows. Without calendars those of the database stay."""
    if before is not None:
        return {name: before.rows[name] for name in group if name in before.rows}
    return {} if group == CALENDARS else dict.fromkeys(group, ())
