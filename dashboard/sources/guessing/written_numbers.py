"""How a text writes a number: its digits, with what stands before and after them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from dashboard.sources.typing.numbers import (
    AMBIGUOUS,
    AS_ASCII,
    COMMA,
    OTHERS,
    POINT,
    SIGN_FORMS,
)

# They were written to stand within a text of SQL.
_POINT, _COMMA, _OPEN = (
    re.compile(pattern.replace("''", "'")) for pattern in (POINT, COMMA, AMBIGUOUS)
)
PLAIN = str.maketrans(OTHERS, AS_ASCII)
HAS_DIGIT = re.compile(r"\d")
PART = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?([^\W\d_]+) ?")
CURRENCIES = (  # the spellings of one currency
    ("₹", "Rs.", "Rs", "INR"),
    ("€", "EUR"),
    ("$", "US$", "USD"),
    ("£", "GBP"),
    *(("CHF",), ("JPY",), ("CNY",), ("AUD",), ("CAD",), ("SGD",), ("AED",), ("SEK",)),
    *(("NOK",), ("DKK",), ("PLN",), ("ZAR",)),
)
SIGNS = {chr(n) for n in range(0x24, 0x20D0) if unicodedata.category(chr(n)) == "Sc"}
_SPELLED = {mark for spellings in CURRENCIES for mark in spellings} | SIGNS
MARK = "|".join(re.escape(m) for m in sorted(_SPELLED, key=len, reverse=True))
BEFORE = re.compile(rf"([-+]?) ?({MARK}) ?(?=[-+]?[0-9.,])", re.IGNORECASE)
AFTER = re.compile(rf"(?<=[0-9.,]) ?({MARK})", re.IGNORECASE)
LARGE = {  # words of amounts, and how much each is
    **dict.fromkeys(("lakh", "lakhs", "lac", "lacs"), 100_000),
    **dict.fromkeys(("cr", "crore", "crores"), 10_000_000),
    **dict.fromkeys(("mn", "million", "mio"), 1_000_000),
    **dict.fromkeys(("k", "thousand"), 1_000),
}
TIMES = {  # words of times, in minutes
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "std"), 60),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 1),
}


@dataclass(frozen=True)
class Number:
    """A number as it is written: `digits` with their marks, and what stood beside them.

    `units` are the words within a text such as 2h 30m.
    """

    digits: tuple[str, ...]
    currency: str = ""
    units: tuple[str, ...] = ()
    is_percent: bool = False

    @property
    def shows_point(self) -> bool:
        """Whether only a decimal point makes it a number."""
        return any(_POINT.fullmatch(d) and not _COMMA.fullmatch(d) for d in self.digits)

    @property
    def shows_comma(self) -> bool:
        """Whether only a decimal comma makes it a number."""
        return any(_COMMA.fullmatch(d) and not _POINT.fullmatch(d) for d in self.digits)

    @property
    def is_open(self) -> bool:
        """Whether it is one number with a decimal point, and another with a comma."""
        return any(_OPEN.fullmatch(digits) for digits in self.digits)

    @property
    def counts_time(self) -> bool:
        """Whether its units are hours and minutes."""
        return bool(self.units) and all(word.lower() in TIMES for word in self.units)

    @property
    def is_whole(self) -> bool:
        """Whether no mark at all is in it."""
        return not any(set(".,") & set(digits) for digits in self.digits)


def number(text: str) -> Number | None:
    """How the text writes a number; None where it writes none that is known here."""
    if not HAS_DIGIT.search(text):
        return None
    plain, currency = _without_currency(_signed(text.translate(PLAIN).strip()))
    if not currency and plain.endswith("%"):
        found = _alone(plain[:-1].rstrip(" "), "")
        return found and replace(found, is_percent=True)
    return _with_units(plain, currency) or _alone(plain, currency)


def _without_currency(plain: str) -> tuple[str, str]:
    """The text without a currency before or behind it, and the currency."""
    if found := BEFORE.match(plain):
        return found[1] + plain[found.end() :], found[2]
    for found in AFTER.finditer(plain):
        if found.end() == len(plain):
            return plain[: found.start()], found[1]
    return plain, ""


def _alone(plain: str, currency: str) -> Number | None:
    """A number without units."""
    if not (_POINT.fullmatch(plain) or _COMMA.fullmatch(plain)):
        return None
    return Number((plain.lstrip("+-"),), currency)


def _signed(text: str) -> str:
    """The text with its sign, if it has one, in front."""
    for pattern, read in SIGN_FORMS:
        text = re.sub(pattern, read, text)
    return text


def _with_units(plain: str, currency: str) -> Number | None:
    """The number that parts such as 2h 30m or 2.5 lakh add up to."""
    unsigned = plain.lstrip("+-")
    if not re.fullmatch(rf"(?:{PART.pattern})+", unsigned):
        return None
    parts = PART.findall(unsigned)
    words = tuple(word for _, word in parts)
    if not any(all(w.lower() in sizes for w in words) for sizes in (LARGE, TIMES)):
        return None
    return Number(tuple(digits for digits, _ in parts), currency, words)


def family(mark: str) -> tuple[str, ...]:
    """All spellings of the currency that is written so."""
    for spellings in CURRENCIES:
        if mark.casefold() in [spelling.casefold() for spelling in spellings]:
            return spellings
    return (mark,)
