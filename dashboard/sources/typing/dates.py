"""Dates and times: by the declared formats or ISO, or as a workbook stores them.

A day and month that could be each other are asked about unless a format is declared.
"""

from __future__ import annotations

import re

from dashboard.sources.columns import ISO, Column
from dashboard.sources.typing.rule import (
    CALLED,
    Rule,
    any_of,
    cell,
    kind,
    literal,
    parsed,
)

UNDECLARED = {  # ISO 8601 reads in one way only
    "instant": (
        *("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"),
        *("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"),
    ),
    "date": (ISO["date"],),
    "end_of_day": (ISO["end_of_day"],),
}
SHORT_YEAR = r"^[0-9]{1,2}[ /.-][^ /.-]+[ /.-][0-9]{2}([^0-9]|$)"
SHORT_MONTHS = {  # month -> its name, a pattern of days after its last, how many it has
    2: ("February", "(29|30|31)", "28 or 29"),
    4: ("April", "31", "30"),
    6: ("June", "31", "30"),
    9: ("September", "31", "30"),
    11: ("November", "31", "30"),
}
DAY_MONTH_YEAR = r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-]([0-9]{4}|[0-9]{2})"

# DuckDB would read a year of two digits, and words such as epoch; they are no times.
# 60 is a day that never was, in a calendar that counts from 1900.
MACROS = """
    create or replace temp macro read_time(cell, form) as
        case when regexp_matches(cell, '[0-9]')
        and try_strptime(cell, form) >= '1000-01-01'
        then try_strptime(cell, form) end;
    create or replace temp macro in_other_century(t, turn) as
        t - to_years(cast(year(t) - year(t) % 100
        - case when year(t) % 100 >= turn then 1900 else 2000 end as integer));
    create or replace temp macro in_century(t, turn) as
        case when day(t) = day(in_other_century(t, turn))
        then in_other_century(t, turn) end;
    create or replace temp macro read_short_year(cell, form, turn) as
        case when regexp_matches(cell, '[0-9]')
        then in_century(try_strptime(cell, form), turn) end;
    create or replace temp macro micros(serial) as
        cast(round(cast(serial as double) * 86400000) * 1000 as bigint);
    create or replace temp macro of_serial(serial, first) as
        case
        when serial < 0 or serial >= 2958466 then null
        when first = 1904
        then timestamp '1904-01-01' + to_microseconds(micros(serial))
        when serial < 60 then timestamp '1899-12-31' + to_microseconds(micros(serial))
        when serial < 61 then timestamp '1900-02-28'
        else timestamp '1899-12-30' + to_microseconds(micros(serial)) end;
"""


def formats(column: Column) -> tuple[str, ...]:
    """The formats by which its texts are read."""
    return column.formats or UNDECLARED[column.type]


def text(column: Column) -> str:
    """The cell, with declared names of months as numbers."""
    sql = cell(column)
    if column.has_offset:  # ISO 8601 writes UTC as Z
        sql = f"regexp_replace({sql}, '([0-9])Z$', '\\1+00:00')"
    for number, name in enumerate(column.months, 1):
        word = any_of((name.strip(),)).replace("'", "''")
        pattern = rf"(?i)(^|[^\pL]){word}($|[^\pL])"
        sql = f"regexp_replace({sql}, '{pattern}', '\\1{number:02}\\2')"
    return sql


def readings(column: Column) -> list[str]:
    """What each format makes of the text."""
    return [_reading(column, form) for form in formats(column)]


def _reading(column: Column, form: str) -> str:
    name = f'"text {column.name}"'
    if column.months:
        form = form.replace("%B", "%m").replace("%b", "%m")
    if "%y" not in form:
        return f"read_time({name}, {literal(form)})"
    if column.pivot is None:
        return "null::timestamp"
    return f"read_short_year({name}, {literal(form)}, {column.pivot})"


def value(column: Column) -> str:
    """The value as the cell tells it; a time without offset is still wall time."""
    read = f"coalesce({', '.join(readings(column))})"
    if column.has_offset:
        read = f"make_timestamp(epoch_us({read}))"
    name = cell(column)
    sql = f"""
        case
        when {kind(column)} is null then {read}
        when {kind(column)} = 'date' then try_cast({name} as timestamp)
        when {kind(column)} = 'number' then of_serial(try_cast({name} as double), 1900)
        when {kind(column)} = 'number_1904'
        then of_serial(try_cast({name} as double), 1904)
        end"""
    if column.type == "date":
        return f"cast({sql} as date)"
    if column.type == "end_of_day":
        return f"cast(cast({sql} as date) + 1 as timestamp)"
    return sql


