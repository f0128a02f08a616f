"""Bring together what is kept of a tracker and the rows that files add to it.

The rows of files are typed by themselves, before they are added, since what is said of
their cells is said of these files alone. What is kept is typed again by the same rules:
`gather` leaves it in the view `cells`, and every row of both in the view `gathered`.
"""
# ruff: noqa: S608 - names come from a checked mapping, values are bound

from __future__ import annotations

import duckdb

from dashboard.errors import ImportFileError
from dashboard.sources.building import Building
from dashboard.sources.delivery import Delivery
from dashboard.sources.mapping import Mapping
from dashboard.sources.mending import take_places
from dashboard.sources.reading.headers import places_of
from dashboard.sources.reading.mended import is_mended
from dashboard.sources.trackers import joined

ADDED = """
    alter table cells rename to read_cells;
    alter table typed rename to typed_added;
    create temp table added (row_number bigint, arrival bigint, file varchar,
        line bigint, cells varchar[], kinds varchar[], text varchar,
        delimiter varchar, fault varchar, code varchar, read_number bigint,
        is_mended boolean, mends varchar[]);
    create temp table arrivals as
        select *, null :: varchar as delimiter from trackers.files limit 0;
    create temp table read_places (file varchar, of_file varchar)
"""


def add_rows(building: Building, given: Delivery) -> dict[str, int]:
    """Make the table `added` of the rows that were read, and are typed by now.

    Each file is an arrival of its own. Gives how many rows each has.
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
                "delimiter": building.delimiters[file],
                "header": building.headers[file],
            },
        )
    connection.executemany(
        "insert into read_places values (?, ?)", list(building.places.items())
    )
    connection.execute(ADD, {"tracker": plan.name})
    connection.execute("drop table read_places")
    connection.execute("drop table read_cells")
    connection.execute("delete from refused_rows")  # kept now, and shown in the end
    rows = dict(
        connection.execute(
            "select arrivals.file, count(*) from added"
            " inner join arrivals using (arrival) group by arrivals.file"
        ).fetchall()
    )
    mended = [file for file, header in building.headers.items() if is_mended(header)]
    if mended and len(mended) < len(given.hashes) and not plan.key:
        raise ImportFileError(
            f"{mended[0]} holds mended rows: import it by itself, after the others."
        )
    take_places(connection, plan, mended)
    return {file: rows.get(file, 0) for file in given.hashes}


def add_typed(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the rows of the files to those of the tracker in `typed`."""
    connection.execute("""
        insert into typed by name
        select typed_added.* replace (
            added.row_number as row_number,
            added.file as source_file,
            added.line as source_line
        )
        from typed_added
        inner join added on typed_added.row_number = added.read_number
    """)
    connection.execute("drop table typed_added")


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
        $file, $sha256, $scope, $header, true, $delimiter
"""
ADD = f"""
    insert into added
    with
    kept as (
        select coalesce(max(row_number), 0) as rows from earlier.trackers.rows
        where tracker = $tracker
    ),
    read as (
        select
            row_number, source_file as file, source_line as line, all_cells as cells,
            all_kinds as kinds, line_text as text, null as fault, null as code
        from read_cells
        where part = 'row'
        union all
        select
            row_number() over (order by file, line) + (
                select coalesce(max(row_number), 0) from read_cells
            ),
            file, line, null, null, text, reason, code
        from refused_rows
    )
    select
        row_number + kept.rows, arrival, read.file, line, cells, kinds,
        nullif(text, {joined("cells", "delimiter")}), delimiter, fault, code,
        row_number, false, null
    from read
    inner join read_places on read.file = read_places.file
    inner join arrivals on read_places.of_file = arrivals.file
    cross join kept
"""


def gather(connection: duckdb.DuckDBPyConnection, plan: Mapping) -> None:
    """Make the views `gathered` and `cells` of a tracker.

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
            row_number, arrival, file, line, cells, kinds, text, delimiter, fault,
            code, mends, false as is_new, reason is null as was_good
        from earlier.trackers.rows
        where
            tracker = (select tracker from gathering) and {not replaces}
            and row_number not in (select row_number from replaced)
        union all by name
        select * exclude (read_number, is_mended), true as is_new, false as was_good
        from added
    """)
    _find_places(connection, plan)
    columns = ", ".join(
        f'cells["at {c.name}"] as "_{c.name}", kinds["at {c.name}"] as "kind {c.name}"'
        for c in plan.columns
    )
    connection.execute(f"""
        create or replace temp view cells as
        select
            row_number, file as source_file, line as source_line,
            coalesce(text, {joined("cells", "delimiter")}) as line_text,
            'row' as part, {columns}
        from gathered
        inner join kept_places on gathered.arrival = kept_places."file arrival"
        where cells is not null and not is_new
    """)


def _find_places(connection: duckdb.DuckDBPyConnection, plan: Mapping) -> None:
    """Make `kept_places`: where the cells of each column stand in each kept file.

    A place counts from 1, and is null where the file has no such column, or several.
    """
    names = ", ".join(f'"at {column.name}" bigint' for column in plan.columns)
    connection.execute(
        f'create or replace temp table kept_places ("file arrival" bigint, {names})'
    )
    files = connection.execute(
        "select arrival, header from earlier.trackers.files where tracker = $tracker",
        {"tracker": plan.name},
    ).fetchall()
    marks = ", ".join("?" * (1 + len(plan.columns)))
    for arrival, header in files:
        found = [places_of(header, column) for column in plan.columns]
        places = [at[0] + 1 if len(at) == 1 else None for at in found]
        connection.execute(
            f"insert into kept_places values ({marks})", [arrival, *places]
        )
