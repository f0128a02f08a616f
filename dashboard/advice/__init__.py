"""What a database lacks to answer quickly: said, never done."""

from __future__ import annotations

from dashboard.advice.catalog import place
from dashboard.advice.indexes import lacking_indexes
from dashboard.advice.piece import Piece
from dashboard.advice.relations import lacking_relations
from dashboard.advice.statistics import lacking_statistics
from dashboard.databases import Database
from dashboard.databases.direct import Direct
from dashboard.errors import QuestionError

__all__ = ["Piece", "advice", "advisable", "check_copy"]

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
    if database.selects:
        raise QuestionError(
            "Nothing is advised for tables that are read by a mapping: copy them with "
            "`mis sync`, which makes all that our queries need."
        )
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


def check_copy(copy: Direct, database: Direct) -> None:
    """Raise QuestionError where a copy is the database itself, as both say."""
    if place(copy) == place(database):
        raise QuestionError(
            "--measure-on names the database itself: name a copy of it, because advice "
            "is tried there."
        )
