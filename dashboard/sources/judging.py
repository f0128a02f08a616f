"""Say of each row of a tracker, by itself and in its file, what is wrong with it."""
# ruff: noqa: S608 - names come from a checked mapping, values are bound

from __future__ import annotations

from typing import Any

import duckdb

from dashboard.sources.mapping import CANNOT_BE, Mapping


def judge(
    connection: duckdb.DuckDBPyConnection, plan: Mapping, scope: frozenset[str] | None
) -> None:
    """Leave the table `judged`, a row per row with its key and its reason, if refused.

    A row without a key is known by its text, so that it waits in quarantine once.
    """
    _judge_alone(connection, plan, scope)
    if scope is not None:
        _protect_others(connection, plan, scope)
    _refuse_repeated(connection, plan)


def _judge_alone(
    connection: duckdb.DuckDBPyConnection, plan: Mapping, scope: frozenset[str] | None
) -> None:
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
                typed.fault as typed_fault, typed.fault_code as typed_code,
                gathered.fault is null and gathered.is_new
                and not ({_in_scope(plan, scope)}) as is_foreign,
                case when is_foreign then $foreign else gathered.fault end as fault,
                case when is_foreign then 'foreign_department' else gathered.code
                end as fault_code,
                case when not ({_is_declared(plan)}) then $unknown end as unknown,
                {_impossible(plan)} as impossible
            from gathered
            left join typed using (row_number)
        )
        select
            row_number, arrival, is_new, was_good, key, fault,
            coalesce(key, other) as identity,
            coalesce(fault, typed_fault, unknown, impossible.reason) as reason,
            case
                when fault is not null then fault_code
                when typed_fault is not null then typed_code
                when unknown is not null then 'unknown_department'
                else impossible.code
            end as code
        from keyed
        """,
        _bound(plan, scope),
    )


def _key(plan: Mapping) -> str:
    """The key of a row as one text, null where a part of it is missing."""
    parts = []
    for name in plan.key:
        part = f'nfc_normalize(typed."{name}" :: varchar)'
        if "case" in plan.key_ignores:
            part = f"lower({part})"
        if "spaces" in plan.key_ignores:
            part = rf"regexp_replace({part}, '[\s\x{{a0}}]', '', 'g')"
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


def _impossible(plan: Mapping) -> str:
    """The reason and code of a row that tells what cannot be and is refused; SQL."""
    pairs = plan.fillings[0].pairs
    branches = " ".join(
        f'when typed."{pairs[CANNOT_BE[code]]}" < typed."{pairs["received_at"]}"'
        f" then struct_pack(reason := ${code}, code := '{code}')"
        for code in plan.refuse
    )
    none = "struct_pack(reason := null::varchar, code := null::varchar)"
    return f"case {branches} else {none} end" if branches else none


def _bound(plan: Mapping, scope: frozenset[str] | None) -> dict[str, Any]:
    header = next((c.header for c in plan.columns if c.name == plan.department), "")
    bound: dict[str, Any] = {
        "foreign": f"{header} is none of the departments that you may import",
        "unknown": f"{header} is none of the departments of the mapping",
    }
    pairs = plan.fillings[0].pairs
    headers = {c.name: c.header for c in plan.columns}
    for code in plan.refuse:
        early, receipt = pairs[CANNOT_BE[code]], pairs["received_at"]
        bound[code] = f"{headers[str(early)]} is before {headers[str(receipt)]}"
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
        update judged set
            fault = $foreign, reason = $foreign, code = 'foreign_department'
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
        update judged set reason = found.reason, code = found.code
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
                end as reason,
                case
                    when is_spelt then 'key_case_space'
                    when differs then 'duplicate_conflict'
                    else 'duplicate_identical'
                end as code
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
