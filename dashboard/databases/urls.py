"""What a database URL names."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from dashboard.errors import DatabaseError

BACKENDS = (
    *("duckdb", "postgresql", "mysql", "mariadb", "sqlite", "clickhousedb"),
    "mssql",
)


@lru_cache(maxsize=16)
def backend_of(url: str) -> str:
    """Which kind of database a URL names. Raises DatabaseError."""
    try:
        name = sa.make_url(url).get_backend_name()
    except ArgumentError:
        raise DatabaseError(
            "The database URL is not one: write duckdb:///path/to/file.duckdb, or "
            "another of docs/databases.md."
        ) from None
    if name not in BACKENDS:
        raise DatabaseError(
            f"The database URL names {name}, which this version cannot read: it reads "
            f"{', '.join(BACKENDS)}."
        )
    return name


@lru_cache(maxsize=16)
def database_file(url: str) -> Path:
    """The DuckDB file that a URL names. Raises DatabaseError."""
    backend_of(url)
    parsed = sa.make_url(url)
    if not parsed.database or parsed.database == ":memory:":
        raise DatabaseError(
            "The database URL names no file: write duckdb:///path/to/file.duckdb."
        )
    return Path(parsed.database)
