"""The type of a column, and what its type needs declared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dashboard.relations.mapped import WORK_ITEMS
from dashboard.sources.guessing import dates, numbers, times, words
from dashboard.sources.guessing.asking import Dialogue
from dashboard.sources.guessing.money import is_of_money
from dashboard.sources.guessing.roles import MOSTLY, without_words
from dashboard.sources.guessing.seen import (
    Cell,
    Seen,
    counted_cells,
    places,
    quoted,
    words_among,
)
from dashboard.sources.guessing.spellings import same_of
from dashboard.sources.guessing.written_numbers import LARGE

Declared = dict[str, Any]  # what a line of [columns] says after `from`
DUE = ("due_at", "first_due_at")


def declared(
    column: Seen, name: str, time: Seen | None, dialogue: Dialogue
) -> Declared:
    """What is declared of the column that fills `name` of work_items.

    `time` is the column that tells its times of the day, if another one does.
    """
    kind = WORK_ITEMS.kind(name)
    if time:
        found = _of_dates(column, False, "instant", dialogue) | {"time": time.header}
    elif kind == "instant":
        found = _of_dates(column, name in DUE, "instant", dialogue)
    elif kind in ("money", "minutes"):
        found = _of_numbers(column, kind, dialogue)
    else:
        found = _of_texts(column, "key", name != "item_id")
        if name == "item_id":
            words.tell_twins(column, dialogue)
        else:
            found |= said(same=same_of(column, name, dialogue))
    return filled_down(column, found, dialogue)


def declared_times(column: Seen, date: Seen, dialogue: Dialogue) -> Declared:
    """What is declared of the column that tells the times of the day of a date."""
    found = times.look(column)
    nulls = words.nulls_of_values(column, found.unread, "time", dialogue)
    tell_unread(column, found.unread, "a time of the day", dialogue)
    declares = said(
        type="time",
        format=times.formats(found),
        empty=None if column.merged else times.empty_of(column, date, dialogue),
        null=nulls,
    )
    return filled_down(column, declares, dialogue)


def declared_by_cells(column: Seen, is_due: bool, dialogue: Dialogue) -> Declared:
    """What the cells alone show of a column; of days that may be due, their end."""
    if flags := words.flag_words(column):
        true, false = flags
        found: Declared = {"type": "flag"}
        found |= {"true": true} if true else {}
        found |= {"false": false} if false else {}
        return found
    plain = without_words(column)
    if dates.share(plain) >= MOSTLY:
        return _of_dates(column, is_due, None, dialogue)
    if numbers.share(plain) >= MOSTLY and not _has_leading_zeros(column):
        return _of_numbers(column, None, dialogue)
    return _of_texts(column, "key" if column.is_unique else "text", True)


def _of_dates(
    column: Seen, is_due: bool, type_: str | None, dialogue: Dialogue
) -> Declared:
    found = dates.look(column, dialogue)
    if is_due and found.has_day_alone and not found.has_time:
        type_ = "end_of_day"
        dialogue.tell(f"{column.header} has no times: work is due by the end of a day.")
    elif is_due and found.has_day_alone:
        dialogue.tell(
            f"{column.header} has times in some cells only: work without one is due at "
            "the midnight that begins its day."
        )
    type_ = type_ or ("instant" if found.has_time else "date")
    nulls = words.nulls_of_values(column, found.unread, "date", dialogue)
    tell_unread(column, found.unread, "a date", dialogue)
    return said(
        type=type_,
        format=dates.formats(found, type_),
        pivot=found.pivot,
        months=found.months,
        null=nulls,
    )


def _of_numbers(column: Seen, type_: str | None, dialogue: Dialogue) -> Declared:
    found = numbers.look(column, type_, dialogue)
    type_ = type_ or _type_of(column, found)
    if type_ == "money" and (word := _large_word(column.header)):
        dialogue.tell(
            f"{column.header}: numbers are taken as they stand, not as so many {word}."
        )
    nulls = words.nulls_of_values(column, found.unread, "number", dialogue)
    tell_unread(column, found.unread, "a number", dialogue)
    return said(
        type=type_,
        decimal=found.decimal,
        currency=found.currency if type_ != "share" else [],
        units=found.units if type_ != "share" else {},
        null=nulls,
    )


def _large_word(header: str) -> str | None:
    """The word by which a header says that its numbers are lakhs or the like."""
    return next((w for w in re.findall("[a-z]+", header.lower()) if w in LARGE), None)


def _type_of(column: Seen, found: numbers.Numbers) -> str:
    """The type of numbers that fill nothing of ours, by their cells."""
    if found.is_percent or "%" in column.header:
        return "share"
    if found.counts_time:
        return "minutes"
    if found.currency or found.units or is_of_money(column):
        return "money"
    return "count" if found.is_whole else "value"


def _of_texts(column: Seen, type_: str, may_be_empty: bool) -> Declared:
    nulls = words.nulls_of_text(column) if may_be_empty else []
    return said(type=type_, null=nulls)


def filled_down(column: Seen, found: Declared, dialogue: Dialogue) -> Declared:
    """With fill_down where merged cells of a workbook show that it is meant."""
    if not column.merged:
        return found
    dialogue.tell(
        f"{column.header}: {column.merged:,} cells are merged with the one above, "
        "whose value they are given."
    )
    return found | {"fill_down": True}


def tell_unread(
    column: Seen,
    unread: Sequence[Cell],
    what: str,
    dialogue: Dialogue,
) -> None:
    """Tell of cells that no word of the mapping can make readable."""
    words_apart = set(map(id, words_among(unread)))  # which are asked about
    wrong = [cell for cell in unread if id(cell) not in words_apart]
    if wrong:
        dialogue.tell(
            f"{column.header}: {quoted(wrong)} cannot be read as {what} "
            f"({places(wrong)}); rows that will wait in quarantine for it: "
            f"{counted_cells(wrong):,}."
        )


def _has_leading_zeros(column: Seen) -> bool:
    return any(
        len(cell.text) > 1 and cell.text[0] == "0" and cell.text.isdigit()
        for cell in column.texts
    )


def said(**values: Any) -> Declared:
    """What is declared, without what is empty."""
    return {key: value for key, value in values.items() if value not in (None, [], {})}
