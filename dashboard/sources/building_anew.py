"""Build a file anew from itself, by the calendars that the site has decided."""
# ruff: noqa: S608 - names are those of tables of our own files

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from dashboard.errors import DatabaseError
from dashboard.relations import OURS, RELATIONS
from dashboard.relations.loaded import CALENDAR_DAYS, LEFT_OUT_ITEMS, REFUSED_ROWS
from dashboard.sources.building import (
    FORMAT,
    Building,
    Progress,
    new_database,
    no_progress,
)
from dashboard.sources.calendars import same_days
from dashboard.sources.one_at_a_time import one_at_a_time

if TYPE_CHECKING:
    from dashboard.decisions import Calendars

COPIED = (LEFT_OUT_ITEMS, REFUSED_ROWS)  # of what loading leaves


def counts_by(
    connection: duckdb.DuckDBPyConnection, calendars: Calendars | None
) -> bool:
    """Whether the attached `earlier` counts working time by these calendars, if any."""
    if calendars is None:
        return True
    names = ", ".join(CALENDAR_DAYS.column_names)
    try:
        own = connection.execute(f"select {names} from earlier.calendar_days")
    except duckdb.CatalogException:  # there is no file yet
        return False
    return same_days(own.to_arrow_table(), *calendars)


def build_anew(
    path: Path, calendars: Calendars, progress: Progress = no_progress
) -> bool:
    """Build the file at `path` anew by calendars; False where it counts by them.

    Raises DatabaseError where it is no file that we built, or cannot be written: then
    it is as it was before.
    """
    try:
        with one_at_a_time(path, progress):
            return _build(path, calendars, progress)
    except (OSError, duckdb.Error) as error:
        said = str(error).splitlines()[0]
        raise DatabaseError(
            f"{path} cannot be built anew ({said}): it is as it was before."
        ) from error


def _build(path: Path, calendars: Calendars, progress: Progress) -> bool:
    with duckdb.connect() as connection:
        _attach(connection, path)
        about = _about(connection, path)
        if counts_by(connection, calendars):
            return False
    with new_database(
        path,
        source=about["source"],
        zone=about["zone"],
        as_of=about["as_of"],
        is_sample=about["is_sample"],
        progress=progress,
        calendars=calendars,
    ) as building:
        _attach(building.connection, path)
        _copy(building)
        building.rows, building.refused_rows = about["rows"], about["refused_rows"]
        building.max_changed_at = about["max_changed_at"]
    return True


def _attach(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    quoted = str(path).replace("'", "''")
    connection.execute(f"attach '{quoted}' as earlier (read_only)")


def _about(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, Any]:
    """What the file says of itself. Raises DatabaseError where we did not build it."""
    found: pa.Table = connection.execute("from earlier.load_log").to_arrow_table()
    [row] = found.to_pylist() or [{}]
    if row.get("format") != FORMAT:
        raise DatabaseError(
            f"{path} was not built by this version of the program: import its files, "
            "or copy its database, once more."
        )
    return row


def _copy(building: Building) -> None:
    """All that the file holds, but for what is derived and said of the load itself."""
    connection = building.connection
    for name, relation in RELATIONS.items():
        if not relation.is_derived and (relation not in OURS or relation in COPIED):
            building.progress(f"Copying {name}", 0, 1)
            connection.execute(f"insert into {name} by name from earlier.main.{name}")
    others = connection.execute(
        "select schema_name, table_name from duckdb_tables()"
        " where database_name = 'earlier'"
    ).fetchall()
    for schema, name in others:
        if schema != "main" or name not in RELATIONS:
            connection.execute(f'create schema if not exists "{schema}"')
            table = f'"{schema}"."{name}"'
            connection.execute(f"create table {table} as from earlier.{table}")
