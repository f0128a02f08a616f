"""Count what became of the rows of each file, and refuse an import that lost some."""

from __future__ import annotations

import duckdb

from dashboard.errors import ImportFileError
from dashboard.sources.load_lines import LoadLine
from dashboard.sources.mapping import Mapping

OUTCOMES = ("inserted", "updated", "unchanged", "mended", "quarantined")


def lines(
    connection: duckdb.DuckDBPyConnection, plan: Mapping, read: dict[str, int]
) -> list[LoadLine]:
    """A line for each file; `read` is how many rows each has.

    Raises ImportFileError unless the rows of each are all accounted for.
    """
    found = connection.execute(BY_OUTCOME if plan.key else BY_CONTENT).fetchall()
    counted = {(file, outcome): count for file, outcome, count in found}
    held = dict(connection.execute(HELD, {"tracker": plan.name}).fetchall())
    gone = _gone(connection, plan, counted)
    told = []
    for number, (file, rows) in enumerate(read.items()):
        parts = {f"{o}_rows": counted.get((file, o), 0) for o in OUTCOMES}
        if sum(parts.values()) != rows:
            raise ImportFileError(
                f"{file} has {rows:,} rows and {sum(parts.values()):,} are accounted "
                "for, so nothing was imported: tell whoever maintains this program."
            )
        told.append(
            LoadLine(
                part=file,
                source_rows=rows,
                held_rows=held.get(file, 0),
                deleted_rows=0 if number else gone,
                expected_minutes=plan.fresh_within,
                **parts,
            )
        )
    return told


def _gone(
    connection: duckdb.DuckDBPyConnection,
    plan: Mapping,
    counted: dict[tuple[str, str], int],
) -> int:
    """How many rows were here, and are in none of the files that replace them."""
    [(replaced,)] = connection.execute(
        """
        select count(*) from earlier.trackers.rows
        where
            tracker = $tracker and reason is null
            and exists (select 1 from added where not is_mended) and $replaces
        """,
        {"tracker": plan.name, "replaces": not plan.key},
    ).fetchall()
    same = sum(n for (_, outcome), n in counted.items() if outcome == "unchanged")
    return int(replaced) - same if replaced else 0


BY_OUTCOME = """
    select files.file, settled.outcome, count(*)
    from settled
    inner join arrivals as files using (arrival)
    where settled.is_new
    group by files.file, settled.outcome
"""
HELD = """
    select files.file, count(*)
    from trackers.rows as kept
    inner join trackers.files as files using (tracker, arrival)
    where tracker = $tracker and kept.reason is null
    group by files.file
"""
# Without a key, a row is the one that was here before if every cell is the same.
BY_CONTENT = """
    with
    earlier_rows as (
        select cells, row_number() over (partition by cells) as place
        from earlier.trackers.rows
        where tracker = (select tracker from gathering) and reason is null
    ),
    new_rows as (
        select
            files.file,
            added.cells,
            settled.outcome,
            added.is_mended,
            row_number() over (partition by added.cells) as place
        from settled
        inner join added using (row_number)
        inner join arrivals as files on settled.arrival = files.arrival
    )
    select
        new_rows.file,
        case
            when new_rows.outcome = 'inserted' and earlier_rows.place is not null
                and not new_rows.is_mended
            then 'unchanged' else new_rows.outcome
        end as outcome,
        count(*)
    from new_rows
    left join earlier_rows
        on new_rows.cells = earlier_rows.cells and new_rows.place = earlier_rows.place
    group by all
"""
