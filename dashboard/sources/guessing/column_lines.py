"""The section [columns]: a line for each column that is used, a comment for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.sources.guessing import writing
from dashboard.sources.guessing.asking import Dialogue
from dashboard.sources.guessing.endings import Cancelled
from dashboard.sources.guessing.promises import NAME, Promised, declared_promise
from dashboard.sources.guessing.seen import Seen
from dashboard.sources.guessing.types import (
    declared,
    declared_by_cells,
    declared_times,
)
from dashboard.sources.guessing.unnamed import is_unnamed


@dataclass(frozen=True)
class Found:
    """Which columns of the files are used, and for what.

    `roles` are by columns of work_items, `times` by the header of the date whose time
    of the day they tell.
    """

    roles: Mapping[str, Seen]
    cancelled: Cancelled | None
    times: Mapping[str, Seen]
    promised: Promised | None

    @property
    def dates_with_times(self) -> list[Seen]:
        """The dates that are read with the times of another column."""
        read = [*self.roles.values(), *self._column_of(self.cancelled)]
        return list({c.header: c for c in read if c.header in self.times}.values())

    @property
    def used(self) -> list[str]:
        """The headers of all that is used."""
        columns = [
            *self.roles.values(),
            *(self.times[date.header] for date in self.dates_with_times),
            *self._column_of(self.cancelled),
            *self._column_of(self.promised),
        ]
        return [column.header for column in columns]

    @property
    def names(self) -> list[str]:
        """The names that the mapping gives to columns of its own."""
        return [*self.roles, "cancelled_at", NAME, *self.names_of_times.values()]

    @property
    def names_of_times(self) -> dict[str, str]:
        """The name of each column of times, by the header of its date."""
        taken = [*self.roles, "cancelled_at", NAME]
        found = {}
        for date in self.dates_with_times:
            name = writing.own_name(self.times[date.header].header, taken)
            found[date.header] = name
            taken.append(name)
        return found

    @staticmethod
    def _column_of(found: Cancelled | Promised | None) -> list[Seen]:
        return [found.column] if found else []


def column_lines(found: Found, dialogue: Dialogue) -> list[str]:
    """A line for each column that is used."""
    declarations = {
        name: declared(column, name, found.times.get(column.header), dialogue)
        for name, column in found.roles.items()
    }
    where = _where(found, declarations.get("status", {}))
    if where and "completed_at" in declarations:
        declarations["completed_at"] |= {"unless": where}
    lines = [
        writing.column_line(name, found.roles[name].header, said)
        for name, said in declarations.items()
    ]
    lines += _cancelled(found, where, dialogue)
    lines += [_times(found, date, dialogue) for date in found.dates_with_times]
    if found.promised:
        column = found.promised.column
        said = declared_promise(column, dialogue)
        lines.append(writing.column_line(NAME, column.header, said))
    return lines


def _times(found: Found, date: Seen, dialogue: Dialogue) -> str:
    """The line of the column that tells the times of the day of a date."""
    time = found.times[date.header]
    name = found.names_of_times[date.header]
    return writing.column_line(name, time.header, declared_times(time, date, dialogue))


def _where(found: Found, status: Mapping[str, Any]) -> dict[str, list[str]]:
    """In which rows work ended without being done, by the spellings that count."""
    if not found.cancelled:
        return {}
    same = status.get("same", {})
    return {
        header: list(dict.fromkeys(same.get(word, word) for word in words))
        for header, words in found.cancelled.where.items()
    }


def _cancelled(found: Found, where: Mapping[str, Any], dialogue: Dialogue) -> list[str]:
    """The line of what dates cancelled work, which is read as it is elsewhere."""
    if not found.cancelled:
        return []
    column = found.cancelled.column
    named = (name for name, c in found.roles.items() if c is column)
    name = next(named, "cancelled_at")
    said = declared(column, name, found.times.get(column.header), dialogue)
    said |= {"where": where}
    return [writing.column_line("cancelled_at", column.header, said)]


def left_out(columns: Sequence[Seen], found: Found, dialogue: Dialogue) -> list[str]:
    """The other columns, as comments that can be made lines."""
    others = [column for column in columns if column.header not in found.used]
    lines, taken = [], found.names
    for column in others:
        name = writing.own_name(column.header, taken)
        taken.append(name)
        lines.append(_comment(name, column, "due_at" not in found.roles, dialogue))
    if others:
        headers = ", ".join(column.header for column in others)
        dialogue.tell(
            f"Left out, as nothing of ours is called so: {headers}; they are comments "
            "in the mapping."
        )
    return lines


def _comment(name: str, column: Seen, is_free: bool, dialogue: Dialogue) -> str:
    """A column that is left out, as a line that is read once it is no comment.

    What it takes for granted, and which cells it cannot read, stands behind it.
    """
    supposing = dialogue.supposing()
    is_due = is_free and is_unnamed(column)
    said = declared_by_cells(column, is_due, supposing)
    line = writing.column_line(name, column.header, said)
    notes = [f"supposed: {words}" for words in supposing.supposed]
    notes += [told for told in supposing.told if "cannot be read" in told]
    return f"# {line}" + (f"  # {'; '.join(notes)}" if notes else "")
