"""How far a copy has come with each relation, kept in the file that it makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from dashboard.sources.building import FORMAT

TABLE = (
    "create table sync_marks (relation text, changed_at timestamp, whole_at timestamp)"
)


@dataclass(frozen=True)
class Mark:
    """The newest change that was copied, if told, and when all rows were compared."""

    changed_at: datetime | None
    whole_at: datetime


def attach_earlier(
    connection: duckdb.DuckDBPyConnection, path: Path, source: str, zone: str
) -> dict[str, Mark]:
    """Attach the copy before as `earlier`, and give its marks; none where it is none.

    A file of another source, zone or layout, or one that cannot be read, is none.
    """
    if not path.is_file():
        return {}
    quoted = str(path).replace("'", "''")
    try:
        connection.execute(f"attach '{quoted}' as earlier (read_only)")
        about = connection.execute(
            "select source, zone, format from earlier.load_log"
        ).fetchall()
        marks = connection.execute("select * from earlier.sync_marks").fetchall()
    except duckdb.Error:
        return {}
    if about != [(source, zone, FORMAT)]:
        return {}
    return {relation: Mark(changed_at, at) for relation, changed_at, at in marks}


def keep_marks(connection: duckdb.DuckDBPyConnection, marks: dict[str, Mark]) -> None:
    """Write the marks of this copy into its file."""
    connection.execute(TABLE)
    for relation, mark in marks.items():
        connection.execute(
            "insert into sync_marks values (?, ?, ?)",
            [relation, mark.changed_at, mark.whole_at],
        )
