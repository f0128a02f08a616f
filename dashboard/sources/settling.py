"""Decide which rows of a tracker count, which are refused, and which are overtaken.

Of a key, the good row of the latest file counts. What later files gave of it and is
refused waits in quarantine beside it; everything earlier is overtaken and goes.
"""
# ruff: noqa: S608 - names come from a checked mapping, values are bound

from __future__ import annotations

from typing import Any

import duckdb

from dashboard.sources.control_totals import note_given
from dashboard.sources.mapping import Mapping


def settle(
    connection: duckdb.DuckDBPyConnection,
    plan: Mapping,
    scope: frozenset[str] | None,
) -> None:
    """Leave the table `settled`, a row per row with its reason, and the view `source`.

    The outcome of a new row is inserted, updated, unchanged or quarantined; that of a
    row which was here before is null. `source` has the rows that count, typed.
    """
    _judge(connection, plan, scope)
    _refuse_repeated(connection, plan)
    connection.execute(VERSIONS)
    connection.execute(_settled(plan))
    note_given(connection)
    connection.execute("""
        delete from typed
        where row_number in (select row_number from settled where is_overtaken)
    """)
    connection.execute("""
        update typed set fault = settled.reason
        from settled
        where
            settled.row_number = typed.row_number
            and settled.reason is distinct from typed.fault
    """)
    connection.execute("""
        update typed set row_number = settled.place
        from settled
        where
            settled.row_number = typed.row_number and settled.place <> typed.row_number
    """)
    connection.execute("""
        create or replace temp view source as
        select * exclude (line_text, fault) from typed where fault is null
    """)


def _judge(
    connection: duckdb.DuckDBPyConnection, plan: Mapping, scope: frozenset[str] | None
) -> None:
    """Each row with its key and what is wrong with it by itself.

    A row without a key is known by its text, so that it waits in quarantine once.
    """
    text = "coalesce(gathered.text, array_to_string(gathered.cells, chr(31)))"
    other = f"chr(30) || {text}" if plan.key else "gathered.row_number :: varchar"
    connection.execute(
        f"""
        create or replace temp table judged as
        with
        keyed as (
            select
                gathered.row_number, gathered.arrival, gathered.is_new,
                gathered.was_good,
                {_key(plan)} as key,
                {other} as other,
                typed.fault as typed_fault,
                case
                    when gathered.fault is not null then gathered.fault
                    when gathered.is_new and not ({_in_scope(plan, scope)})
                    then $foreign
                end as fault,
                case when not ({_is_declared(plan)}) then $unknown end as unknown
            from gathered
            left join typed using (row_number)
        )
        select
            row_number, arrival, is_new, was_good, key, fault,
            coalesce(key, other) as identity,
            coalesce(fault, typed_fault, unknown) as reason
        from keyed
        """,
        _bound(plan, scope),
    )
    if scope is not None:
        _protect_others(connection, plan, scope)


def _key(plan: Mapping) -> str:
    """The key of a row as one text, null where a part of it is missing."""
    parts = []
    for name in plan.key:
        part = f'nfc_normalize(typed."{name}" :: varchar)'
        if "case" in plan.key_ignores:
            part = f"lower({part})"
        if "spaces" in plan.key_ignores:
            part = rf"regexp_replace({part}, '\s', '', 'g')"
        parts.append(part)
    return " || chr(31) || ".join(parts) or "null :: varchar"


def _in_scope(plan: Mapping, scope: frozenset[str] | None) -> str:
    """Whether a row is of a department that the importer may load; SQL."""
    if scope is None or not isinstance(plan.department, str):
        return "true"
    return f'coalesce(list_contains($scope, typed."{plan.department}"), false)'


def _is_declared(plan: Mapping) -> str:
    """Whether the mapping declares the department of a row; SQL."""
    if not plan.departments or not isinstance(plan.department, str):
        return "true"
    return f'coalesce(list_contains($departments, typed."{plan.department}"), false)'


def _bound(plan: Mapping, scope: frozenset[str] | None) -> dict[str, Any]:
    header = next((c.header for c in plan.columns if c.name == plan.department), "")
    bound: dict[str, Any] = {
        "foreign": f"{header} is none of the departments that you may import",
        "unknown": f"{header} is none of the departments of the mapping",
    }
    if "$scope" in _in_scope(plan, scope):
        bound["scope"] = sorted(scope or ())
    if "$departments" in _is_declared(plan):
        bound["departments"] = list(plan.departments)
    return bound


