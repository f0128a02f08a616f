"""Tell of totals that nobody can check, since rows above them could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dashboard.sources.reading.rows import Note, counted

if TYPE_CHECKING:
    from dashboard.sources.typing.totals import Total

TOLD = 5  # totals of a file


def could_not_be_checked(totals: Sequence[Total], case: str) -> list[Note]:
    """Notes on totals of one file: the first each, and how many more there are."""
    notes = [Note(total.file, case, 1, _words(total)) for total in totals[:TOLD]]
    if more := totals[TOLD:]:
        others = counted(len(more), "other total", "other totals")
        told = f"{others} could not be checked either, since rows above them wait"
        notes.append(Note(more[0].file, case, len(more), told))
    return notes


def _words(total: Total) -> str:
    """Why a total could not be checked; of one cell alone, what it would have to be."""
    name, where = total.part.removesuffix("s"), f"line {total.unread_line:,}"
    said = f"the {name} of {total.header} in line {total.line:,} could not be checked"
    if total.unread > 1:
        return f"{said}, since {total.unread:,} rows above it wait, the first {where}"
    missing = _plain(total.stated - total.added)
    return (
        f"{said}, since {where} waits; the rows agree with it if {total.header} is "
        f"{missing} there"
    )


def _plain(number: Any) -> str:
    """A number without the zeros that say nothing."""
    text = f"{number:.4f}" if isinstance(number, float) else f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
