"""Connections to a DuckDB file that can do nothing but read it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import sqlalchemy as sa

from dashboard.errors import DatabaseError
from dashboard.private_folders import private_folder

# Nothing but reading the one file: no other file, no extension, no change of these.
LOCKED_DOWN = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_unsigned_extensions": "false",
    "memory_limit": "1GB",
    "max_temp_directory_size": "2GB",
    "threads": "2",
}


def check_opens(path: Path) -> None:
    """Open once without SQLAlchemy, whose words for a bad file help no reader."""
    try:
        duckdb.connect(str(path), read_only=True, config=_config()).close()
    except duckdb.Error as error:
        text = str(error)
        if "different configuration" in text:  # this process has it open already
            return
        if "lock" in text:
            what = "is being written by another program: try again when it is done"
        elif "not a valid DuckDB database" in text or "magic" in text.lower():
            what = "is not a DuckDB file: correct the setting database_url"
        elif "version" in text:
            what = "was written by another version of DuckDB: build it anew"
        else:
            what = "cannot be opened: build it anew, or restore it"
        raise DatabaseError(f"The operations database {path.name} {what}.") from error


def _config() -> dict[str, str | bool | int | float | list[str]]:
    return {
        **LOCKED_DOWN,
        "temp_directory": str(_spill()),
        "lock_configuration": "true",
    }


@lru_cache(maxsize=1)
def _spill() -> Path:
    """Where questions of this process spill; two processes in one would read wrong."""
    return private_folder("spill")


def engine_of(path: Path) -> sa.Engine:
    """A pool of connections that read the file."""
    return sa.create_engine(
        sa.URL.create("duckdb", database=str(path)),
        connect_args={"read_only": True, "config": _config()},
        pool_size=8,
        max_overflow=24,
        pool_timeout=10,
        isolation_level="AUTOCOMMIT",  # each question is one select
        pool_reset_on_return=None,
    )


def on_connect(engine: sa.Engine, statement: str) -> None:
    """Have every new connection begin with a statement."""

    @sa.event.listens_for(engine, "connect")
    def run(connection: Any, record: Any) -> None:
        connection.cursor().execute(statement)


def share(engine: sa.Engine, name: str, rows: pa.Table) -> None:
    """Have rows of our own stand as a relation on every connection."""

    @sa.event.listens_for(engine, "connect")
    def run(connection: Any, record: Any) -> None:
        connection.register(name, rows)