def _protect_others(
    connection: duckdb.DuckDBPyConnection, plan: Mapping, scope: frozenset[str]
) -> None:
    """A new row may not take an item away from a department outside of the scope."""
    if not isinstance(plan.department, str):
        return
    connection.execute(
        f"""
        update judged set fault = $foreign, reason = $foreign
        where is_new and reason is null and identity in (
            select judged.identity
            from judged
            inner join typed using (row_number)
            where
                not judged.is_new and judged.reason is null
                and not ({_in_scope(plan, scope)})
        )
        """,
        {
            "foreign": "It is an item of a department that you may not import",
            "scope": sorted(scope),
        },
    )


def _refuse_repeated(connection: duckdb.DuckDBPyConnection, plan: Mapping) -> None:
    """Refuse rows of one file that have the same key, but for the first of equal ones.

    Which of two different rows is right cannot be told, so both wait.
    """
    if not plan.key:
        return
    values = ", ".join(f'typed."{c.name}"' for c in plan.columns)
    written = ", ".join(f'typed."{name}"' for name in plan.key)
    headers = [c.header for c in plan.columns if c.name in plan.key]
    told = " and ".join(headers)
    connection.execute(
        f"""
        update judged set reason = found.reason
        from (
            with
            repeated as (
                select arrival, identity from judged
                where reason is null
                group by arrival, identity
                having count(*) > 1
            ),
            compared as (
                select
                    judged.row_number,
                    row_number() over same as place,
                    min(row({values})) over same_key
                    is distinct from max(row({values})) over same_key as differs,
                    min(row({written})) over same_key
                    is distinct from max(row({written})) over same_key as is_spelt
                from judged
                inner join repeated
                    on
                        judged.arrival = repeated.arrival
                        and judged.identity = repeated.identity
                inner join typed using (row_number)
                where judged.reason is null
                window
                    same as (
                        partition by judged.arrival, judged.identity
                        order by judged.row_number
                    ),
                    same_key as (partition by judged.arrival, judged.identity)
            )
            select
                row_number,
                case
                    when is_spelt then $spelt when differs then $conflict
                    when place > 1 then $identical
                end as reason
            from compared
        ) as found
        where found.row_number = judged.row_number and found.reason is not null
        """,
        {
            "identical": f"{told} has come before, in the same row: the first is kept",
            "conflict": f"{told} is in several rows that differ: keep the right one",
            "spelt": f"{told} is in several rows, written differently: keep one",
        },
    )


# Of what is there more than once: the latest file that has it, the latest in which it
# is good, the one before that, and the place in the order of rows, which it keeps.
VERSIONS = """
    create or replace temp table versions as
    select
        identity,
        max(arrival) as latest,
        max(case when reason is null then arrival end) as good,
        min(case when reason is null then row_number end) as place
    from judged
    group by identity
    having count(*) > 1
"""


def _settled(plan: Mapping) -> str:
    """The statement that says what became of every row."""
    values = ", ".join(f'typed."{c.name}"' for c in plan.columns)
    return f"""
        create or replace temp table settled as
        with
        contested as (
            select
                judged.row_number,
                lag(row({values})) over same_key
                is not distinct from row({values}) as is_same,
                row_number() over same_key as version
            from judged
            inner join versions on judged.identity = versions.identity
            inner join typed using (row_number)
            where judged.reason is null
            window same_key as (
                partition by judged.identity order by judged.arrival
            )
        )
        select
            row_number, arrival, key, fault, reason, is_new, was_good,
            case when reason is null then coalesce(place, row_number) else row_number
            end as place,
            coalesce(arrival <> latest and arrival is distinct from good, false)
                as is_overtaken,
            case
                when not is_new then null
                when reason is not null then 'quarantined'
                when coalesce(version, 1) = 1 then 'inserted'
                when is_same then 'unchanged'
                else 'updated'
            end as outcome
        from judged
        left join versions using (identity)
        left join contested using (row_number)
    """
