"""Notes on cells that are kept exactly as they are, and are odd."""
# ruff: noqa: S608 - names come from a checked mapping

from __future__ import annotations

import duckdb

from dashboard.sources.columns import DATES, NUMBERS, Column
from dashboard.sources.reading.rows import Note, counted
from dashboard.sources.typing.numbers import FULL_WIDTH, INDIC
from dashboard.sources.typing.rule import cell, kind

# What UTF-8 becomes when it is read as latin-1 or cp1252: two signs for one letter.
MOJIBAKE = r"[ÃÂ][\x{80}-\x{bf}]|â€|Ã[ŠŒŽš›œžŸƒˆ˜–—‘’‚“”„†‡•…‰€™]"
OF_ROWS = {
    "replacement_char": (
        "contains(line_text, chr(65533))",
        ("row has characters", "rows have characters"),
        "lost to an earlier program (U+FFFD)",
    ),
    "mojibake": (
        f"regexp_matches(line_text, '{MOJIBAKE}')",
        ("row looks", "rows look"),
        "read in a wrong encoding (Ã© for é)",
    ),
}


def notes_of_cells(
    connection: duckdb.DuckDBPyConnection, columns: tuple[Column, ...]
) -> list[Note]:
    """What is odd in the rows of each file, counted."""
    notes = []
    for case, (when, (one, many), words) in OF_ROWS.items():
        for file, count in _counts(connection, when):
            said = f"{counted(count, one, many)} {words}"
            notes.append(Note(file, case, count, said))
    for column in columns:
        for case, when, words in _of_column(column):
            for file, count in _counts(connection, when):
                said = f"{counted(count, 'cell', 'cells')} of {column.header} {words}"
                notes.append(Note(file, case, count, said))
    return notes


def _of_column(column: Column) -> list[tuple[str, str, str]]:
    if column.type in (*NUMBERS, "promise"):
        return [
            (
                "indic_digits",
                f"regexp_matches({cell(column)}, '[{INDIC}]')",
                "written in Indic or Arabic digits, read as numbers",
            ),
            (
                "full_width_digits",
                f"regexp_matches({cell(column)}, '[{FULL_WIDTH}]')",
                "written in full-width digits, read as numbers",
            ),
        ]
    if column.type in DATES:
        early = (
            f"{kind(column)} = 'date' and {cell(column)} < '1900-03-01'"
            f" or {kind(column)} = 'number' and try_cast({cell(column)} as double) < 61"
        )
        return [("serial_59_60", early, "before March 1900, where Excel counts wrong")]
    return []


def _counts(connection: duckdb.DuckDBPyConnection, when: str) -> list[tuple[str, int]]:
    """How many rows of each file are so."""
    return connection.execute(
        f"""
        select source_file, count(*)
        from cells
        where part = 'row' and ({when})
        group by source_file
        order by source_file
        """
    ).fetchall()
