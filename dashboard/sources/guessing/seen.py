"""What the sample of a column shows: its distinct cells, and where each stood first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from dashboard.sources.typing.cells import SPACES

LONGEST = 200  # characters of a cell that are kept; no date and no number has more
JUDGED = 2_000  # distinct cells by which it is seen what a column mostly is
Place = tuple[str, int]  # file and line


@dataclass(slots=True)
class Cell:
    """A text as it occurs in a column: what a workbook says of it, how often, where."""

    text: str
    kind: str | None
    count: int
    place: Place

    @property
    def where(self) -> str:
        """Where it stood first, and what it says: for sentences."""
        return f"{self.place[0]}, line {self.place[1]}, {self.text}"


@dataclass
class Seen:
    """A column of the sample. Empty cells are counted, never listed.

    Of a header of two rows, `lower` is what the lower one says.
    """

    header: str
    cells: dict[tuple[str, str | None], Cell] = field(default_factory=dict)
    filled: int = 0
    empty: int = 0
    lower: str = ""
    merged: int = 0  # empty cells that a merged cell covers from above
    # Of a word that means ended: by header, in how many of its rows there are digits.
    beside: defaultdict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )

    def add(self, text: str, kind: str | None, place: Place) -> None:
        """Count a cell."""
        text = text.strip(SPACES)[:LONGEST]
        if kind == "merged":
            self.merged += 1
        if not text:
            self.empty += 1
            return
        self.filled += 1
        cell = self.cells.get((text, kind))
        if cell is None:
            self.cells[text, kind] = Cell(text, kind, 1, place)
        else:
            cell.count += 1

    @property
    def texts(self) -> list[Cell]:
        """The cells that are texts: all of a CSV file."""
        return [cell for cell in self.cells.values() if cell.kind is None]

    @property
    def is_unique(self) -> bool:
        """Whether it tells rows apart, but for a few that are typed twice or not."""
        rows = self.filled + self.empty
        distinct = len({text for text, _ in self.cells})
        return bool(rows) and distinct >= 0.95 * rows - (rows > 2)


def share_of(column: Seen, is_such: Callable[[Cell], bool]) -> float:
    """How many of the filled cells are such, by the first of the distinct ones."""
    cells = list(islice(column.cells.values(), JUDGED))
    such = counted_cells(cell for cell in cells if is_such(cell))
    return such / counted_cells(cells) if cells else 0.0


def counted_cells(cells: Iterable[Cell]) -> int:
    """How many cells of the column these are."""
    return sum(cell.count for cell in cells)


def words_among(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Cells without any digit: neither dates nor numbers."""
    return (cell for cell in cells if not re.search(r"\d", cell.text))


def places(cells: Iterable[Cell], most: int = 5) -> str:
    """The lines in which some of the texts stood first."""
    lines = [f"line {cell.place[1]}" for cell in cells]
    return ", ".join(lines[:most]) + " and others" * (len(lines) > most)


def quoted(cells: Iterable[Cell], most: int = 5) -> str:
    """Some of the texts, as a sentence shows them."""
    texts = list(dict.fromkeys(cell.text for cell in cells))
    shown = ", ".join(f'"{text[:40]}"' for text in texts[:most])
    return shown + " and others" * (len(texts) > most)
