"""The operations databases that the gate can ask."""

from __future__ import annotations

import threading
from importlib import import_module
from pathlib import Path

from dashboard.databases.base import Database
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.databases.urls import backend_of, database_file
from dashboard.errors import DatabaseError
from dashboard.settings import Settings

__all__ = ["Database", "open_database"]

# kind of URL -> module here, its class, the extra with its driver
DIRECT = {
    "postgresql": ("postgresql", "PostgreSQL", "postgresql"),
    "mysql": ("mariadb", "MariaDB", "mariadb"),
    "mariadb": ("mariadb", "MariaDB", "mariadb"),
    "sqlite": ("sqlite", "SQLite", "sqlite"),
    "clickhousedb": ("clickhouse", "ClickHouse", "clickhouse"),
    "mssql": ("sqlserver", "SQLServer", "sqlserver"),
}
_opened: dict[Path | str, tuple[Settings, Database]] = {}
_opening = threading.Lock()


def _opened_as(kind: str, settings: Settings) -> Database:
    """A database of a kind; its driver is imported only where it is used."""
    module, name, extra = DIRECT[kind]
    try:
        found = import_module(f"dashboard.databases.{module}")
    except ModuleNotFoundError as error:
        raise DatabaseError(
            f"The driver of {kind} is not installed (no {error.name}): install the "
            f"extra {extra}, with .venv/bin/pip install '.[{extra}]' where the program "
            "is."
        ) from error
    except ImportError as error:  # a library of the system, which pip does not bring
        raise DatabaseError(
            f"The driver of {kind} cannot be loaded ({error}): install what it needs, "
            "as docs/databases.md says."
        ) from error
    opened: Database = getattr(found, name)(settings)
    return opened


def open_database(settings: Settings) -> Database:
    """The one Database of a file in this process; pages and routes share it.

    Other settings for the same file close the one before: DuckDB gives a file that was
    replaced to nobody while an old connection to it lasts.
    """
    kind = backend_of(settings.database_url)
    url = settings.database_url
    path = database_file(url) if kind == "duckdb" else url
    with _opening:
        known = _opened.get(path)
        if known and known[0] == settings:
            return known[1]
        opened = _opened_as(kind, settings) if kind in DIRECT else DuckDBFile(settings)
        _opened[path] = (settings, opened)
    if known:  # out of the way of others: it waits for its readers
        known[1].close()
    return opened
