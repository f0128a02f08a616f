"""Change the files of the folder: told to the audit first, then put in their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.decisions import audit
from dashboard.decisions.checking import check
from dashboard.decisions.files import (
    AUDIT,
    DECIDED,
    GROUPS,
    contents,
    file_name,
    one_at_a_time,
    put_in_place,
    sha256,
    staged,
)
from dashboard.decisions.noticing import lines_of_changes_by_hand
from dashboard.decisions.rows import Row, read, written
from dashboard.errors import DecisionError


@dataclass(frozen=True)
class Change:
    """Rows of one file that go, and rows that come; what that is, in a word or two."""

    relation: str
    what: str
    before: tuple[Row, ...] = ()
    after: tuple[Row, ...] = ()


def carry_out(
    folder: Path, changes: Sequence[Change], seen: Mapping[str, str], who: str
) -> None:
    """Change files, all or nothing; `seen` are their hashes as `who` saw them.

    Raises DecisionError where a file was changed meanwhile, where the new rows break a
    rule, or where nothing can be written; then nothing was changed.
    """
    try:
        with one_at_a_time(folder):
            there = contents(folder)
            _check_unchanged(there, {change.relation for change in changes}, seen)
            files = _changed(there, changes)
            told = [_line(change, files, who) for change in changes]
            by_hand = lines_of_changes_by_hand(folder, there)
            lines = audit.added(audit.read(folder), [*by_hand, *told])
            _put(folder, files, lines)
    except OSError as error:
        raise DecisionError(
            f"{error.filename or folder} cannot be written ({error.strerror}): nothing "
            "was changed."
        ) from error


def _put(folder: Path, files: dict[str, bytes], lines: list[audit.Line]) -> None:
    """The audit first: what it does not tell does not happen."""
    new = {file_name(name): data for name, data in files.items()}
    with (
        staged(folder, new) as beside,
        staged(folder, {AUDIT: audit.written(lines)}) as beside_audit,
    ):
        put_in_place(folder, beside_audit)
        put_in_place(folder, beside)
    audit.say_newest(lines)


def _check_unchanged(
    there: Mapping[str, bytes], names: set[str], seen: Mapping[str, str]
) -> None:
    for name in sorted(names):
        if sha256(there.get(name)) != seen.get(name, ""):
            raise DecisionError(
                f"{file_name(name)} was changed by somebody else since this was "
                "opened, so nothing was changed: look at it as it stands now, and "
                "decide again."
            )


def _changed(there: Mapping[str, bytes], changes: Sequence[Change]) -> dict[str, bytes]:
    """The files as they will be, in the order in which they are put in place."""
    rows = {name: [r for _, r in read(name, data)] for name, data in there.items()}
    for change in changes:
        _apply(change, rows.setdefault(change.relation, []))
    for group in GROUPS:
        check({n: list(enumerate(rows[n], start=2)) for n in group if n in rows})
    names = {change.relation for change in changes}
    return {name: written(name, rows[name]) for name in DECIDED if name in names}


def _apply(change: Change, rows: list[Row]) -> None:
    """Put the rows that come where the first stood that goes, else at the end."""
    place = len(rows)
    for row in change.before:
        if row not in rows:
            raise DecisionError(
                f"{file_name(change.relation)} has not the row that was to be changed: "
                "look at it as it stands now."
            )
        place = min(place, rows.index(row))
        rows.remove(row)
    rows[place:place] = change.after


def _line(change: Change, files: Mapping[str, bytes], who: str) -> audit.Line:
    return audit.line(
        who,
        change.relation,
        change.what,
        change.before,
        change.after,
        sha256(files[change.relation]),
    )
