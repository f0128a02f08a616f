"""Notice what was changed in the files themselves, and tell it to the audit."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path

from dashboard.decisions import audit
from dashboard.decisions.files import (
    AUDIT,
    DECIDED,
    contents,
    one_at_a_time,
    put_in_place,
    sha256,
    staged,
)
from dashboard.decisions.rows import Row, read
from dashboard.errors import DecisionError

log = logging.getLogger("mis")

BY_HAND = "by hand"


def notice(folder: Path) -> None:
    """Give each file that is not as the audit tells a line of its own.

    Where the audit cannot be read or written, that is said to the log alone: who looks
    at figures is not to be kept from them.
    """
    try:
        if not list(lines_of_changes_by_hand(folder, contents(folder))):
            return
        with one_at_a_time(folder):
            new = list(lines_of_changes_by_hand(folder, contents(folder)))
            if new:
                lines = audit.added(audit.read(folder), new)
                with staged(folder, {AUDIT: audit.written(lines)}) as beside:
                    put_in_place(folder, beside)
                audit.say_newest(lines)
    except (DecisionError, OSError) as error:
        log.warning("A change of %s could not be told to the audit: %s", folder, error)


def lines_of_changes_by_hand(
    folder: Path, there: Mapping[str, bytes]
) -> Iterator[audit.Line]:
    """A line for each file that is not as its last line tells."""
    lines = audit.read(folder)
    for name in DECIDED:
        known, hashes = audit.last_known(lines, name)
        now = sha256(there.get(name))
        if now != hashes[-1]:
            what = _what(hashes, now)
            before, after = _difference(name, known, there.get(name))
            yield audit.line(BY_HAND, name, what, before, after, now)


def _what(hashes: list[str], now: str) -> str:
    """What became of a file: as it was before its last change, gone, or otherwise."""
    if not now:
        return "file removed"
    earlier = [told for told in hashes if told != hashes[-1]]
    return "set back" if earlier and earlier[-1] == now else "changed by file"


def _difference(
    name: str, known: list[Row], data: bytes | None
) -> tuple[list[Row], list[Row]]:
    """The rows that are gone and those that are new; none of a file that is broken."""
    try:
        rows = [row for _, row in read(name, data)] if data is not None else []
    except DecisionError:
        return [], []
    gone, new = list(known), []
    for row in rows:
        if row in gone:
            gone.remove(row)
        else:
            new.append(row)
    return gone, new
