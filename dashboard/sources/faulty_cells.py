"""The cell that a reason of refusal is about, and how it is shown to a person."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.sources.columns import Column
from dashboard.sources.reading.headers import places_of

SHOWN = 60  # characters of a cell


def column_of(reason: str, columns: Sequence[Column]) -> Column | None:
    """The column whose header begins the reason; None where it is of the whole row."""
    named = [c for c in columns if reason.startswith(f"{c.header} ")]
    return max(named, key=lambda c: len(c.header), default=None)


def faulty_cell(
    reason: str, columns: Sequence[Column], header: Sequence[str], cells: Sequence[str]
) -> str | None:
    """The cell that the reason is about; None where that is the whole row."""
    column = column_of(reason, columns)
    places = places_of(header, column) if column else []
    return cells[places[0]] if len(places) == 1 else None


def shown(text: str) -> str:
    """A text of a file in quotation marks, cut, without what steers a terminal."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not plain:
        return "an empty cell"
    return f'"{plain}"' if len(plain) <= SHOWN else f'"{plain[: SHOWN - 2]} …"'
