"""Times of the day, and dates that have theirs in another column.

A time is kept as HH:MM:SS. A date without a time of its own is given the other one.
"""

from __future__ import annotations

from dashboard.sources.columns import Column
from dashboard.sources.typing.conditions import counts
from dashboard.sources.typing.rule import Rule, cell, kind, literal, parsed

USUAL = ("%H:%M", "%H:%M:%S")
MIDNIGHT = "time '00:00'"
# A workbook stores a time as a part of a day; Excel counts from the day before 1900.
LAST = 86_399_999_000  # the last of the milliseconds that a workbook keeps
MACROS = f"""
    create or replace temp macro time_of_part(part) as
        case when part >= 0 and part < 1
        then cast(timestamp '1900-01-01'
        + to_microseconds(least(micros(part), {LAST})) as time) end;
    create or replace temp macro time_of_date(t) as
        case when t < timestamp '1900-01-02' then cast(t as time) end;
"""


def value(column: Column) -> str:
    """The time of the day as text; what is declared where the cell is empty."""
    name = cell(column)
    forms = map(literal, column.formats or USUAL)
    read = ", ".join(f"try_strptime({name}, {form})" for form in forms)
    part = f"try_cast({name} as double)"
    time = f"""
        case
        when {name} is null then {_empty(column)}
        when {kind(column)} is null then cast(coalesce({read}) as time)
        when {kind(column)} = 'duration' then try_cast({name} as time)
        when {kind(column)} = 'date' then time_of_date(try_cast({name} as timestamp))
        when {kind(column)} like 'number%' then time_of_part({part})
        end"""
    return f"cast({time} as varchar)"


def _empty(column: Column) -> str:
    return f"time {literal(column.empty)}" if column.empty else "null"


def rules(column: Column) -> list[Rule]:
    """A cell that is no time of the day."""
    when = f"{cell(column)} is not null and {parsed(column)} is null"
    forms = " or ".join(column.formats or USUAL)
    words = f"is not a valid time of the day of the form {forms}"
    return [Rule("time_of_day", when, words)]


def with_times(columns: tuple[Column, ...]) -> str:
    """SQL that gives the columns of `parsed`, dates with the times of others."""
    replaced = [
        f"{_joined(column)} as {parsed(column)}" for column in columns if column.time
    ]
    return f"* replace ({', '.join(replaced)})" if replaced else "*"


def _joined(column: Column) -> str:
    own, time = parsed(column), f"""cast("parsed {column.time}" as time)"""
    return (
        f"case when cast({own} as time) = {MIDNIGHT} and {time} is not null"
        f" then cast({own} as date) + {time} else {own} end"
    )


def rules_of_both(column: Column) -> list[Rule]:
    """What a date and its time in another column may break between them."""
    if column.time is None:
        return []
    told, time = f'"_{column.time}" is not null', f'"parsed {column.time}"'
    alone = f"part = 'row' and {counts(column)} and {cell(column)} is null and {told}"
    two = f"{told} and cast({parsed(column)} as time) <> cast({time} as time)"
    return [
        Rule("time_without_date", alone, "is empty, and there is a time for it"),
        Rule("two_times", two, "has a time of its own, and another one beside it"),
    ]
