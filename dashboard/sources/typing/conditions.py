"""Cells that count in some rows only: elsewhere they are not read at all."""

from __future__ import annotations

from dashboard.sources.columns import Column, Condition
from dashboard.sources.typing.rule import cell, kind, literal


def counted_cells(columns: tuple[Column, ...]) -> str:
    """SQL that gives the cells of `cleaned`, null where their column does not count.

    A sum is of all rows, so that of a column which counts in some of them is not read.
    """
    replaced = [
        f"case when part = 'row' and {counts(column)} then {name} end as {name}"
        for column in columns
        if column.where or column.unless
        for name in (cell(column), kind(column))
    ]
    return f"* replace ({', '.join(replaced)})" if replaced else "*"


def counts(column: Column) -> str:
    """SQL for whether the column counts in a row, by the other cells of the row.

    Words are compared as those of flags: whatever their case.
    """
    where = [_has(condition) for condition in column.where]
    unless = [f"not {_has(condition)}" for condition in column.unless]
    return " and ".join([*where, *unless]) or "true"


def _has(condition: Condition) -> str:
    name, words = condition
    written = ", ".join(_compared(literal(word)) for word in words)
    said = _compared(f"""trimmed("_{name}", []::varchar[])""")
    return f"coalesce({said} in ({written}), false)"


def _compared(text: str) -> str:
    return f"lower(nfc_normalize({text}))"
