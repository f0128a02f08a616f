"""Bring together what is kept of a tracker and the rows that files add to it.

What is left behind is the view `gathered`, a row per row with the number, the file and
the line it came from, and the view `cells`, which is typed next.
"""
# ruff: noqa: S608 - names come from a checked mapping, values are bound

from __future__ import annotations

import duckdb

from dashboard.errors import ImportFileError
from dashboard.sources.building import Building
from dashboard.sources.delivery import Delivery
from dashboard.sources.mapping import Mapping
from dashboard.sources.mending import is_mended, take_places

ADDED = """
    create temp table added (row_number bigint, arrival bigint, file varchar,
        line bigint, cells varchar[], text varchar, fault varchar, is_mended boolean);
    create temp table arrivals as from trackers.files limit 0
"""


def add_rows(building: Building, given: Delivery) -> dict[str, int]:
    """Turn `read_rows` into the table `added`, each file of it an arrival of its own.

    Gives how many rows each file has.
    """
    connection, plan = building.connection, given.plan
    connection.execute(ADDED)
    for file, sha256 in given.hashes.items():
        connection.execute(
            ARRIVE,
            {
                "tracker": plan.name,
                "file": file,
                "sha256": sha256,
                "scope": given.scope_text,
                "delimiter": plan.delimiter,
                "header": building.headers[file],
            },
        )
    connection.execute(ADD, {"tracker": plan.name, "delimiter": plan.delimiter})
    rows = dict(
        connection.execute("select file, count(*) from added group by file").fetchall()
    )
    connection.execute("drop table read_rows")
    mended = [file for file, header in building.headers.items() if is_mended(header)]
    if mended and len(mended) < len(given.hashes) and not plan.key:
        raise ImportFileError(
            f"{mended[0]} holds mended rows: import it by itself, after the others."
        )
    take_places(connection, plan, mended)
    return {file: rows.get(file, 0) for file in given.hashes}


def forget_added(connection: duckdb.DuckDBPyConnection) -> None:
    """The next tracker to be gathered has nothing new."""
    for table in ("added", "arrivals", "replaced"):
        connection.execute(f"delete from {table}")


ARRIVE = """
    insert into arrivals
    select
        $tracker,
        1 + greatest(
            (select coalesce(max(arrival), 0) from arrivals),
            (
                select coalesce(max(arrival), 0) from earlier.trackers.files
                where tracker = $tracker
            )
        ),
        $file, $sha256, $scope, $delimiter, $header, true
"""
ADD = """
    insert into added
    select
        row_number + (
            select coalesce(max(row_number), 0) from earlier.trackers.rows
            where tracker = $tracker
        ),
        arrival, file, line, cells,
        nullif(text, array_to_string(cells, $delimiter)), fault, false
    from read_rows
    inner join arrivals using (file)
"""


def gather(connection: duckdb.DuckDBPyConnection, plan: Mapping) -> None:
    """Make the views `gathered` and `cells` of a tracker, of `added` and what is kept.

    Without a key, the rows of a file replace all that is kept.
    """
    connection.execute(
        "create or replace temp table gathering as select $tracker as tracker",
        {"tracker": plan.name},
    )
    replaces = not plan.key and bool(
        connection.execute("select 1 from added where not is_mended").fetchone()
    )
    connection.execute(f"""
        create or replace temp view gathered as
        select
            row_number, arrival, file, line, cells, text, fault, false as is_new,
            reason is null as was_good
        from earlier.trackers.rows
        where
            tracker = (select tracker from gathering) and {not replaces}
            and row_number not in (select row_number from replaced)
        union all by name
        select * exclude (is_mended), true as is_new, false as was_good from added
    """)
    connection.execute(f"""
        create or replace temp view cells as
        with
        headers as (
            select arrival, header from earlier.trackers.files
            where tracker = (select tracker from gathering)
            union all
            select arrival, header from arrivals
            where tracker = (select tracker from gathering)
        ),
        places as (select arrival, {_places(plan)} from headers)
        select
            row_number, file as source_file, line as source_line, text as line_text,
            {", ".join(f'cells["_{c.name}"] as "_{c.name}"' for c in plan.columns)}
        from gathered
        inner join places using (arrival)
        where cells is not null
    """)


def _places(plan: Mapping) -> str:
    """Where the cells of each column stand in the files of a header."""
    return ", ".join(
        f"list_position(header, '{_quoted(column.header)}') as \"_{column.name}\""
        for column in plan.columns
    )


def _quoted(text: str) -> str:
    return text.replace("'", "''")
