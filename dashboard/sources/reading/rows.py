"""What reading gives: rows, and notes on what was met on the way."""

from __future__ import annotations

from dataclasses import dataclass

LOOKED_AT = 30  # rows at the start of a table, among which its header is looked for
MOST_COLUMNS = 200  # of a sheet


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line it starts on, its text, and its cells or what is wrong.

    `kinds` says of each cell of a workbook what it is (None: text). `case` names the
    rule that the fault breaks, as in docs/reliability.md. `part` is row, totals or
    subtotals.
    """

    line: int
    text: str
    cells: list[str]
    kinds: list[str | None] | None = None
    case: str | None = None
    fault: str | None = None
    part: str = "row"


@dataclass(frozen=True)
class Note:
    """Something in a file that a person should know, though every value is exact."""

    file: str
    case: str
    count: int
    words: str

    def __str__(self) -> str:
        return f"{self.file}: {self.words}."


def counted(count: int, one: str, many: str) -> str:
    """A number of things: "1 row", "2 rows"."""
    return f"{count:,} {one if count == 1 else many}"
