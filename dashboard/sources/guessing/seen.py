"""What the sample of a column shows: its distinct cells, and where each stood first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dashboard.sources.typing.cells import SPACES

Place = tuple[str, int]  # file and line


@dataclass
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
    """A column of the sample. Empty cells are counted, never listed."""

    header: str
    cells: dict[tuple[str, str | None], Cell] = field(default_factory=dict)
    filled: int = 0
    empty: int = 0
    merged: int = 0  # empty cells that a merged cell covers from above

    def add(self, text: str, kind: str | None, place: Place) -> None:
        """Count a cell."""
        text = text.strip(SPACES)
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


def counted_cells(cells: Iterable[Cell]) -> int:
    """How many cells of the column these are."""
    return sum(cell.count for cell in cells)


def words_among(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Cells without any digit: neither dates nor numbers."""
    return (cell for cell in cells if not re.search(r"\d", cell.text))


def quoted(cells: Iterable[Cell], most: int = 5) -> str:
    """Some of the texts, as a sentence shows them."""
    texts = list(dict.fromkeys(cell.text for cell in cells))
    shown = ", ".join(f'"{text[:40]}"' for text in texts[:most])
    return shown + " and others" * (len(texts) > most)
