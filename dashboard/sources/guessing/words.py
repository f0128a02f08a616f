"""Words in place of a value, words for yes and no, and names written in two ways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.sources.guessing.asking import Dialogue
from dashboard.sources.guessing.seen import (
    Cell,
    Seen,
    counted_cells,
    quoted,
    words_among,
)

NOTHING = (  # means nothing in any column
    *("-", "--", "---", "\u2013", "\u2014", "?", "n/a", "n.a.", "#n/a", "null"),
    *("(blank)", "(empty)", "tbd", "tbc"),
)
NOT_YET = (  # means nothing in a column of dates or numbers
    *("na", "none", "pending", "open", "not yet", "awaited", "awaiting", "wip"),
    *("in progress", "to be decided", "to be confirmed", "unknown", "blank", "."),
)
USUAL = NOTHING + NOT_YET
PAIRS = (  # words for yes, words for no
    (("yes", "y"), ("no", "n")),
    (("ja", "j"), ("nein", "n", "nee")),
    (("oui", "o"), ("non", "n")),
    (("s\u00ed", "si", "sim", "s"), ("no", "n\u00e3o", "n")),
    (("true", "t"), ("false", "f")),
    (("done",), ("not done",)),
)


def is_usual(cell: Cell) -> bool:
    """Whether it is a text that usually means nothing among dates and numbers."""
    return cell.kind is None and _is(cell, USUAL)


def is_nothing(cell: Cell) -> bool:
    """Whether it is a text that means nothing in any column."""
    return cell.kind is None and _is(cell, NOTHING)


def nulls_of_text(column: Seen) -> list[str]:
    """The words that mean nothing even among texts."""
    return _spellings(cell for cell in column.texts if is_nothing(cell))


def nulls_of_values(
    column: Seen, unread: Sequence[Cell], what: str, dialogue: Dialogue
) -> list[str]:
    """The words among the unread cells of dates or numbers that mean nothing.

    Those that usually do are told; of others it is asked.
    """
    words = [cell for cell in words_among(unread) if cell.kind is None]
    known = [cell for cell in words if is_usual(cell)]
    others = [cell for cell in words if cell not in known]
    if known:
        dialogue.tell(
            f"{column.header}: {quoted(known)} ({_times(known)}) is read as no {what}."
        )
    if not others:
        return _spellings(known)
    answer = dialogue.ask(
        f"words {column.header}",
        f"{column.header}: what does {quoted(others)} ({_times(others)}) mean?",
        [
            ("null", f"no {what} (yet): the cell is read as empty"),
            ("refuse", "a mistake: the row waits in quarantine until it is mended"),
        ],
    )
    return _spellings([*known, *(others if answer == "null" else [])])


def flag_words(column: Seen) -> tuple[list[str], list[str]] | None:
    """The words for yes and for no, if the column has these words alone."""
    kinds = {cell.kind for cell in column.cells.values()}
    texts = {cell.text.casefold() for cell in column.texts}
    if not kinds or kinds - {None, "flag"}:
        return None
    for yes, no in PAIRS:
        if texts <= {*yes, *no}:
            said = _spellings(column.texts)
            true = [word for word in said if word.casefold() in yes]
            return true, [word for word in said if word.casefold() in no]
    return None


def tell_twins(column: Seen, dialogue: Dialogue) -> None:
    """Tell of keys that stand in several rows."""
    twins = [cell for cell in column.cells.values() if cell.count > 1]
    if twins:
        dialogue.tell(
            f"{column.header}: rows share {quoted(twins)}; where they differ, they "
            "will wait in quarantine."
        )


def _is(cell: Cell, words: Sequence[str]) -> bool:
    return cell.text.casefold() in words


def _spellings(cells: Iterable[Cell]) -> list[str]:
    """The texts as they occur, for null words are compared letter by letter."""
    return list(dict.fromkeys(cell.text for cell in cells))


def _times(cells: Sequence[Cell]) -> str:
    count = counted_cells(cells)
    return "once" if count == 1 else f"{count:,} times"
