"""Compare the totals that a file states with what its rows add up to."""
# ruff: noqa: S608 - names come from a checked mapping

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose
from typing import Any

import duckdb

from dashboard.errors import AskError
from dashboard.sources.columns import NUMBERS, Column
from dashboard.sources.reading.rows import Note
from dashboard.sources.typing.rule import cell, kind
from dashboard.sources.typing.unchecked_totals import could_not_be_checked

CASES = {"totals": "totals_row_at_end", "subtotals": "subtotal_rows"}
SUMMED = tuple(name for name in NUMBERS if name != "share")


@dataclass(frozen=True)
class Total:
    """What a file states as the total of a column, and what can be read adds up to.

    `unread` are the rows above it of which no cell of the column could be read, and
    `unread_line` is the line of the first.
    """

    header: str
    file: str
    line: int
    part: str  # totals or subtotals
    stated: Any
    added: Any
    unread: int
    unread_line: int | None


def check_totals(
    connection: duckdb.DuckDBPyConnection, columns: tuple[Column, ...]
) -> list[Note]:
    """Take the rows of totals out of `typed`; AskError where one does not add up.

    Totals are of all rows of the file above them, subtotals of those since the last.
    A row that is refused counts with what can be read of it; where its cell cannot be
    read, nobody can tell whether the total is right. Gives notes on the sums that
    agree, and on those that could not be checked.
    """
    notes: list[Note] = []
    totals = connection.execute("select 1 from typed where part <> 'row' limit 1")
    if totals.fetchone():
        _check_readable(connection)
        summed = [column for column in columns if column.type in SUMMED]
        stated = [total for column in summed for total in _stated(connection, column)]
        _check(stated)
        notes = _told(stated)
        connection.execute("delete from typed where part <> 'row'")
    connection.execute("alter table typed drop column part")
    return notes


def _told(stated: Sequence[Total]) -> list[Note]:
    """Notes on the totals of each file: which are right, and which nobody can tell."""
    notes = []
    for part, case in CASES.items():
        for file in dict.fromkeys(total.file for total in stated):
            of_file = [t for t in stated if (t.file, t.part) == (file, part)]
            unchecked = [total for total in of_file if total.unread]
            agreeing = [total for total in of_file if not total.unread]
            notes += could_not_be_checked(unchecked, case)
            if agreeing:
                notes.append(_agreeing(agreeing, unchecked, case))
    return notes


def _agreeing(totals: Sequence[Total], unchecked: Sequence[Total], case: str) -> Note:
    """Which sums the rows of totals of a file state; all of them are right."""
    headers = list(dict.fromkeys(total.header for total in totals))
    others = "other " * any(total.header in headers for total in unchecked)
    told = (
        f"the {others}{totals[0].part} of {', '.join(headers)} agree with the rows "
        "above them"
    )
    return Note(totals[0].file, case, len({total.line for total in totals}), told)


def _check_readable(connection: duckdb.DuckDBPyConnection) -> None:
    wrong = connection.execute("""
        select source_file, source_line, fault
        from typed
        where part <> 'row' and fault is not null
        order by row_number
        limit 1
    """).fetchone()
    if wrong:
        file, line, fault = wrong
        raise AskError(
            f"{file}, line {line}: in a row of totals {fault}; correct the file, or "
            "name the label of this row in footers instead, in [file] of the mapping."
        )


def _check(stated: Sequence[Total]) -> None:
    """AskError for the first total that is wrong though all of its rows were read."""
    for total in stated:
        if not total.unread and _differ(total.stated, total.added):
            raise AskError(
                f"{total.file}, line {total.line}: the total of {total.header} is "
                f"{total.stated}, and the rows add up to {total.added}: correct the "
                f"file, or move the label of this row from {total.part} to footers in "
                "[file] of the mapping to have it compared with nothing."
            )


def _differ(stated: Any, added: Any) -> bool:
    """Whether two sums differ; those of floats by more than adding up leaves."""
    if isinstance(stated, float):
        return not isclose(stated, added, rel_tol=1e-9, abs_tol=1e-9)
    return bool(stated != added)


def _stated(connection: duckdb.DuckDBPyConnection, column: Column) -> list[Total]:
    """The totals of a column, in the order of the files.

    Rows that could not be told apart into cells are among those that were not read.
    """
    found = connection.execute(
        f"""
        with

        read as (
            select
                typed.row_number, typed.source_file, typed.source_line, typed.part,
                typed."{column.name}" as value,
                typed.part = 'row' and typed.fault is not null
                and typed."{column.name}" is null
                and (
                    trimmed(cells.{cell(column)}, $nulls) is not null
                    or cells.{kind(column)} in
                    ('error', 'no_cache', 'disagree', 'merged', 'merged_across')
                ) as is_unread
            from typed
            inner join cells using (row_number)
            union all
            select null, file, line, 'row', null, true from refused_rows
        ),

        sections as (
            select
                *,
                case when is_unread then source_line end as unread_line,
                count(case when part = 'subtotals' then 1 end) over (
                    partition by source_file
                    order by source_line, row_number
                    rows between unbounded preceding and 1 preceding
                ) as section
            from read
        ),

        added as (
            select
                *,
                sum(case when part = 'row' then value end) over of_file as in_file,
                sum(case when part = 'row' then value end) over of_section
                    as in_section,
                count(unread_line) over of_file as unread_in_file,
                count(unread_line) over of_section as unread_in_section,
                min(unread_line) over of_file as first_in_file,
                min(unread_line) over of_section as first_in_section
            from sections
            window
                of_file as (
                    partition by source_file order by source_line, row_number
                ),
                of_section as (
                    partition by source_file, section order by source_line, row_number
                )
        )

        select
            source_file, source_line, part, value,
            coalesce(case part when 'totals' then in_file else in_section end, 0),
            case part when 'totals' then unread_in_file else unread_in_section end,
            case part when 'totals' then first_in_file else first_in_section end
        from added
        where part <> 'row' and value is not null
        order by row_number
        """,
        {"nulls": list(column.nulls)},
    ).fetchall()
    return [Total(column.header, *row) for row in found]
