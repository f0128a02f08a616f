"""Columns of words that stand in many rows, by which people group work."""

from __future__ import annotations

from dashboard.sources.guessing import dates, numbers, words
from dashboard.sources.guessing.seen import Seen

MOST = 30  # groups that a column has


def is_of_groups(column: Seen) -> bool:
    """Whether it holds few words, each in two rows or more on the average."""
    few = len({text for text, _ in column.cells})
    return (
        0 < few <= MOST
        and 2 * few <= column.filled
        and not dates.share(column)
        and not numbers.share(column)
        and words.flag_words(column) is None
    )
