"""Statistics that PostgreSQL lacks to foresee how many groups a question gives."""

from __future__ import annotations

import zlib

from dashboard.advice import catalog
from dashboard.advice.indexes import FEW_ROWS
from dashboard.advice.piece import Piece
from dashboard.databases.direct import Direct
from dashboard.sql.rewriting import over

# relation, the week that questions group it by, and a question that does
WEEKS = (
    (
        "item_stays",
        "completed_at",
        "week_start(day_of(completed_at))",
        "deadlines/closed_by_bucket",
    ),
    (
        "first_reviews",
        "work_date",
        "week_start(work_date)",
        "errors/error_rate_by_bucket",
    ),
)
NAMED = "item_stays", "item_stages", "work_items", "first_reviews", "quality_reviews"


def lacking_statistics(database: Direct) -> list[Piece]:
    """What the planner does not know: the sizes of tables, and of weeks."""
    there = catalog.tables(database)
    unknown = [
        name
        for name in NAMED
        if name in there and there[name]["holds_rows"] and there[name]["row_count"] < 0
    ]
    pieces = [_of_table(name) for name in unknown]
    known = catalog.statistics(database)
    for relation, column, week, query in WEEKS:
        table = there.get(relation)
        if not table or not table["holds_rows"] or table["row_count"] < FEW_ROWS:
            continue
        expression = _written(database, relation, week)
        name = f"mis_{relation}_{column}_{zlib.crc32(expression.encode()):08x}"
        if name not in known:
            pieces.append(_of_weeks(name, relation, column, expression, query))
    return pieces


def _written(database: Direct, relation: str, week: str) -> str:
    """The very expression that our SQL groups by; it follows the reporting zone."""
    tree = over(f"select {week} as week", {})
    return database.state().dialect.write(tree).split(None, 1)[1].rpartition(" AS ")[0]


def _of_table(name: str) -> Piece:
    return Piece(
        title=f"Statistics of {name}",
        why=f"PostgreSQL does not know how large {name} is.",
        statements=(f"analyze {name}",),
        undo=(),
        query="deadlines/reconciliation",
    )


def _of_weeks(
    name: str, relation: str, column: str, expression: str, query: str
) -> Piece:
    return Piece(
        title=f"Statistics of the week of {column} in {relation}",
        why="Without them PostgreSQL takes each day for a week of its own, or many "
        "more, and sorts what it could count.",
        statements=(
            f"create statistics {name} on ({expression}) from {relation}",
            f"analyze {relation}",
        ),
        undo=(f"drop statistics if exists {name}",),
        query=query,
    )
