"""Decide which rows of a tracker count, which are refused, and which are overtaken.

Of a key, the good row of the latest file counts. What later files gave of it and is
refused waits in quarantine beside it; everything earlier is overtaken and goes. So
does a refused row that was mended before: the mended one stays.
"""
# ruff: noqa: S608 - names come from a checked mapping, values are bound

from __future__ import annotations

import duckdb

from dashboard.sources.control_totals import note_given
from dashboard.sources.judging import judge
from dashboard.sources.mapping import Mapping
from dashboard.sources.trackers import written


def settle(
    connection: duckdb.DuckDBPyConnection,
    plan: Mapping,
    scope: frozenset[str] | None,
) -> None:
    """Leave the table `settled`, a row per row with its reason, and the view `source`.

    The outcome of a new row is inserted, updated, unchanged, mended or quarantined;
    that of a row which was here before is null. `source` has the rows that count,
    typed.
    """
    judge(connection, plan, scope)
    connection.execute(VERSIONS)
    connection.execute(MENDED_BEFORE)
    connection.execute(_settled(plan))
    note_given(connection, plan)
    connection.execute("""
        delete from typed
        where row_number in (select row_number from settled where is_overtaken)
    """)
    connection.execute("""
        update typed set fault = settled.reason, fault_code = settled.code
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
        select * exclude (line_text, fault_code, fault) from typed where fault is null
    """)


# Of what is there more than once: the latest file that has it, the latest in which it
# is good, and its place in the order of rows, which it keeps.
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
# What a tracker gives once more as it was before it was mended. It may be there more
# than once: as many of them are known as were mended.
MENDED_BEFORE = f"""
    create or replace temp table mended_before as
    with
    broken as (
        select
            judged.row_number,
            {written("gathered")} as written,
            row_number() over (
                partition by judged.arrival, {written("gathered")}
                order by judged.row_number
            ) as place
        from judged
        inner join gathered using (row_number)
        where
            judged.is_new and judged.reason is not null
            and row_number not in (select row_number from added where is_mended)
    ),
    known as (
        select unnest(gathered.mends) as written
        from judged
        inner join gathered using (row_number)
        left join versions using (identity)
        where
            judged.reason is null
            and judged.arrival = coalesce(versions.good, judged.arrival)
    ),
    mended as (select written, count(*) as rows from known group by written)
    select broken.row_number
    from broken
    inner join mended using (written)
    where broken.place <= mended.rows
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
            row_number, arrival, key, fault, reason, code, is_new, was_good,
            case when reason is null then coalesce(place, row_number) else row_number
            end as place,
            mended_before.row_number is not null
            or coalesce(arrival <> latest and arrival is distinct from good, false)
                as is_overtaken,
            case
                when not is_new then null
                when mended_before.row_number is not null then 'mended'
                when reason is not null then 'quarantined'
                when coalesce(version, 1) = 1 then 'inserted'
                when is_same then 'unchanged'
                else 'updated'
            end as outcome
        from judged
        left join versions using (identity)
        left join contested using (row_number)
        left join mended_before using (row_number)
    """
