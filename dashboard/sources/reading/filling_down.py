"""Fill an empty cell with the one above it, where a mapping declares `fill_down`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.sources.columns import Column
from dashboard.sources.reading.rows import Row

Cell = tuple[str, str | None]  # its text and its kind
Above = dict[int, Cell | None]  # place -> the cell above; None: it is not known


def filled_down(
    rows: Iterator[Row], columns: Sequence[Column], places: dict[str, int]
) -> Iterator[Row]:
    """The rows, with cells filled in. Below a row that is refused nothing is known.

    An empty cell there refuses its row too, for it might belong to the refused one.
    """
    down = [places[column.name] for column in columns if column.fill_down]
    return _filled(rows, down) if down else rows


def _filled(rows: Iterator[Row], down: list[int]) -> Iterator[Row]:
    above: Above = dict.fromkeys(down, ("", None))
    for row in rows:
        if row.fault:
            above = dict.fromkeys(down, None)
            yield row
        elif row.part != "row":
            yield row
        else:
            yield _row_below(row, above)


def _row_below(row: Row, above: Above) -> Row:
    """The row with what stands above it; keeps in `above` what is below."""
    cells = list(row.cells)
    kinds: list[str | None] = list(row.kinds or [None] * len(cells))
    for place, cell in above.items():
        if cells[place].strip():
            above[place] = cells[place], kinds[place]
        elif kinds[place] == "merged_across":
            continue  # what covers it stands beside it, not above
        elif cell is None:
            fault = "has an empty cell below a row that is refused: it cannot be filled"
            return replace(row, cells=[], kinds=None, case="merged_cells", fault=fault)
        else:
            cells[place], kinds[place] = cell
    return replace(row, cells=cells, kinds=kinds if row.kinds else None)
