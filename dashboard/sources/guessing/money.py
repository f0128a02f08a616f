"""Whether the numbers of a column are money, by their currency or by its header."""

from __future__ import annotations

import re

from dashboard.sources.guessing import numbers
from dashboard.sources.guessing.roles import MOSTLY, without_words
from dashboard.sources.guessing.seen import Seen, share_of
from dashboard.sources.guessing.written_numbers import SIGNS

MONEY = re.compile(
    r"\b(cost|costs|price|fee|fees|charge|charges|spend|budget|rs|inr|eur|usd|gbp|chf)\b"
)


def is_of_money(column: Seen) -> bool:
    """Whether it holds numbers of which a currency, a word or the header says so."""
    plain = without_words(column)
    if numbers.share(plain) < MOSTLY:
        return False
    said = column.header.lower()
    return (
        any(sign in said for sign in SIGNS)
        or MONEY.search(said) is not None
        or share_of(plain, numbers.has_currency) >= MOSTLY
    )
