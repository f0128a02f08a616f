"""Which decimal mark, currency and units a column of numbers needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from dashboard.sources.guessing.asking import Dialogue
from dashboard.sources.guessing.seen import Cell, Seen, share_of
from dashboard.sources.guessing.written_numbers import (
    LARGE,
    TIMES,
    Number,
    family,
    number,
)

KINDS = ("number", "number_1904", "number_undated", "percent", "duration")
MARKS = {".": "a decimal point", ",": "a decimal comma"}


@dataclass
class Numbers:
    """What is declared of a column of numbers, and what they are seen to count."""

    decimal: str | None = None
    currency: list[str] = field(default_factory=list)
    units: dict[str, int] = field(default_factory=dict)
    is_whole: bool = True
    counts_time: bool = False
    is_percent: bool = False
    unread: list[Cell] = field(default_factory=list)  # no numbers, or of other units


Pairs = list[tuple[Cell, Number]]


def is_number(cell: Cell) -> bool:
    """Whether it is a number, alone or with a currency or units."""
    if cell.kind is not None:
        return cell.kind in KINDS
    return number(cell.text) is not None


def has_currency(cell: Cell) -> bool:
    """Whether it is a number with a currency."""
    found = number(cell.text) if cell.kind is None else None
    return found is not None and bool(found.currency)


def has_plain(column: Seen) -> bool:
    """Whether a cell is a number that does not say what it counts."""
    return any(
        cell.kind not in (None, "duration")
        or ((found := number(cell.text)) is not None and not found.units)
        for cell in column.cells.values()
        if cell.kind in (None, *KINDS)
    )


def look(column: Seen, type_: str | None, dialogue: Dialogue) -> Numbers:
    """See how the column writes its numbers; ask what its cells leave open.

    Minutes have units of time, and no others have; without a type, the cells tell it.
    """
    read = [(cell, number(cell.text)) for cell in column.texts]
    pairs = [(cell, found) for cell, found in read if found is not None]
    stored = [cell for cell in column.cells.values() if cell.kind in KINDS]
    counts_time = _are_most(pairs, [found.counts_time for _, found in pairs])
    sizes = TIMES if type_ == "minutes" or not type_ and counts_time else LARGE
    units = _units(pairs, sizes)
    return Numbers(
        decimal=decimal_of(column, pairs, dialogue),
        currency=_currency(column, pairs, dialogue),
        units=units,
        unread=_unread(column, pairs, units),
        is_whole=all(found.is_whole and not found.units for _, found in pairs)
        and not any("." in cell.text for cell in stored),
        counts_time=counts_time or any(cell.kind == "duration" for cell in stored),
        is_percent=any(cell.kind == "percent" for cell in stored)
        or _are_most(pairs, [found.is_percent for _, found in pairs]),
    )


def _are_most(pairs: Pairs, such: Sequence[bool]) -> bool:
    """Whether as many of the numbers with a mark beside them are such as are not."""
    marked = [
        (cell.count, is_such)
        for (cell, found), is_such in zip(pairs, such, strict=True)
        if found.units or found.currency or found.is_percent
    ]
    of_them = sum(count for count, is_such in marked if is_such)
    return 0 < of_them >= sum(count for count, _ in marked) / 2


def decimal_of(column: Seen, pairs: Pairs, dialogue: Dialogue) -> str | None:
    """The decimal mark that a cell shows, told with the cell; or the answer."""
    point = next((cell for cell, found in pairs if found.shows_point), None)
    comma = next((cell for cell, found in pairs if found.shows_comma), None)
    is_open = next((cell for cell, found in pairs if found.is_open), None)
    key = f"decimal {column.header}"
    if point and comma:
        return dialogue.ask(
            key,
            f"{column.header} is mixed: {point.where}, has a decimal point, and "
            f"{comma.where}, a decimal comma. Which is meant? Cells that cannot be so "
            "will wait in quarantine.",
            sorted(MARKS.items(), key=lambda mark: -_shown(pairs, mark[0])),
        )
    if shown := point or comma:
        mark = "." if point else ","
        dialogue.tell(f"{column.header}: {shown.where}, shows {MARKS[mark]}.")
        return mark
    if is_open:
        text = is_open.text
        return dialogue.ask(
            key,
            f"{column.header}: does {text} have a decimal point or a decimal comma?",
            [
                (mark, f"{words}: {_reading(text, mark)}")
                for mark, words in MARKS.items()
            ],
        )
    return None


def _shown(pairs: Pairs, mark: str) -> int:
    """How many cells show the decimal mark."""
    return sum(
        cell.count
        for cell, found in pairs
        if (found.shows_point if mark == "." else found.shows_comma)
    )


def _reading(text: str, mark: str) -> str:
    """What an open number is by a mark, in words that no mark can change."""
    is_decimal = mark in text
    return "a few, with three decimals" if is_decimal else "thousands"


def _currency(column: Seen, pairs: Pairs, dialogue: Dialogue) -> list[str]:
    """All spellings of the one currency; asked which where there are several."""
    families: dict[tuple[str, ...], list[str]] = {}
    counts: Counter[str] = Counter()
    for cell, found in pairs:
        if found.currency:
            families.setdefault(family(found.currency), []).append(found.currency)
            counts[family(found.currency)[0]] += cell.count
    if len(families) > 1:
        named = [name for name, _ in counts.most_common()]
        answer = dialogue.ask(
            f"currency {column.header}",
            f"{column.header} has the currencies {', '.join(named)}: which one counts? "
            "Rows of the others will wait in quarantine.",
            [(name, name) for name in named],
        )
        families = {f: seen for f, seen in families.items() if f[0] == answer}
    return [
        mark
        for spellings, seen in families.items()
        for mark in dict.fromkeys([*spellings, *seen])
    ]


def _units(pairs: Pairs, sizes: dict[str, int]) -> dict[str, int]:
    """The words within numbers that have a size, and how much each is."""
    words = {word.lower() for _, found in pairs for word in found.units}
    return {word: sizes[word] for word in sorted(words & sizes.keys())}


def _unread(column: Seen, pairs: Pairs, units: Collection[str]) -> list[Cell]:
    read = {id(c) for c, found in pairs if {w.lower() for w in found.units} <= {*units}}
    return [
        cell
        for cell in column.cells.values()
        if cell.kind not in KINDS and id(cell) not in read
    ]


def share(column: Seen) -> float:
    """How many of the filled cells are numbers."""
    return share_of(column, is_number)
