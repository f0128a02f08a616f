"""Find what is most likely one thing, written in two ways."""
# ruff: noqa: S608 - names are those of GROUPED

from __future__ import annotations

import json
from collections.abc import Sequence

import duckdb

from dashboard.sources.reading.rows import counted

GROUPED = (  # columns of work_items by which people group and filter
    *("department", "team", "employee", "work_type"),
    *("priority", "channel", "client", "status"),
)
TOLD = 5  # of a column


def spellings(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """What differs in case or spaces alone, with how many items each spelling has.

    The commonest spelling is the one to which the line to declare leads.
    """
    told: list[str] = []
    for column in GROUPED:
        found = connection.execute(_alike(column)).fetchall()
        told += [not_one(column, *pair) for pair in found[:TOLD]]
        if len(found) > TOLD:
            told.append(f"{len(found) - TOLD:,} more of {column} are so.")
    return tuple(told)


def _alike(column: str) -> str:
    return f"""
        with
        spelt as (
            select {column} as word, count(*) as items
            from work_items
            where {column} is not null
            group by {column}
        )
        select
            list(word order by items desc, word),
            list(items order by items desc, word)
        from spelt
        group by lower(regexp_replace(nfc_normalize(word), '[\\s\\x{{a0}}]', '', 'g'))
        having count(*) > 1
        order by min(word)
    """


def not_one(column: str, words: Sequence[str], items: Sequence[int]) -> str:
    """Advice on spellings of a column of ours, the one that should stay first."""
    shown = [json.dumps(word, ensure_ascii=False) for word in words]
    each = " and ".join(
        f"{word} ({counted(count, 'row', 'rows')})"
        for word, count in zip(shown, items, strict=True)
    )
    pairs = ", ".join(f"{word} = {shown[0]}" for word in shown[1:])
    return (
        f"{each} are not one {column}: if they should be, correct the tracker, or "
        f"declare same = {{ {pairs} }} in the column."
    )
