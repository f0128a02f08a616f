"""Where the header of a table may stand, and which lines are no rows of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from os.path import commonprefix
from textwrap import shorten

from dashboard.sources.guessing import words
from dashboard.sources.guessing.numbers import KINDS
from dashboard.sources.guessing.written_dates import written
from dashboard.sources.guessing.written_numbers import number
from dashboard.sources.reading.headers import joined
from dashboard.sources.reading.rows import LOOKED_AT, Row

TOTAL = re.compile(
    r"(grand |overall |net |page )?(totals?|sum|summe|gesamt|gesamtsumme|somme)\b", re.I
)
SUBTOTAL = re.compile(
    r"(sub[ -]?totals?|zwischensumme|sum of|total of|total for)\b", re.I
)


@dataclass(frozen=True)
class Header:
    """A place where the header may stand: its first line, and of how many rows.

    Of two rows, `lower` is what the lower one says of each column.
    """

    line: int
    rows: int
    last_line: int
    names: tuple[str, ...]
    lower: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The answer that chooses it."""
        return f"{self.line}" if self.rows == 1 else f"{self.line}+{self.last_line}"

    @property
    def words(self) -> str:
        """Where it is, and what it says."""
        where = f"line {self.line}"
        if self.rows == 2:
            where = f"lines {self.line} and {self.last_line} together"
        names = ", ".join(filter(None, self.names))
        return f"{where}: {shorten(names, 120, placeholder=' …')}"


def headers_of(start: Sequence[Row]) -> list[Header]:
    """The places where the header may stand: one if it is evident, or none."""
    rows = [row for row in start if _filled(row)]
    widest = max((len(_filled(row)) for row in rows), default=0)
    wide = [i for i, row in enumerate(rows) if len(_filled(row)) >= 0.6 * widest]
    names = [i for i in wide if _is_of_names(rows[i]) and i < LOOKED_AT]
    if widest < 2 or not names:
        return []
    first = names[0]
    upper = rows[first - 1] if first else None
    if upper and _heads(upper, rows[first], is_above=True):
        return _of_two(upper, rows[first])
    lower = rows[first + 1] if first + 1 < len(rows) else None
    if (
        lower
        and _heads(rows[first], lower, is_above=False)
        and _stands_where_values_do(lower, rows[first + 2 :])
    ):
        return _of_two(rows[first], lower)
    return [_header([rows[first]])]


def _of_two(upper: Row, lower: Row) -> list[Header]:
    """Both rows where a merged cell shows that they are one header; else all ways."""
    if "merged_across" in (upper.kinds or ()) and len(_filled(upper)) > 1:
        return [_header([upper, lower])]
    return [_header([upper, lower]), _header([upper]), _header([lower])]


def _heads(upper: Row, lower: Row, *, is_above: bool) -> bool:
    """Whether two rows may be one header: the lower names what the upper leaves open.

    Above a wide row stands a narrow one: one of at least two names, and no title.
    """
    if not (_is_of_names(upper) and _is_of_names(lower)):
        return False
    if lower.line != upper.line + 1 or len(_filled(upper)) < 2:
        return False
    gaps = set(range(len(lower.cells))) - set(_filled(upper))
    return is_above or bool(gaps & set(_filled(lower)))


def _stands_where_values_do(row: Row, below: Sequence[Row]) -> bool:
    """Whether a word of the row has dates or numbers in most of the cells below it."""
    for place in _filled(row):
        cells = [r for r in below if place in _filled(r)]
        values = [r for r in cells if _is_value(r, place)]
        word = row.cells[place].strip().casefold()
        if values and 2 * len(values) > len(cells) and word not in words.USUAL:
            return True
    return False


def _header(rows: list[Row]) -> Header:
    cells = [[" ".join(cell.split()) for cell in row.cells] for row in rows]
    lines = rows[0].line, len(rows), rows[-1].line
    if len(rows) == 1:
        return Header(*lines, tuple(cells[0]))
    names = joined(cells[0], cells[1], rows[0].kinds)
    lower = cells[1] + [""] * (len(names) - len(cells[1]))
    return Header(*lines, tuple(names), tuple(lower))


def _filled(row: Row) -> list[int]:
    return [place for place, cell in enumerate(row.cells) if cell.strip()]


def _is_of_names(row: Row) -> bool:
    return not any(_is_value(row, place) for place in _filled(row))


def _is_value(row: Row, place: int) -> bool:
    """Whether a cell is a date, a number or the like, and so no name of a column."""
    kind = row.kinds[place] if row.kinds else None
    return (
        kind in ("date", "flag")
        or _is_number(row, place)
        or written(row.cells[place].strip()) is not None
    )


def _is_number(row: Row, place: int) -> bool:
    kind = row.kinds[place] if row.kinds else None
    if kind is not None:
        return kind in KINDS
    return number(row.cells[place].strip()) is not None


def total_of(row: Row) -> str | None:
    """totals or subtotals where the row is one of these, by its label and its cells.

    All beside the label are numbers: a client called Total has dates in its rows.
    """
    places = _filled(row)
    label = row.cells[places[0]].strip() if places else ""
    part = "subtotals" if SUBTOTAL.match(label) else "totals"
    if part == "totals" and not TOTAL.match(label):
        return None
    others = places[1:]
    return part if others and all(_is_number(row, place) for place in others) else None


def same_start(labels: Sequence[str]) -> str | None:
    """The words with which several labels of totals begin, if these are a label.

    What follows them, such as a month, is another in the next file: a star.
    """
    if len(labels) < 2:
        return None
    text = " ".join(commonprefix([label.split() for label in labels]))
    is_label = TOTAL.fullmatch(text) or SUBTOTAL.fullmatch(text)
    return f"{text} *" if is_label and text not in labels else None


def footer_of(row: Row, width: int) -> str | None:
    """The beginning of a line that is a remark: one cell of words in a wide table."""
    places = _filled(row)
    if len(places) != 1 or width < 3 or _is_value(row, places[0]):
        return None
    text = row.cells[places[0]].strip()
    if " " not in text:
        return None
    start = re.split(r"\d", text)[0].strip()
    return start if len(start) > 2 else text
