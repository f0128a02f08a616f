"""Point the dashboard at a database: what is in it, and files that say what it means.

`mis.toml` names the database and the mapping; the folder of the mapping holds one
select for each relation.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from dashboard.databases.direct import Direct
from dashboard.errors import DatabaseError, SettingsError
from dashboard.sources.headings import likely_columns
from dashboard.sql.names import quoted
from dashboard.sql.selects import READY, read_selects, ready_names

Tables = Mapping[str, tuple[str, ...]]
"""The columns of each table, by its name in the database."""

MARKS = {"mysql": "`", "mariadb": "`", "clickhousedb": "`"}


@dataclass(frozen=True)
class Draft:
    """A first select for work_items, and which column of ours each of its parts is."""

    sql: str
    columns: Mapping[str, str]


def tables_of(database: Direct) -> Tables:
    """What the user may read. Raises DatabaseError."""
    found: dict[str, list[str]] = {}
    for table, column in database.look(database.columns_there):
        found.setdefault(table, []).append(column)
    if not found:
        raise DatabaseError(
            f"The user {database.url.username} may read no table of the database: "
            "grant the right to select, as docs/databases.md shows."
        )
    return {table: tuple(found[table]) for table in sorted(found)}


def can_write(database: Direct, tables: Tables) -> bool:
    """Whether a deletion of no rows is let through: rights are tried, not believed."""
    if not database.unlocking:  # its sessions are locked by the server
        return False
    return any(_deletes(database, table) for table in tables)


def _deletes(database: Direct, table: str) -> bool:
    try:
        database.look(partial(_delete_nothing, database=database, table=table))
    except DatabaseError:
        return False
    return True


def _delete_nothing(connection: Any, database: Direct, table: str) -> None:
    cursor = connection.cursor()
    cursor.execute(database.unlocking)
    try:
        cursor.execute(f"delete from {_quoted(database, table)} where 1 = 0")  # noqa: S608
    finally:
        cursor.close()
        connection.close()  # it is not to be used again


def fitting(database: Direct) -> list[str]:
    """The ready mappings whose every select this database understands."""
    return [name for name in ready_names() if _fits(database, name)]


def _fits(database: Direct, name: str) -> bool:
    try:
        for select in read_selects(name).values():
            database.look(partial(database.columns_of, select=select))
    except DatabaseError:
        return False
    return True


def draft(database: Direct, table: str, columns: tuple[str, ...]) -> Draft:
    """A select of work_items from one table, by what its columns are called."""
    likely = likely_columns(columns)
    lines = [
        f"    {_quoted(database, heading)} as {name}"
        for name, heading in likely.items()
    ]
    others = [c for c in columns if c not in likely.values()]
    head = [
        "-- Work items",
        "-- Which unit of work is which, and when did what happen to it?",
        "--",
        "-- A first draft by the names of columns: look at each line, and correct it.",
        "-- Instants have to be UTC. Columns of the table that are not used:",
        *(f"--     {column}" for column in others),
        "",
    ]
    sql = [*head, "select", ",\n".join(lines), f"from {_quoted(database, table)}", ""]
    return Draft("\n".join(sql), likely)


def _quoted(database: Direct, name: str) -> str:
    """A name as the SQL of the database needs it."""
    return quoted(name, MARKS.get(database.url.get_backend_name(), '"'))


def write_ready(name: str, folder: Path) -> None:
    """Copy a ready mapping, to be changed there. Raises SettingsError if it stands."""
    _check_new(folder)
    shutil.copytree(READY / name, folder)


def write_draft(found: Draft, folder: Path) -> None:
    """Write a mapping with one select. Raises SettingsError where it stands already."""
    _check_new(folder)
    folder.mkdir(parents=True)
    (folder / "work_items.sql").write_text(found.sql, "utf-8")


def write_settings(path: Path, **settings: str) -> None:
    """Write mis.toml, for its owner alone. Raises SettingsError where it stands."""
    _check_new(path)
    lines = [
        f"{name} = {json.dumps(value, ensure_ascii=False)}"
        for name, value in settings.items()
        if value
    ]
    path.touch(mode=0o600)
    path.write_text("\n".join([*lines, ""]), "utf-8")


def _check_new(path: Path) -> None:
    if path.exists():
        raise SettingsError(
            f"{path} is there already, and is not written over: remove it, or go on "
            "with `mis doctor`."
        )
