"""What a cell may break: a condition in SQL, its case, and words for people."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.sources.columns import Column


@dataclass(frozen=True)
class Rule:
    """A condition over the cell, its kind and its value; `words` follow the header."""

    case: str
    when: str
    words: str


def cell(column: Column) -> str:
    """The SQL name of the cell as text."""
    return f'"_{column.name}"'


def kind(column: Column) -> str:
    """The SQL name of what a workbook says of the cell; null: text."""
    return f'"kind {column.name}"'


def parsed(column: Column) -> str:
    """The SQL name of the value as the cell tells it."""
    return f'"parsed {column.name}"'


def literal(text: str) -> str:
    """A text of the mapping as it is written in SQL."""
    return "'" + text.replace("'", "''") + "'"


def texts(words: tuple[str, ...]) -> str:
    """A list of texts as it is written in SQL."""
    return f"[{', '.join(map(literal, words))}]" if words else "[]::varchar[]"


def any_of(words: tuple[str, ...]) -> str:
    """A pattern for one of these words, the longest first."""
    special = str.maketrans({c: f"\\{c}" for c in r"\.^$|?*+()[]{}"})
    longest = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(word.translate(special) for word in longest) + ")"


CALLED = {  # type of a column -> what people call a value of it
    **dict.fromkeys(("instant", "date", "end_of_day"), "date"),
    "count": "whole number",
    "minutes": "number of minutes",
    "money": "amount",
    "value": "number",
    "share": "share",
    "promise": "promise",
}
