"""The names of tables and columns in SQL."""

from __future__ import annotations


def quoted(name: str, mark: str = '"') -> str:
    """A name between marks, so that it may hold anything and be a word of SQL."""
    return mark + name.replace(mark, 2 * mark) + mark


def as_ours(name: str) -> str:
    """A name that is one of ours but for its case: in quotes where it differs."""
    return name if name.islower() and name.isidentifier() else quoted(name)
