"""How a text writes a promise: a number, and a word for hours, days or minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.sources.guessing.seen import Cell
from dashboard.sources.guessing.written_numbers import PLAIN, Number, number

PROMISE = re.compile(r"[+]?([0-9., ']*[0-9.,]) *([^\W\d_](?:[^\W\d]|[. -])*(?<![ -]))?")
HOURS, DAYS, MINUTES = "hours", "days", "minutes"
WORDS = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "std", "u", "uur"), HOURS),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), MINUTES),
    **dict.fromkeys(("d", "day", "days"), DAYS),
}
WORKING = (  # days that cannot be days of 24 hours
    *("wd", "wds", "bd", "bds", "working day", "working days", "work days"),
    *("business day", "business days", "workday", "workdays", "werkdag", "werkdagen"),
)
STORED = ("number", "number_1904", "number_undated")
# Words of a header that say what its numbers count; a single letter, in brackets only.
IN_HEADER = {
    HOURS: r"\b(hrs?|hours?|stunden|uren)\b|[(\[](h|std|u)[)\]]",
    DAYS: r"\b(days?|wd|bd)\b|[(\[]d[)\]]",
    MINUTES: r"\b(mins?|minutes?)\b",
}


@dataclass(frozen=True)
class Written:
    """A promise as it is written; without a word, its cell does not say the unit."""

    number: Number
    word: str = ""
    is_stored: bool = False  # as a number in a workbook
    is_duration: bool = False  # hours and minutes there

    @property
    def known(self) -> str:
        """What the word counts; empty where it is none of ours."""
        return known(self.word)

    def is_whole(self, decimal: str | None) -> bool:
        """Whether it has no part, by the decimal mark of its column."""
        mark = "." if self.is_stored or decimal is None else decimal
        return not self.number.digits[0].partition(mark)[2].strip("0")


def known(word: str) -> str:
    """hours, days or minutes, where a word is known to mean them."""
    plain = " ".join(word.replace(".", " ").split())
    return DAYS if plain in WORKING else WORDS.get(plain, "")


def is_of_working_days(word: str) -> bool:
    """Whether a word says that days are working days."""
    return " ".join(word.replace(".", " ").split()) in WORKING


def promise(cell: Cell) -> Written | None:
    """How a cell writes a promise; None where it writes none."""
    if cell.kind == "duration":
        return Written(Number((cell.text,)), is_duration=True)
    if cell.kind in STORED:
        return Written(Number((cell.text,)), is_stored=True)
    found = PROMISE.fullmatch(cell.text.translate(PLAIN).strip())
    digits = found and number(found[1].strip())
    if cell.kind is not None or not found or not digits:
        return None
    return Written(digits, (found[2] or "").lower())


def is_promise(cell: Cell) -> bool:
    """Whether it may be a promise."""
    return promise(cell) is not None


def unit_of(header: str) -> str | None:
    """What a header says that its numbers count, if it says one thing."""
    said = header.lower()
    found = [unit for unit, words in IN_HEADER.items() if re.search(words, said)]
    return found[0] if len(found) == 1 else None
