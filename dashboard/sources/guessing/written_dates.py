"""How a text writes a date: its format, or the three numbers whose order is open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dashboard.sources.guessing.months import is_month

TIME = re.compile(
    r"(?P<gap>, | |T)\d{1,2}:\d{2}(?P<seconds>:\d{2})?(?P<part>\.\d{1,6})?"
    r"(?P<half> ?[AaPp][Mm])?(?P<zone>Z| ?[+-]\d{2}:?\d{2})?$"
)
HAS_DIGIT = re.compile(r"\d")
YEAR_FIRST = re.compile(r"\d{4}([/.-])(\d{1,2})\1(\d{1,2})")
NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
DAY_NAME = re.compile(r"\d{1,2}([ /.-]{1,2})([^\W\d_]{3,})([ /.,-]{1,2})(\d{4}|\d{2})")
NAME_DAY = re.compile(r"([^\W\d_]{3,})([ .]{1,2})\d{1,2}(, ?| )(\d{4})")
ORDERS = {  # of three numbers -> words for it
    "dmy": "day before month",
    "mdy": "month before day",
    "ymd": "the year before the month",
}
MOST = {"d": 31, "m": 12, "y": 9999}


@dataclass(frozen=True)
class Written:
    """A date as it is written.

    `form` is its strptime format, in which %b is any name of a month. Where the order
    is open, `numbers` are the three of them and `form` has {} in their places.
    """

    form: str
    numbers: tuple[int, int, int] | None = None
    has_short_year: bool = False
    has_name: bool = False
    ends_with_year: bool = False  # as others of its column show

    @property
    def has_time(self) -> bool:
        """Whether it tells a time of the day."""
        return ":%M" in self.form

    def orders(self) -> frozenset[str]:
        """The orders in which its three numbers can be a date."""
        assert self.numbers
        if self.has_short_year:
            return _orders(self.numbers) - ({"ymd"} if self.ends_with_year else set())
        return _orders((*self.numbers[:2], 2000)) - {"ymd"}

    def ordered(self, order: str) -> str:
        """Its format, once the order is known."""
        year = "y" if self.has_short_year else "Y"
        return self.form.format(
            *(f"%{year if part == 'y' else part}" for part in order)
        )


@lru_cache(maxsize=65_536)  # days and months are few
def _orders(numbers: tuple[int, int, int]) -> frozenset[str]:
    return frozenset(
        order
        for order in ORDERS
        if all(
            n <= MOST[part] and (n > 0 or part == "y")
            for part, n in zip(order, numbers, strict=True)
        )
    )


def written(text: str) -> Written | None:
    """How the text writes a date; None where it writes none that is known here."""
    if not HAS_DIGIT.search(text):
        return None
    time = TIME.search(text) if ":" in text else None
    day = text[: time.start()] if time else text
    clock = _clock(time) if time else ""
    for read in (_year_first, _numbers, _day_name, _name_day):
        if (found := read(day, clock)) is not None:
            return found
    return None


def _clock(time: re.Match[str]) -> str:
    half = time["half"] or ""
    zone = time["zone"] or ""
    return "".join(
        (
            time["gap"],
            "%I:%M" if half else "%H:%M",
            ":%S" if time["seconds"] else "",
            ".%f" if time["part"] else "",
            f"{' ' if half.startswith(' ') else ''}%p" if half else "",
            f"{' ' if zone.startswith(' ') else ''}%z" if zone else "",
        )
    )


def _year_first(day: str, clock: str) -> Written | None:
    found = YEAR_FIRST.fullmatch(day)
    if not found or not (1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31):
        return None
    return Written(f"%Y{found[1]}%m{found[1]}%d{clock}")


def _numbers(day: str, clock: str) -> Written | None:
    found = NUMBERS.fullmatch(day)
    if not found:
        return None
    first, mark, second, third = found.groups()
    numbers = (int(first), int(second), int(third))
    form = f"{{}}{mark}{{}}{mark}{{}}{clock}"
    made = Written(form, numbers, has_short_year=len(third) == 2)
    return made if made.orders() else None


def _day_name(day: str, clock: str) -> Written | None:
    found = DAY_NAME.fullmatch(day)
    if not found or not is_month(found[2]):
        return None
    is_short = len(found[4]) == 2
    form = f"%d{found[1]}%b{found[3]}%{'y' if is_short else 'Y'}{clock}"
    return Written(form, None, is_short, has_name=True)


def _name_day(day: str, clock: str) -> Written | None:
    found = NAME_DAY.fullmatch(day)
    if not found or not is_month(found[1]):
        return None
    return Written(f"%b{found[2]}%d{found[3]}%Y{clock}", has_name=True)
