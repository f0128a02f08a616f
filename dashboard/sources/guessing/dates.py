"""Which formats, pivot and names of months a column of dates needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dashboard.sources.columns import ISO
from dashboard.sources.guessing import months
from dashboard.sources.guessing.asking import Choice, Dialogue
from dashboard.sources.guessing.seen import Cell, Seen, share_of
from dashboard.sources.guessing.written_dates import ORDERS, Written, written
from dashboard.sources.typing.dates import UNDECLARED

Pairs = list[tuple[Cell, Written]]
SERIALS = ("number", "number_1904")
PIVOTS: tuple[Choice, ...] = (  # the pivot, and the years that it gives
    ("100", "all of them 20..: 00 is 2000, 99 is 2099"),
    ("70", "00 to 69 are 20.., 70 to 99 are 19..: 1970 to 2069"),
    ("50", "00 to 49 are 20.., 50 to 99 are 19..: 1950 to 2049"),
    ("30", "00 to 29 are 20.., 30 to 99 are 19..: 1930 to 2029"),
    ("0", "all of them 19..: 00 is 1900, 99 is 1999"),
)


@dataclass
class Dates:
    """What is declared of a column of dates, and which of its cells are none."""

    formats: Counter[str] = field(default_factory=Counter)
    pivot: int | None = None
    months: list[str] = field(default_factory=list)
    has_time: bool = False
    has_day_alone: bool = False
    unread: list[Cell] = field(default_factory=list)


def is_date(cell: Cell) -> bool:
    """Whether it can be nothing but a date."""
    return cell.kind == "date" or (cell.kind is None and written(cell.text) is not None)


def is_serial(cell: Cell) -> bool:
    """Whether a workbook may count days by it: one from 1954 to 2119."""
    return cell.kind in SERIALS and 20_000 <= float(cell.text) < 80_000


def may_be_date(cell: Cell) -> bool:
    """Whether it is a date in a column that is known to hold dates."""
    return is_date(cell) or is_serial(cell)


def look(column: Seen, dialogue: Dialogue) -> Dates:
    """See how the column writes its dates; ask what its cells leave open."""
    texts = [(cell, written(cell.text)) for cell in column.texts]
    pairs = [(cell, found) for cell, found in texts if found is not None]
    stored = [cell for cell in column.cells.values() if _is_stored(cell)]
    found = _times(column, pairs, stored)
    _tell_serials(column, stored, dialogue)
    _place_in_century(column, pairs, found, dialogue)
    ordered = _order(column, [p for p in pairs if p[1].numbers], dialogue)
    pairs = [p for p in pairs if not p[1].numbers] + ordered
    _name_months(column, pairs, found, dialogue)
    found.formats = _one_kind_of_zone(column, found.formats, dialogue)
    if stored:  # a file to be mended writes the dates of a workbook so
        found.formats[ISO["date"]] += 0
        if found.has_time:
            found.formats[ISO["instant"]] += 0
    return found


def _is_stored(cell: Cell) -> bool:
    return cell.kind == "date" or is_serial(cell)


def _times(column: Seen, pairs: Pairs, stored: list[Cell]) -> Dates:
    """Which cells are no dates, and whether the others tell a time of the day."""
    dated = {id(cell) for cell in [*stored, *(cell for cell, _ in pairs)]}
    timed = [date.has_time for _, date in pairs]
    timed += [":" in cell.text or "." in cell.text for cell in stored]
    return Dates(
        has_time=any(timed),
        has_day_alone=not all(timed),
        unread=[cell for cell in column.cells.values() if id(cell) not in dated],
    )


def _tell_serials(column: Seen, stored: list[Cell], dialogue: Dialogue) -> None:
    serial = next(filter(is_serial, stored), None)
    if serial:
        dialogue.tell(
            f"{column.header}: {serial.where}, is a number, and read as the day that "
            "it is in a workbook."
        )


def formats(dates: Dates, type_: str) -> list[str]:
    """What has to be declared as format: nothing where all is read without."""
    if set(dates.formats) <= set(UNDECLARED[type_]):
        return []
    return [form for form, _ in dates.formats.most_common()]


def _order(column: Seen, pairs: Pairs, dialogue: Dialogue) -> Pairs:
    """Dates of three numbers, with the order of each way of writing them."""
    groups: dict[str, Pairs] = {}
    for cell, date in pairs:
        mark = date.form[2]
        groups.setdefault(mark + "yy" * date.has_short_year, []).append((cell, date))
    groups = {group: _year_last(group, groups) for group in groups}
    settled = []
    for group, members in groups.items():
        order = _order_of(column, group, members, dialogue)
        if order:
            settled += [
                (cell, replace(date, form=date.ordered(order), numbers=None))
                for cell, date in members
                if order in date.orders()
            ]
    return settled


def _year_last(group: str, groups: Mapping[str, Pairs]) -> Pairs:
    """The dates of a group, without those orders that begin with the year.

    So where other dates with the same mark end with a year of four digits.
    """
    if group.removesuffix("yy") not in groups:
        return groups[group]
    return [(cell, replace(date, ends_with_year=True)) for cell, date in groups[group]]


def _order_of(column: Seen, group: str, pairs: Pairs, dialogue: Dialogue) -> str | None:
    """The order that the cells leave, told with those that show it; or the answer."""
    seen = [(cell, date.orders()) for cell, date in pairs]
    possible = frozenset().union(*(orders for _, orders in seen))
    left = possible.intersection(*(orders for _, orders in seen))
    if len(left) == 1:
        [order] = left
        for cell in _showing(seen, order):
            dialogue.tell(f"{column.header}: {cell.where}, shows {ORDERS[order]}.")
        return order
    example = next((cell for cell, orders in seen if len(orders) > 1), seen[0][0])
    which = ", or ".join(ORDERS[order] for order in ORDERS if order in possible)
    words = f"does {example.text} have {which}?"
    choices = [
        (order, f"{ORDERS[order]}: {_spoken(example, order)}")
        for order in ORDERS
        if order in (left or possible)
    ]
    key = f"order {column.header} {group}"
    if left:
        return dialogue.ask_alike(key, words, choices, column.header)
    sentence = (
        f"{column.header} is written in more than one order: {_each(seen)}. Which is "
        "meant? Cells that cannot be so will wait in quarantine."
    )
    return dialogue.ask(key, sentence, choices)


def _showing(seen: list[tuple[Cell, frozenset[str]]], order: str) -> list[Cell]:
    """The first cell that rules out each other order."""
    others = {"dmy", "mdy"}.union(*(orders for _, orders in seen)) - {order}
    found = [
        next(cell for cell, orders in seen if other not in orders) for other in others
    ]
    return list({cell.where: cell for cell in found}.values())


def _each(seen: list[tuple[Cell, frozenset[str]]]) -> str:
    """A cell for each order that is the only one possible there."""
    told = []
    for order, words in ORDERS.items():
        cell = next((cell for cell, orders in seen if orders == {order}), None)
        if cell:
            told.append(f"{cell.where}, shows {words}")
    return "; ".join(told) or "no order fits all of its dates"


def _spoken(cell: Cell, order: str) -> str:
    """The date that a cell is in an order, in words that no order can change."""
    date = written(cell.text)
    assert date
    assert date.numbers
    if order not in date.orders():
        return f"not {cell.text}"
    told = dict(zip(order, date.numbers, strict=True))
    year = f"{told['y']:02}" if date.has_short_year else told["y"]
    return f"{told['d']} {months.ENGLISH[told['m'] - 1]} {year}"


def _name_months(column: Seen, pairs: Pairs, found: Dates, dialogue: Dialogue) -> None:
    """Count the formats, those with names by the language of these."""
    for cell, date in pairs:
        if not date.has_name:
            found.formats[date.form] += cell.count
    named = [(cell, date) for cell, date in pairs if date.has_name]
    words = {months.word_of(cell.text) for cell, _ in named}
    foreign = sorted(word for word in words if months.letters([word]) is None)
    if foreign:
        found.months = _months_of(column, words, foreign, dialogue)
    for cell, date in named:
        letter = "b" if foreign else months.letters([months.word_of(cell.text)])
        found.formats[date.form.replace("%b", f"%{letter}")] += cell.count


def _months_of(
    column: Seen, words: set[str], foreign: list[str], dialogue: Dialogue
) -> list[str]:
    key = f"months {column.header}"
    said = f"{column.header} names months in another language, such as {foreign[0]}: "
    choices = [
        (", ".join(names), f"{language}: {', '.join(names)}")
        for language, names in months.languages(words)
    ]
    ask = "which names are they?" if choices else "write the twelve, January first."
    own = "" if choices else "the twelve names, with commas between them"
    answer = dialogue.ask(key, said + ask, choices, own)
    names = [name.strip() for name in (answer or "").split(",") if name.strip()]
    return names if len(names) == 12 else []


def _place_in_century(
    column: Seen, pairs: Pairs, found: Dates, dialogue: Dialogue
) -> None:
    short = [cell for cell, date in pairs if date.has_short_year]
    if short:
        answer = dialogue.ask_alike(
            f"pivot {column.header}",
            f"years have two digits, such as {short[0].text}. Which years are they?",
            PIVOTS,
            column.header,
        )
        found.pivot = None if answer is None else int(answer)


def _one_kind_of_zone(
    column: Seen, counted: Counter[str], dialogue: Dialogue
) -> Counter[str]:
    """The formats with an offset, or those without: one column cannot have both."""
    zoned = Counter({form: n for form, n in counted.items() if "%z" in form})
    plain = counted - zoned
    if not zoned or not plain:
        return counted
    kept, left = (zoned, plain) if zoned.total() >= plain.total() else (plain, zoned)
    dialogue.tell(
        f"{column.header} tells an offset from UTC in some cells only: "
        f"{left.total():,} will wait in quarantine."
    )
    return kept


def share(column: Seen) -> float:
    """How many of the filled cells are dates."""
    return share_of(column, is_date)
