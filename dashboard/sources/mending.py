"""Rows of the quarantine that come back mended take the places of the broken ones.

The file that `mis quarantine` writes has the columns of the tracker and three more,
which say where each row came from, and why it was refused.
"""
# ruff: noqa: S608 - no text of a file or a mapping is in these statements

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from dashboard.sources.mapping import Mapping
from dashboard.sources.reading.headers import usual
from dashboard.sources.reading.mended import MENDED
from dashboard.sources.reading.rows import Row
from dashboard.sources.trackers import written

WRITTEN = re.compile(rb'[,;\t|]"?'.join(rb'%b"?' % name.encode() for name in MENDED))
START = 65_536  # bytes, within which a header ends


def is_written_here(path: Path) -> bool:
    """Whether a CSV file begins with such a header: it is read plainly.

    What the mapping declares of the files of the tracker is not true of it.
    """
    with path.open("rb") as file:
        return WRITTEN.search(file.read(START)) is not None


def as_they_were(
    connection: duckdb.DuckDBPyConnection,
    plan: Mapping,
    header: Sequence[str],
    rows: Iterator[Row],
) -> Iterator[Row]:
    """The rows of a mended file; what a workbook said of a cell holds until it changes.

    So a date or a number that nobody touched is read as it was the first time.
    """
    names = [usual(name, plan.columns) for name in header]
    broken = _broken(connection, plan)
    for row in rows:
        origin = broken.get(tuple(row.cells[-2:]), {})
        kinds = [origin.get(cell) for cell in zip(names, row.cells, strict=False)]
        yield replace(row, kinds=kinds) if any(kinds) and not row.kinds else row


Cells = dict[tuple[str, str], str | None]  # header and text -> kind


def _broken(
    connection: duckdb.DuckDBPyConnection, plan: Mapping
) -> dict[tuple[str, ...], Cells]:
    """The cells of workbooks that wait in quarantine, by file and line."""
    found = connection.execute(
        """
        select kept.file, kept.line, files.header, kept.cells, kept.kinds
        from earlier.trackers.rows as kept
        inner join earlier.trackers.files as files using (tracker, arrival)
        where tracker = $tracker and kept.reason is not null
            and kept.cells is not null and kept.kinds is not null
        """,
        {"tracker": plan.name},
    ).fetchall()
    return {
        (file, str(line)): {
            (usual(name, plan.columns), cell): kind
            for name, cell, kind in zip(header, cells, kinds, strict=True)
        }
        for file, line, header, cells, kinds in found
    }


def take_places(
    connection: duckdb.DuckDBPyConnection, plan: Mapping, mended: list[str]
) -> None:
    """Give the rows of mended files their origins; `replaced` lists whose places.

    Two broken rows of one origin, from two files of one name, are replaced only
    together: which of them is meant cannot be told.
    """
    connection.execute(
        "create temp table replaced (row_number bigint, file varchar, line bigint,"
        " text varchar, fault varchar, code varchar, delimiter varchar,"
        " mends varchar[], added_number bigint)"
    )
    for file in mended:
        connection.execute(FIND_ORIGINS, {"file": file})
        connection.execute(SHORTEN_HEADER, {"file": file})
    connection.execute(REPLACE, {"tracker": plan.name})
    if not plan.key:
        connection.execute(REFUSE_STRANGERS)
    _keep_faults_of_the_untouched(connection)
    connection.execute(TAKE_NUMBERS)


FIND_ORIGINS = """
    update added set
        is_mended = true,
        file = cells[-2],
        line = coalesce(try_cast(cells[-1] as bigint), line),
        text = null,
        cells = list_slice(cells, 1, len(cells) - 3),
        kinds = list_slice(kinds, 1, len(kinds) - 3)
    where
        arrival = (select arrival from arrivals where file = $file)
        and cells is not null
"""
SHORTEN_HEADER = """
    update arrivals set header = list_slice(header, 1, len(header) - 3)
    where file = $file
"""
REPLACE = f"""
    insert into replaced
    with
    broken as (
        select *, count(*) over (partition by file, line) as rows
        from earlier.trackers.rows
        where tracker = $tracker and reason is not null
    ),
    mended as (
        select file, line, min(row_number) as added_number, count(*) as rows
        from added
        where is_mended
        group by file, line
    )
    select
        broken.row_number, file, line, broken.text, broken.fault, broken.code,
        broken.delimiter,
        list_append(coalesce(broken.mends, []), {written("broken")}),
        mended.added_number
    from broken
    inner join mended using (file, line)
    where mended.rows >= broken.rows
"""
# Where rows have no key, one that replaces nothing would be there twice.
REFUSE_STRANGERS = """
    update added set
        fault = concat(file, ', line ', line, ' is not in quarantine'),
        code = 'not_in_quarantine'
    where is_mended and (file, line) not in (select file, line from replaced)
"""
TAKE_NUMBERS = """
    update added set row_number = places.row_number, mends = places.mends
    from (
        select
            added_number, min(row_number) as row_number, flatten(list(mends)) as mends
        from replaced
        group by added_number
    ) as places
    where places.added_number = added.row_number
"""


def _keep_faults_of_the_untouched(connection: duckdb.DuckDBPyConnection) -> None:
    """A row that could not be read as cells, and that nobody mended, stays so."""
    found = connection.execute("""
        select
            added.row_number, added.cells, replaced.text, replaced.fault, replaced.code,
            replaced.delimiter
        from replaced
        inner join added using (file, line)
        where added.is_mended and added.cells is not null
            and replaced.fault is not null and replaced.text is not null
    """).fetchall()
    for number, cells, text, fault, code, delimiter in found:
        if cells == spread(text, delimiter, len(cells)):
            connection.execute(
                "update added set cells = null, kinds = null, text = $text,"
                " delimiter = $delimiter, fault = $fault, code = $code"
                " where row_number = $number",
                {
                    "text": text,
                    "delimiter": delimiter,
                    "fault": fault,
                    "code": code,
                    "number": number,
                },
            )


def spread(text: str, delimiter: str, width: int) -> list[str]:
    """The cells that a row might have had; what is too much stands in the last."""
    try:
        lines = io.StringIO(text, newline="")
        cells = next(csv.reader(lines, delimiter=delimiter), [])
    except csv.Error:
        cells = [text]
    if len(cells) > width:
        cells = [*cells[: width - 1], delimiter.join(cells[width - 1 :])]
    return cells + [""] * (width - len(cells))
