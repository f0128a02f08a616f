"""Keep what is settled of a tracker in the new file, for later imports."""
# ruff: noqa: S608 - no text of a file or a mapping is in these statements

from __future__ import annotations

import duckdb

from dashboard.sources.mapping import Mapping
from dashboard.sources.trackers import joined, keep_mapping


def keep(connection: duckdb.DuckDBPyConnection, plan: Mapping) -> None:
    """Keep the rows that are not overtaken, their files and the mapping."""
    connection.execute(
        """
        insert into trackers.rows
        select
            $tracker, gathered.arrival, settled.place, gathered.file, gathered.line,
            settled.key, gathered.cells, gathered.kinds, gathered.text,
            gathered.delimiter, settled.fault, settled.reason, settled.code,
            gathered.mends
        from gathered
        inner join settled using (row_number)
        where not settled.is_overtaken
        """,
        {"tracker": plan.name},
    )
    connection.execute(
        """
        insert into trackers.files
        select * replace (is_current and not (
            select coalesce(bool_or(
                is_new and (outcome = 'updated' or $replaces)
            ), false) from settled
        ) as is_current)
        from earlier.trackers.files
        where tracker = $tracker
        union all
        select * exclude (delimiter) from arrivals where tracker = $tracker
        """,
        {"tracker": plan.name, "replaces": not plan.key},
    )
    connection.execute(
        """
        delete from trackers.files
        where tracker = $tracker and not is_current
        and arrival not in (select arrival from trackers.rows where tracker = $tracker)
        """,
        {"tracker": plan.name},
    )
    keep_mapping(connection, plan)


def show_refused(connection: duckdb.DuckDBPyConnection) -> None:
    """Show every refused row of every tracker in the relation refused_rows."""
    connection.execute(f"""
        insert into refused_rows by name
        select
            file,
            line,
            code,
            reason,
            coalesce(text, {joined("cells", "delimiter")}) as text
        from trackers.rows
        where reason is not null
    """)
