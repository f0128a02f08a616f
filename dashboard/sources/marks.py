"""How far a copy has come with each relation, kept in the file that it makes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from dashboard.errors import DatabaseError
from dashboard.sources.building import FORMAT

TABLE = (
    "create table sync_marks (relation text, changed_at timestamp, whole_at timestamp)"
)


@dataclass(frozen=True)
class Mark:
    """The newest change that was copied, if told, and when all rows were compared."""

    changed_at: datetime | None
    whole_at: datetime


def check_is_copy(path: Path) -> None:
    """Raise DatabaseError where a file holds data that is no copy of a database."""
    if not path.is_file():
        return
    with suppress(duckdb.Error), duckdb.connect(str(path), read_only=True) as there:
        tables = {name for (name,) in there.execute("show tables").fetchall()}
        if "load_log" in tables and "sync_marks" not in tables:
            raise DatabaseError(
                f"{path} holds data that is no copy of a database: choose another file "
                "for the copy, with --into or the setting database_url."
            )


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