def in_utc(column: Column) -> str:
    """The value to keep: wall times become UTC, which not all of them can."""
    if column.type == "end_of_day":
        return f"wall_to_utc({parsed(column)}) - to_microseconds(1)"
    if column.type == "date":
        return parsed(column)
    if column.has_offset:  # dates of a workbook never state one
        return (
            f"case when {kind(column)} is null then {parsed(column)}"
            f" else wall_to_utc({parsed(column)}) end"
        )
    return f"wall_to_utc({parsed(column)})"


def rules(column: Column, zone: str) -> list[Rule]:
    """What a cell of dates may break, the most telling first."""
    told = f'"text {column.name}"'
    is_none = f"{cell(column)} is not null and {parsed(column)} is null"
    forms = " or ".join(formats(column))
    wrong = f"is not a valid {CALLED[column.type]} of the form {forms}"

    def none(case: str, pattern: str, words: str = wrong) -> Rule:
        when = f"{is_none} and regexp_matches({told}, '{pattern}')"
        return Rule(case, when, words)

    short = wrong
    if column.pivot is None and any("%y" in form for form in column.formats):
        short = "has a year of two digits: declare pivot in its column, such as 50"

    return [
        *_ambiguous(column, told),
        none("time_24_00", r"[ T]24:"),
        none("two_digit_year", SHORT_YEAR, short),
        *_days_of_no_month(column, is_none, told),
        none("false_leap_day", r"[0-9]{4}-02-(29|30|31)|(29|30|31)[/.]0?2[/.]"),
        *_without_time(column, is_none, told, wrong),
        none("month_name", r"\pL{3,}.*[0-9]|[0-9].*\pL{3,}"),
        none("dmy_mdy_mixed", f"^{DAY_MONTH_YEAR}"),
        Rule("late_type_change", is_none, wrong),
        *_clock_changes(column, zone),
    ]


def _days_of_no_month(column: Column, is_none: str, told: str) -> list[Rule]:
    """For each month that ends before the 31st: a day after its last."""
    found = []
    for month, (name, days, last) in SHORT_MONTHS.items():
        parts = {"d": days, "m": f"0?{month}", "b": name[:3], "B": name}
        each = [_pattern(form, parts) for form in formats(column)]
        pattern = f"(?i)^({'|'.join(each)})"
        when = f"{is_none} and regexp_matches({told}, {literal(pattern)})"
        found.append(Rule("false_leap_day", when, f"is no day: {name} has {last} days"))
    return found


def _pattern(form: str, parts: dict[str, str]) -> str:
    """A format as a pattern, in which day and month are the given ones."""
    plain = {"Y": "[0-9]{4}", "y": "[0-9]{2}"} | parts
    pieces = re.findall("%(.)|([^%]+)", form)
    return "".join(
        plain.get(letter, ".*") if letter else re.escape(text)
        for letter, text in pieces
    )


def _ambiguous(column: Column, told: str) -> list[Rule]:
    """AskError's rules: no declared order of day and month, or two that differ."""
    if not column.formats:
        when = f"{kind(column)} is null and regexp_matches({told}, '^{DAY_MONTH_YEAR}')"
        words = (
            "may be day/month or month/day: declare format in [columns] of the "
            f'mapping, such as {column.name} = {{ from = "{column.header}", type = '
            f'"{column.type}", format = "%d/%m/%Y" }}'
        )
        return [Rule("dmy_mdy_ambiguous", when, words)]
    if len(column.formats) < 2:
        return []
    each = ", ".join(readings(column))
    when = (
        f"{kind(column)} is null and len(list_distinct(list_filter([{each}],"
        " lambda t: t is not null))) > 1"
    )
    words = "is another time by each of the declared formats: declare one of them only"
    return [Rule("dmy_mdy_ambiguous", when, words)]


def _without_time(column: Column, is_none: str, told: str, wrong: str) -> list[Rule]:
    if column.type != "instant":
        return []
    when = (
        f"{is_none} and regexp_full_match({told}, '[0-9]+[/.-][0-9]+[/.-][0-9]+')"
        f" and not regexp_matches({told}, '^(3[2-9]|[4-9][0-9])[/.]')"
    )
    return [Rule("date_only_where_time", when, wrong)]


def _clock_changes(column: Column, zone: str) -> list[Rule]:
    lost = f'{parsed(column)} is not null and "{column.name}" is null'
    words = f"is a time that a clock change in {zone} leaves out or repeats"
    return [
        Rule("dst_gap", f"{lost} and is_left_out({parsed(column)})", words),
        Rule("dst_repeat", lost, words),
    ]
