"""Compare the totals that a file states with what its rows add up to."""
# ruff: noqa: S608 - names come from a checked mapping

from __future__ import annotations

import duckdb

from dashboard.errors import AskError
from dashboard.sources.columns import NUMBERS, Column
from dashboard.sources.reading.rows import Note, counted
from dashboard.sources.typing.rule import cell

CASES = {"totals": "totals_row_at_end", "subtotals": "subtotal_rows"}
TOLD = 5  # lines of cells that could not be read
SUMMED = tuple(name for name in NUMBERS if name != "share")


def check_totals(
    connection: duckdb.DuckDBPyConnection, columns: tuple[Column, ...]
) -> list[Note]:
    """Take the rows of totals out of `typed`; AskError where one does not add up.

    Totals are of all rows of the file above them, subtotals of those since the last.
    A row that is refused counts with what can be read of it. Gives a note on the sums
    that agree.
    """
    notes: list[Note] = []
    totals = connection.execute("select 1 from typed where part <> 'row' limit 1")
    if totals.fetchone():
        _check_readable(connection)
        for column in columns:
            if column.type in SUMMED:
                _check(connection, column)
        notes = _agreeing(connection, columns)
        connection.execute("delete from typed where part <> 'row'")
    connection.execute("alter table typed drop column part")
    return notes


def _agreeing(
    connection: duckdb.DuckDBPyConnection, columns: tuple[Column, ...]
) -> list[Note]:
    """Which sums the rows of totals of each file state; all of them are right."""
    notes = []
    for part, case in CASES.items():
        of_file: dict[str, list[str]] = {}
        rows: dict[str, int] = {}
        for column in columns:
            if column.type in SUMMED:
                for file, count in _stated(connection, column, part):
                    of_file.setdefault(file, []).append(column.header)
                    rows[file] = max(count, rows.get(file, 0))
        for file, headers in of_file.items():
            told = f"the {part} of {', '.join(headers)} agree with the rows above them"
            notes.append(Note(file, case, rows[file], told))
    return notes


def _stated(
    connection: duckdb.DuckDBPyConnection, column: Column, part: str
) -> list[tuple[str, int]]:
    """How many rows of totals of each file state one of the column."""
    return connection.execute(
        f"""
        select source_file, count("{column.name}")
        from typed
        where part = $part and "{column.name}" is not null
        group by source_file
        order by source_file
        """,
        {"part": part},
    ).fetchall()


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
            "take the label of this row out of the mapping."
        )


def _check(connection: duckdb.DuckDBPyConnection, column: Column) -> None:
    wrong = connection.execute(
        f"""
        with

        sections as (
            select
                *,
                count(case when part = 'subtotals' then 1 end) over (
                    partition by source_file
                    order by row_number
                    rows between unbounded preceding and 1 preceding
                ) as section
            from typed
        ),

        added as (
            select
                *,
                sum(case when part = 'row' then "{column.name}" end) over (
                    partition by source_file order by row_number
                ) as of_file,
                sum(case when part = 'row' then "{column.name}" end) over (
                    partition by source_file, section order by row_number
                ) as of_section
            from sections
        )

        select
            source_file, source_line, "{column.name}",
            coalesce(case part when 'totals' then of_file else of_section end, 0)
        from added
        where
            part <> 'row'
            and "{column.name}"
            <> coalesce(case part when 'totals' then of_file else of_section end, 0)
        order by row_number
        limit 1
        """
    ).fetchone()
    if wrong:
        file, line, stated, added = wrong
        said = (
            f"{file}, line {line}: the total of {column.header} is {stated}, and the "
            f"rows add up to {added}: "
        )
        unread = _unread(connection, column, file)
        raise AskError(
            f"{said}{unread}, so correct these first, or declare how they are read."
            if unread
            else f"{said}correct the file, or take the label of this row out of the "
            "mapping."
        )


def _unread(connection: duckdb.DuckDBPyConnection, column: Column, file: str) -> str:
    """How many cells of the column could not be read, and the first of their lines."""
    lines = connection.execute(
        f"""
        select typed.source_line
        from typed
        inner join cells using (row_number)
        where
            typed.source_file = $file
            and typed.part = 'row'
            and typed.fault is not null
            and typed."{column.name}" is null
            and trimmed(cells.{cell(column)}, $nulls) is not null
        order by row_number
        """,
        {"file": file, "nulls": list(column.nulls)},
    ).fetchall()
    if not lines:
        return ""
    told = ", ".join(f"{line}" for (line,) in lines[:TOLD])
    told += " and others" * (len(lines) > TOLD)
    where = "line" if len(lines) == 1 else "lines"
    return (
        f"{counted(len(lines), 'cell', 'cells')} of {column.header} could not be read "
        f"({where} {told})"
    )
