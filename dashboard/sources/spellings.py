"""Find what is most likely one thing, written in two ways."""
# ruff: noqa: S608 - names are those of GROUPED

from __future__ import annotations

import json
from collections.abc import Sequence

import duckdb

from dashboard.sources.mapping import Mapping
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


def mixed_keys(connection: duckdb.DuckDBPyConnection, plan: Mapping) -> tuple[str, ...]:
    """That keys of the tracker differ in capital letters, where no key ignores them.

    Keys such as aB3 mean their capitals: nothing is said where one is so.
    """
    if len(plan.key) != 1 or "case" in plan.key_ignores:
        return ()
    found = connection.execute(f"""
        with
        shapes as (
            select
                "{plan.key[0]}" :: varchar as word,
                regexp_replace(word, '[0-9]+', '0', 'g') as shape
            from typed
        )
        select min(word), max(word)
        from shapes
        group by lower(shape)
        having count(distinct shape) > 1
        and not exists (
            select 1 from shapes as s
            where s.shape not in (lower(s.shape), upper(s.shape))
        )
        order by min(word)
        limit 1
    """).fetchone()
    if not found:
        return ()
    one, other = found
    return (
        f"Keys differ in capital letters, such as {one} and {other}: declare "
        'key_ignores = ["case"] in [source], so that rq-1 and RQ-1 are one key.',
    )


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
