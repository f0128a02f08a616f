"""Give the cells of a source their types, and say of each row where that fails.

What is left behind is the table `typed`: the columns of the mapping under its names,
each of its type, with row_number, source_file and source_line, and the row's fault.
"""
# ruff: noqa: S608 - names come from a checked mapping, values are bound

from __future__ import annotations

from typing import Any

import duckdb

from dashboard.relations import TYPES
from dashboard.sources.columns import DEFAULT_FORMATS, Column
from dashboard.sources.mapping import Mapping
from dashboard.sources.wall_time import utc

WHOLE = r"[+-]?[0-9]+"
DECIMAL = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
NUMBERS = {"count": WHOLE, "minutes": DECIMAL, "money": DECIMAL, "value": DECIMAL}
SPACES = " \t\r\n\u00a0"

# DuckDB would read a year of two digits, and words such as epoch; they are no times.
MACROS = f"""
    create or replace temp macro read_cell(cell, nulls) as
        case when not list_contains(nulls, trim(cell, '{SPACES}'))
        then nullif(trim(cell, '{SPACES}'), '') end;
    create or replace temp macro read_time(cell, form) as
        case when regexp_matches(cell, '[0-9]')
        and try_strptime(cell, form) >= '1000-01-01'
        then try_strptime(cell, form) end;
"""


def type_cells(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """Turn the rows of `cells` into the table `typed`."""
    connection.execute(MACROS)
    wall_to_utc = utc(mapping.time_zone)
    connection.execute(f"create or replace temp macro wall_to_utc(t) as {wall_to_utc}")
    columns = mapping.columns
    faults = ", ".join(_fault(column) for column in columns)
    connection.execute(
        f"""
        create temp table typed as
        with
        cleaned as (select * replace ({_each(columns, _cleaned)}) from cells),
        parsed as (select *, {_each(columns, _parsed)} from cleaned),
        valued as (select *, {_each(columns, _value)} from parsed)
        select
            row_number, source_file, source_line, line_text,
            {", ".join(f'"{column.name}"' for column in columns)},
            coalesce({faults}) as fault
        from valued
        """,
        _bound(mapping),
    )


def _each(columns: tuple[Column, ...], sql: Any) -> str:
    return ", ".join(sql(column) for column in columns)


def _cleaned(column: Column) -> str:
    """The cell without surrounding space, null where it says nothing."""
    name = column.name
    return f'read_cell("_{name}", ${name}_nulls) as "_{name}"'


def _parsed(column: Column) -> str:
    """The cell in its type; a time without offset is still wall time."""
    cell, kind = f'"_{column.name}"', TYPES.get(column.type)
    if column.type in DEFAULT_FORMATS:
        value = f"read_time({cell}, ${column.name}_format)"
        if column.has_offset:
            value = f"make_timestamp(epoch_us({value}))"
        elif column.type == "date":
            value = f"cast({value} as date)"
        elif column.type == "end_of_day":
            value = f"cast(cast({value} as date) + 1 as timestamp)"
    elif column.type in NUMBERS:
        number = f"regexp_full_match({cell}, '{NUMBERS[column.type]}')"
        value = f"case when {number} then try_cast({cell} as {kind}) end"
    else:
        value = f"try_cast({cell} as {kind})"
    return f'{value} as "parsed {column.name}"'


def _value(column: Column) -> str:
    """The value to keep: wall times become UTC, which not all of them can."""
    value = f'"parsed {column.name}"'
    if column.type == "instant" and not column.has_offset:
        value = f"wall_to_utc({value})"
    elif column.type == "end_of_day":
        value = f"wall_to_utc({value}) - to_microseconds(1)"
    return f'{value} as "{column.name}"'


def _fault(column: Column) -> str:
    """What is wrong with the cell, in words; null if nothing is."""
    name = column.name
    cell, parsed = f'"_{name}"', f'"parsed {name}"'
    empty = f"when {cell} is null then ${name}_empty" if column.required else ""
    return f"""
        case {empty}
        when {cell} is not null and {parsed} is null then ${name}_unreadable
        when {parsed} is not null and "{name}" is null then ${name}_no_instant
        end"""


def _bound(mapping: Mapping) -> dict[str, Any]:
    """Every text of the mapping that the statement uses, as a value."""
    bound: dict[str, Any] = {}
    for column in mapping.columns:
        name, header = column.name, column.header
        wanted = f"{column.type} of the form {column.format}".removesuffix(
            " of the form "
        )
        bound[f"{name}_nulls"] = list(column.nulls)
        bound[f"{name}_unreadable"] = f"{header} is not a valid {wanted}"
        bound[f"{name}_no_instant"] = (
            f"{header} is a time that a clock change in {mapping.time_zone} "
            "leaves out or repeats"
        )
        if column.format:
            bound[f"{name}_format"] = column.format
        if column.required:
            bound[f"{name}_empty"] = f"{header} is empty"
    return bound
