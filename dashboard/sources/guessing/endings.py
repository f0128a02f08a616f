"""Work that ended without being done, as its status says: which column tells when?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.sources.endings import means_ended
from dashboard.sources.guessing.asking import Choice, Dialogue
from dashboard.sources.guessing.seen import Cell, Seen, counted_cells
from dashboard.sources.guessing.unnamed import is_of_days
from dashboard.sources.reading.headers import normal
from dashboard.sources.reading.rows import counted


@dataclass(frozen=True)
class Cancelled:
    """The column that dates work which ended without being done, and where it does."""

    column: Seen
    where: Mapping[str, Sequence[str]]  # header -> words


@dataclass(frozen=True)
class Word:
    """A word by which the status says so, in all its spellings."""

    status: Seen
    cells: Sequence[Cell]  # the commonest spelling first

    @property
    def rows(self) -> int:
        """How many rows say it."""
        return counted_cells(self.cells)

    @property
    def label(self) -> str:
        """The word as it is asked about."""
        rows = counted(self.rows, "row", "rows")
        return f'{self.status.header} "{self.cells[0].text}" ({rows})'

    @property
    def spellings(self) -> list[str]:
        """The word as it is declared: case does not matter there."""
        return list({c.text.lower(): c.text for c in reversed(self.cells)}.values())

    def filled(self, column: Seen) -> int:
        """In how many of its rows the column tells something."""
        return self.status.beside[normal(self.cells[0].text)][column.header]


def cancelled_of(
    columns: Sequence[Seen], roles: Mapping[str, Seen], dialogue: Dialogue
) -> Cancelled | None:
    """What dates work that ended without being done; asked where no column is it.

    None where nothing does, or it is open which column is which. One column dates all
    of it: the first answer leaves the others that column, or none.
    """
    if "status" not in roles or "cancelled_at" in roles or dialogue.leads_on:
        return None
    status, done = roles["status"], roles.get("completed_at")
    dated_by: Seen | None = None
    words: list[str] = []
    for word in sorted(_words(status), key=lambda w: bool(done and w.filled(done))):
        dating = _dating(word, columns, roles)
        if dated_by:
            dating = [column for column in dating if column is dated_by]
        answer = _ask(word, dating, roles, dialogue)
        if answer:
            dated_by = next(column for column in dating if column.header == answer)
            words += word.spellings
    return Cancelled(dated_by, {status.header: words}) if dated_by else None


def _words(status: Seen) -> Iterator[Word]:
    found: dict[str, list[Cell]] = {}
    for cell in status.cells.values():
        if means_ended(cell.text):
            found.setdefault(normal(cell.text), []).append(cell)
    for cells in found.values():
        yield Word(status, sorted(cells, key=lambda cell: -cell.count))


def _dating(
    word: Word, columns: Sequence[Seen], roles: Mapping[str, Seen]
) -> list[Seen]:
    """The columns that may date the end of its rows, the likeliest first."""
    done, received, due = map(roles.get, ("completed_at", "received_at", "due_at"))
    likely = [done if done and word.filled(done) else None, received, due]
    others = [c for c in columns if word.filled(c) == word.rows and is_of_days(c)]
    return list({c.header: c for c in [*likely, *others] if c}.values())


def _ask(
    word: Word, dating: Sequence[Seen], roles: Mapping[str, Seen], dialogue: Dialogue
) -> str | None:
    """The header of the column that dates it; empty where none does."""
    done = roles.get("completed_at")
    topic, what = "ended", "no column tells when"
    none = "it is not ended: it counts as open"
    if done and (filled := word.filled(done)):
        rows = counted(word.rows, "row", "rows")
        topic = f"ended {filled} of {word.rows}"
        what = f"{done.header} has a date in {filled:,} of {rows}"
        none = f"it is work done where {done.header} has a date"
    file, line = word.cells[0].place
    return dialogue.ask_alike(
        f"{topic} {word.label}",
        f"it sounds as if work ended without being done, and {what}, such as in "
        f"{file}, line {line}. Since when is it ended?",
        [*(_choice(column, roles) for column in dating), ("", none)],
        word.label,
    )


def _choice(column: Seen, roles: Mapping[str, Seen]) -> Choice:
    said = f"the date in {column.header}"
    if column is roles.get("completed_at"):
        said += ", and it is no work done"
    elif column is roles.get("received_at"):
        said += ": it never counts as open"
    elif column is roles.get("due_at"):
        said += ": until then it counts as open"
    return column.header, said
