"""Where a column counts: in rows where another column has certain words, or has not."""

from __future__ import annotations

from dataclasses import replace

from dashboard.sources.columns import Column, Condition
from dashboard.sources.reading.headers import places_of
from dashboard.sources.sections import Section


def with_conditions(section: Section, columns: dict[str, Column]) -> dict[str, Column]:
    """The columns with what [columns] declares of them by `where` and `unless`.

    Raises ImportFileError for a header of which no column is made, and for what no cell
    can meet.
    """
    return {name: _with(section, column, columns) for name, column in columns.items()}


def _with(section: Section, column: Column, columns: dict[str, Column]) -> Column:
    own = section.section(column.name)
    where, unless = (_conditions(own.section(k), columns) for k in ("where", "unless"))
    if (where or unless) and column.fill_down:
        own.fail("fill_down would fill from rows in which the column does not count")
    for name, _ in (*where, *unless):
        if {"where", "unless"} & set(section.section(name)):
            own.fail(f"the column {name} has a condition of its own; name another one")
    return replace(column, where=where, unless=unless)


def _conditions(given: Section, columns: dict[str, Column]) -> tuple[Condition, ...]:
    found = []
    for header in given:
        column = named(given, header, columns, "header")
        words = _words(given, header)
        _check_can_be_met(given, header, words, column)
        found.append((column.name, words))
    return tuple(found)


def _check_can_be_met(
    given: Section, header: str, words: tuple[str, ...], column: Column
) -> None:
    """Refuse a word that no cell of the column has once it is read."""
    spelled = dict(column.same)
    for word in words:
        if word in spelled:
            given.fail(f"{header!r} reads {word!r} as {spelled[word]!r}; write that")
        if word in column.nulls:
            given.fail(f"{header!r} reads {word!r} as empty, so it is no word there")


def named(given: Section, header: str, columns: dict[str, Column], what: str) -> Column:
    """The column that has this header, of several the one that reads it as words."""
    found = [column for column in columns.values() if places_of([header], column)]
    if not found:
        given.fail(
            f"{header!r} is no {what} in [columns]; add a line for it, or correct it"
        )
    return max(found, key=lambda column: bool(column.same))


def _words(given: Section, header: str) -> tuple[str, ...]:
    words = tuple(word.strip() for word in given.texts(header, []))
    if not all(words):
        given.fail(f"the words of {header!r} must not hold an empty text")
    if not words:
        given.fail(f'{header!r} needs words, such as ["Cancelled"]')
    return words
