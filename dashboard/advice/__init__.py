"""What a database lacks to answer quickly: said, never done."""

from __future__ import annotations

from urllib.parse import urlsplit

from dashboard.advice.indexes import lacking_indexes
from dashboard.advice.piece import Piece
from dashboard.advice.relations import lacking_relations
from dashboard.advice.statistics import lacking_statistics
from dashboard.databases import Database
from dashboard.databases.direct import Direct
from dashboard.errors import QuestionError

__all__ = ["Piece", "advice", "advisable", "copy_of"]

NOTHING_TO_ADVISE = (
    "Nothing is advised for {kind}: {why}. Advice is for PostgreSQL, MariaDB and "
    "SQLite databases."
)
WHY = {
    "duckdb": "a file that mis builds holds all that it needs",
    "clickhouse": "it reads whole columns, and no index of it was tried",
}


def advisable(database: Database) -> Direct:
    """The database, if there is advice for its kind. Raises QuestionError."""
    kind = getattr(database, "dialect", "duckdb")
    if kind in WHY or not isinstance(database, Direct):
        named = {"duckdb": "a DuckDB file", "clickhouse": "ClickHouse"}
        raise QuestionError(NOTHING_TO_ADVISE.format(kind=named[kind], why=WHY[kind]))
    return database


def advice(database: Direct) -> list[Piece]:
    """The pieces of advice in order of worth; empty where nothing is lacking.

    Only its catalog is read, and how many rows a table has where that does not tell.
    Raises DatabaseError.
    """
    pieces = lacking_relations(database)
    if pieces:
        return pieces  # indexes belong on what is made by these
    pieces = lacking_indexes(database)
    if database.dialect == "postgresql":
        pieces += lacking_statistics(database)
    return pieces


def copy_of(url: str, database: Direct) -> str:
    """The URL of a copy. Raises QuestionError where it names the database itself."""
    if _place(url) == _place(database.url.render_as_string(hide_password=False)):
        raise QuestionError(
            "--measure-on names the database itself: name a copy of it, because advice "
            "is tried there."
        )
    return url


def _place(url: str) -> tuple[object, ...]:
    place = urlsplit(url)
    return place.hostname, place.port, place.path
