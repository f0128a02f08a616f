"""Where a column counts: in rows where another column has certain words, or has not."""

from __future__ import annotations

from dataclasses import replace

from dashboard.sources.columns import Column, Condition
from dashboard.sources.reading.headers import places_of
from dashboard.sources.sections import Section


def with_conditions(section: Section, columns: dict[str, Column]) -> dict[str, Column]:
    """The columns with what [columns] declares of them by `where` and `unless`.

    Raises ImportFileError for a header of which no column is made.
    """
    return {
        name: replace(
            column,
            where=_conditions(section.section(name).section("where"), columns),
            unless=_conditions(section.section(name).section("unless"), columns),
        )
        for name, column in columns.items()
    }


def _conditions(given: Section, columns: dict[str, Column]) -> tuple[Condition, ...]:
    return tuple(
        (_named(given, header, columns), _words(given, header)) for header in given
    )


def _named(given: Section, header: str, columns: dict[str, Column]) -> str:
    """The column that has this header."""
    found = [name for name, column in columns.items() if places_of([header], column)]
    if not found:
        given.fail(
            f"{header!r} is no header in [columns]; add a line for it, or correct it"
        )
    return found[0]


def _words(given: Section, header: str) -> tuple[str, ...]:
    words = tuple(word.strip() for word in given.texts(header, []))
    if not all(words):
        given.fail(f"the words of {header!r} must not hold an empty text")
    if not words:
        given.fail(f'{header!r} needs words, such as ["Cancelled"]')
    return words
