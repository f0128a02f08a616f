"""Give the cells of a source their types, and say of each row where that fails.

What is left behind is the table `typed`: the columns of the mapping under its names,
each of its type, with row_number, source_file and source_line, and the row's fault.
"""
# ruff: noqa: S608 - names come from a checked mapping, texts are written as literals

from __future__ import annotations

from collections.abc import Callable

import duckdb

from dashboard.errors import AskError
from dashboard.sources.columns import DATES, NUMBERS, Column
from dashboard.sources.mapping import Mapping
from dashboard.sources.reading.rows import Note
from dashboard.sources.typing import dates, flags, numbers, promises, texts, times
from dashboard.sources.typing.conditions import counted_cells
from dashboard.sources.typing.judging import bound, fault
from dashboard.sources.typing.rule import cell, parsed
from dashboard.sources.typing.totals import check_totals
from dashboard.sources.wall_time import is_left_out, utc

SPACES = " \t\r\n\u00a0"
# Unicode knows more controls; these have no meaning in a cell.
CONTROLS = r"[\x{01}-\x{08}\x{0b}\x{0c}\x{0e}-\x{1f}\x{7f}-\x{84}\x{86}-\x{9f}]"
TOTAL_WORDS = r'(?i)^[\s",;|]*(grand |sub-? ?)?totals?\b'
ASKED = (*("separator_ambiguous", "percent_bare", "promise_bare", "dmy_mdy_ambiguous"),)
MACROS = f"""
    create or replace temp macro trimmed(cell, nulls) as
        case when not list_contains(nulls, trim(cell, '{SPACES}'))
        then nullif(trim(cell, '{SPACES}'), '') end;
    create or replace temp macro as_it_stands(cell, nulls) as
        case when trimmed(cell, nulls) is not null then cell end;
"""


def type_cells(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> list[Note]:
    """Turn the rows of `cells` into the table `typed`, without those of totals.

    Gives notes on the totals with which the rows were compared. Raises AskError where
    a cell reads in two ways, or the rows do not add up to a declared total.
    """
    connection.execute(MACROS + numbers.MACROS + dates.MACROS + times.MACROS)
    for name, sql in (("wall_to_utc", utc), ("is_left_out", is_left_out)):
        connection.execute(
            f"create or replace temp macro {name}(t) as {sql(mapping.time_zone)}"
        )
    connection.execute(_typing(mapping), bound(mapping.columns, mapping.time_zone))
    _ask(connection)
    return check_totals(connection, mapping.columns)


def _typing(mapping: Mapping) -> str:
    """The statement that makes `typed` of `cells`."""
    columns = mapping.columns
    faults = ", ".join(fault(column, mapping.time_zone) for column in columns)
    return f"""
        create temp table typed as
        with
        cleaned as (select * replace ({_each(columns, _cleaned)}) from cells),
        told as (select {counted_cells(columns)} from cleaned),
        plain as (select *, {_each(columns, _text)} from told),
        counted as (select *, {_each(columns, _number)} from plain),
        parsed as (select *, {_each(columns, _parsed)} from counted),
        timed as (select {times.with_times(columns)} from parsed),
        valued as (select *, {_each(columns, _value)} from timed),
        judged as (
            select
                *,
                case
                when regexp_matches(line_text, '{CONTROLS}') then $control_char
                else coalesce({faults})
                end as broken
            from valued
        )
        select
            row_number, source_file, source_line, line_text, part,
            {", ".join(f'"{column.name}"' for column in columns)},
            case
            when split_part(broken, ': ', 1) = 'empty_required'
            and regexp_matches(line_text, '{TOTAL_WORDS}')
            then case when line_text ilike '%sub%' then $subtotals else $totals end
            else split_part(broken, ': ', 1)
            end as fault_code,
            substring(broken, strpos(broken, ': ') + 2) as fault
        from judged
        """


def _each(columns: tuple[Column, ...], sql: Callable[[Column], str]) -> str:
    return ", ".join(sql(column) for column in columns)


def _cleaned(column: Column) -> str:
    """The cell, null where it says nothing; only a text keeps the spaces around it."""
    name = "as_it_stands" if column.type == "text" else "trimmed"
    sql = f"{name}({cell(column)}, ${column.name}_nulls)"
    if column.type == "key":
        sql = f"nfc_normalize({sql})"
    if column.same:
        sql = texts.one_spelling(column, sql)
    return f"{sql} as {cell(column)}"


def _text(column: Column) -> str:
    """The cell as its family reads it."""
    sql = cell(column)
    if column.type in NUMBERS:
        sql = numbers.text(column)
    elif column.type in DATES:
        sql = dates.text(column)
    elif column.type == "promise":
        sql = promises.text(column)
    return f'{sql} as "text {column.name}"'


def _number(column: Column) -> str:
    has_number = column.type in (*NUMBERS, "promise")
    sql = numbers.number(column) if has_number else "null::varchar"
    return f'{sql} as "number {column.name}"'


def _parsed(column: Column) -> str:
    """The cell in its type; a time without offset is still wall time."""
    if column.type in NUMBERS:
        sql = numbers.value(column)
    elif column.type in DATES:
        sql = dates.value(column)
    elif column.type == "time":
        sql = times.value(column)
    elif column.type == "flag":
        sql = flags.value(column)
    elif column.type == "promise":
        sql = promises.value(column)
    else:
        sql = texts.value(column)
    return f"{sql} as {parsed(column)}"


def _value(column: Column) -> str:
    """The value to keep."""
    sql = dates.in_utc(column) if column.type in DATES else parsed(column)
    return f'{sql} as "{column.name}"'


def _ask(connection: duckdb.DuckDBPyConnection) -> None:
    """AskError for the first cell that the mapping has to say how to read."""
    found = connection.execute(
        """
        select source_file, source_line, fault
        from typed
        where list_contains($asked, fault_code)
        order by row_number
        limit 1
        """,
        {"asked": list(ASKED)},
    ).fetchone()
    if found:
        file, line, fault = found
        raise AskError(f"{file}, line {line}: {fault}.")
