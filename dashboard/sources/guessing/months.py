"""The names of months in a few languages, by which a text is seen to be a date."""

from __future__ import annotations

import re
from collections.abc import Iterable

ENGLISH = [
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
]
ENGLISH_SHORT = [name[:3] for name in ENGLISH]
OTHERS = {  # language -> full names, short names
    "German": (
        "Januar Februar März April Mai Juni Juli August September Oktober November "
        "Dezember",
        "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    ),
    "French": (
        "janvier février mars avril mai juin juillet août septembre octobre novembre "
        "décembre",
        "janv févr mars avr mai juin juil août sept oct nov déc",
    ),
    "Spanish": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre "
        "noviembre diciembre",
        "ene feb mar abr may jun jul ago sep oct nov dic",
    ),
    "Portuguese": (
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro "
        "novembro dezembro",
        "jan fev mar abr mai jun jul ago set out nov dez",
    ),
    "Italian": (
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre "
        "novembre dicembre",
        "gen feb mar apr mag giu lug ago set ott nov dic",
    ),
    "Dutch": (
        "januari februari maart april mei juni juli augustus september oktober "
        "november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
    ),
}
_KNOWN = {name.casefold() for name in [*ENGLISH, *ENGLISH_SHORT]} | {
    name.casefold()
    for both in OTHERS.values()
    for names in both
    for name in names.split()
}


def is_month(word: str) -> bool:
    """Whether it names a month in a language that is known here."""
    return word.casefold() in _KNOWN


def letters(words: Iterable[str]) -> str | None:
    """The letter by which strptime reads all of these English names, or None."""
    said = {word.casefold() for word in words}
    for letter, names in (("b", ENGLISH_SHORT), ("B", ENGLISH)):
        if said <= {name.casefold() for name in names}:
            return letter
    return None


def languages(words: Iterable[str]) -> list[tuple[str, list[str]]]:
    """The languages whose names, all full or all short, these words are among."""
    said = {word.casefold() for word in words}
    return [
        (language, names.split())
        for language, both in OTHERS.items()
        for names in both
        if said <= {name.casefold() for name in names.split()}
    ]


def word_of(text: str) -> str:
    """The name of the month in a text that was seen to be a date."""
    return next(w for w in re.findall(r"[^\W\d_]{3,}", text) if is_month(w))
