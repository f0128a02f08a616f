"""Rows of the quarantine that come back mended take the places of the broken ones.

The file that `mis quarantine` writes has the columns of the tracker and three more,
which say where each row came from, and why it was refused.
"""

from __future__ import annotations

import csv
import io

import duckdb

from dashboard.sources.mapping import Mapping

MENDED = ["quarantine_reason", "quarantine_file", "quarantine_line"]


def is_mended(header: list[str]) -> bool:
    """Whether a file of that header was written by `mis quarantine`."""
    return header[-len(MENDED) :] == MENDED


def take_places(
    connection: duckdb.DuckDBPyConnection, plan: Mapping, mended: list[str]
) -> None:
    """Give the rows of mended files their origins; `replaced` lists whose places.

    Two broken rows of one origin, from two files of one name, are replaced only
    together: which of them is meant cannot be told.
    """
    connection.execute(
        "create temp table replaced (row_number bigint, file varchar, line bigint,"
        " text varchar, fault varchar, added_number bigint)"
    )
    for file in mended:
        connection.execute(FIND_ORIGINS, {"file": file})
        connection.execute(SHORTEN_HEADER, {"file": file})
    connection.execute(REPLACE, {"tracker": plan.name})
    if not plan.key:
        connection.execute(REFUSE_STRANGERS)
    _keep_faults_of_the_untouched(connection, plan)
    connection.execute(TAKE_NUMBERS)


FIND_ORIGINS = """
    update added set
        is_mended = true,
        file = cells[-2],
        line = coalesce(try_cast(cells[-1] as bigint), line),
        text = null,
        cells = list_slice(cells, 1, len(cells) - 3)
    where
        arrival = (select arrival from arrivals where file = $file)
        and cells is not null
"""
SHORTEN_HEADER = """
    update arrivals set header = list_slice(header, 1, len(header) - 3)
    where file = $file
"""
REPLACE = """
    insert into replaced
    with
    broken as (
        select row_number, file, line, text, fault,
            count(*) over (partition by file, line) as rows
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
        broken.row_number, file, line, broken.text, broken.fault, mended.added_number
    from broken
    inner join mended using (file, line)
    where mended.rows >= broken.rows
"""
# Where rows have no key, one that replaces nothing would be there twice.
REFUSE_STRANGERS = """
    update added set fault = concat(file, ', line ', line, ' is not in quarantine')
    where is_mended and (file, line) not in (select file, line from replaced)
"""
TAKE_NUMBERS = """
    update added set row_number = places.row_number
    from (
        select added_number, min(row_number) as row_number from replaced
        group by added_number
    ) as places
    where places.added_number = added.row_number
"""


def _keep_faults_of_the_untouched(
    connection: duckdb.DuckDBPyConnection, plan: Mapping
) -> None:
    """A row that could not be read as cells, and that nobody mended, stays so."""
    found = connection.execute("""
        select added.row_number, added.cells, replaced.text, replaced.fault
        from replaced
        inner join added using (file, line)
        where added.is_mended and added.cells is not null
            and replaced.fault is not null and replaced.text is not null
    """).fetchall()
    for number, cells, text, fault in found:
        if cells == spread(text, plan.delimiter, len(cells)):
            connection.execute(
                "update added set cells = null, text = $text, fault = $fault"
                " where row_number = $number",
                {"text": text, "fault": fault, "number": number},
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
