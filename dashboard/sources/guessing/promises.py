"""A column that tells how long work may take, by which its due date is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.sources.guessing import numbers, words
from dashboard.sources.guessing.asking import Dialogue
from dashboard.sources.guessing.roles import MOSTLY, NONE, shown
from dashboard.sources.guessing.seen import Cell, Seen, share_of
from dashboard.sources.guessing.types import filled_down, said, tell_unread
from dashboard.sources.guessing.written_promises import (
    DAYS,
    HOURS,
    MINUTES,
    Written,
    is_of_working_days,
    is_promise,
    promise,
    unit_of,
)
from dashboard.sources.headings import names_promise

NAME = "promised"  # of the column in the mapping
WORKING, ALWAYS = "working time", "always"
COUNTS = (
    (WORKING, "working time alone: opening hours, and days are working days"),
    (ALWAYS, "day and night: closed days count too, and a day is 24 hours"),
    ("", "it is no promise, such as the time that work took: the column is left out"),
)
UNITS = ((HOURS, "hours"), (DAYS, "days"), (MINUTES, "minutes"))
SIZES: Mapping[str, int | str] = {HOURS: 60, MINUTES: 1, DAYS: "day"}
Pairs = list[tuple[Cell, Written]]


@dataclass(frozen=True)
class Promised:
    """The column of the promise, and what counts between the receipt and its end."""

    column: Seen
    counts: str

    def pairs(self, filled: Mapping[str, Any]) -> dict[str, Any]:
        """What it fills of work_items: the due date, else the first that was promised.

        Nothing where columns of dates fill both.
        """
        given = {"after": NAME} | ({"counts": ALWAYS} if self.counts == ALWAYS else {})
        free = [name for name in ("due_at", "first_due_at") if name not in filled]
        return {free[0]: given} if free else {}


def promised_of(columns: Sequence[Seen], dialogue: Dialogue) -> Promised | None:
    """The column that is called like a promise and holds such; asked how it counts.

    None where there is none, where a person says so, or where its days are of two
    kinds.
    """
    found = {c.header: c for c in columns if _is_called_so(c) and _holds(c)}
    column = next(iter(found.values()), None)
    if len(found) > 1:
        choices = [*((header, shown(c)) for header, c in found.items()), NONE]
        sentence = "Which column tells how long the work may take?"
        column = found.get(dialogue.ask_role(NAME, sentence, choices) or "")
    if column is None:
        return None
    counts = dialogue.ask(
        f"promise {column.header}",
        f"{shown(column)}: it sounds as if work were promised within that time of its "
        "receipt. Which time counts?",
        COUNTS,
    )
    if counts == "" or (counts == ALWAYS and _has_working_days(column, dialogue)):
        return None
    return Promised(column, counts or WORKING)


def declared_promise(column: Seen, dialogue: Dialogue) -> dict[str, Any]:
    """What is declared of the column; asked where nothing says what it counts."""
    read = [(cell, promise(cell)) for cell in column.cells.values()]
    pairs: Pairs = [(cell, found) for cell, found in read if found]
    unit = _unit(column, pairs, dialogue)
    sizes = _sizes(column, pairs, dialogue)
    texts = [(cell, found.number) for cell, found in pairs if cell.kind is None]
    decimal = numbers.decimal_of(column, texts, dialogue)
    unread = [
        cell
        for cell, found in read
        if not (found and _is_read(found, decimal, unit, sizes))
    ]
    nulls = words.nulls_of_values(column, unread, "promise", dialogue)
    tell_unread(column, unread, "a promise", dialogue)
    found = said(type="promise", decimal=decimal, units=sizes, unit=unit, null=nulls)
    return filled_down(column, found, dialogue)


def _is_called_so(column: Seen) -> bool:
    return names_promise(column.header) or names_promise(column.lower)


def _holds(column: Seen) -> bool:
    """Whether most cells are promises; those that usually mean nothing aside."""
    is_like = share_of(column, lambda cell: is_promise(cell) or words.is_usual(cell))
    return is_like >= MOSTLY and any(map(is_promise, column.cells.values()))


def _has_working_days(column: Seen, dialogue: Dialogue) -> bool:
    """Whether a word of the column can only mean working days; told if so."""
    for cell in column.texts:
        found = promise(cell)
        if found and is_of_working_days(found.word):
            dialogue.tell(
                f"{column.header}: {cell.where}, counts working days, so not all of "
                "it counts day and night; the column is left out."
            )
            return True
    return False


def _unit(column: Seen, pairs: Pairs, dialogue: Dialogue) -> str | None:
    """What a number without a word counts, by the header or the answer."""
    bare = [cell for cell, found in pairs if not found.word and not found.is_duration]
    if not bare:
        return None
    if unit := unit_of(column.header):
        dialogue.tell(f"{column.header}: by its name, its plain numbers are {unit}.")
        return unit
    return dialogue.ask(
        f"unit {column.header}",
        f"{column.header}: what does a plain number such as {bare[0].text} count?",
        UNITS,
    )


def _sizes(column: Seen, pairs: Pairs, dialogue: Dialogue) -> dict[str, int | str]:
    """How much each word is, told; asked of those that are not known."""
    meant: dict[str, str] = {}
    for cell, found in pairs:
        if found.word and found.word not in meant:
            meant[found.word] = found.known or _asked(column, cell, found, dialogue)
    if said := [f'"{word}" counts {unit}' for word, unit in meant.items() if unit]:
        dialogue.tell(f"{column.header}: {', '.join(said)}.")
    return {word: SIZES[unit] for word, unit in meant.items() if unit}


def _asked(column: Seen, cell: Cell, found: Written, dialogue: Dialogue) -> str:
    """What a word counts that is not known; empty as long as nobody says it."""
    answer = dialogue.ask(
        f"word {found.word} in {column.header}",
        f'{column.header}: what does "{found.word}" count, as in {cell.where}?',
        [*UNITS, ("", "nothing: such rows wait in quarantine until they are mended")],
    )
    return answer or ""


def _is_read(
    found: Written,
    decimal: str | None,
    unit: str | None,
    sizes: Mapping[str, int | str],
) -> bool:
    """Whether an import reads it; parts of days it does not."""
    if found.word and found.word not in sizes:
        return False
    size = sizes.get(found.word, SIZES.get(unit or ""))
    return size != SIZES[DAYS] or found.is_duration or found.is_whole(decimal)
