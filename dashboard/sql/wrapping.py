"""A select around a query that picks, searches, orders, pages or counts its rows."""

from __future__ import annotations

from sqlglot import exp

from dashboard.errors import QuestionError
from dashboard.query_files import Query
from dashboard.relations import RELATIONS
from dashboard.sql.checking import order_of
from dashboard.sql.portable import Portable
from dashboard.sql.shape import Chosen, Shape

OF_ROWS = "of_rows"  # of a page: how many rows there are in all
# Words that a reader can search in: the columns of text of any relation.
TEXT_COLUMNS = frozenset(
    column.name
    for relation in RELATIONS.values()
    for column in relation.columns
    if column.kind == "text"
)


def wrapped(query: Query, tree: exp.Select, shape: Shape) -> exp.Select:
    """The query, or a select from it that picks, orders, pages or counts its rows."""
    if not (shape.where or shape.search or shape.order or shape.paged or shape.count):
        return tree
    keys = order_of(tree)
    tree.set("order", None)
    outer = exp.select("*").from_(tree.subquery("answer"))
    for number, (column, chosen) in enumerate(shape.where):
        _check_column(query, column)
        outer = outer.where(
            _picked(column, f"where_{number}", chosen), dialect=Portable
        )
    if shape.search:
        outer = outer.where(_searched(query), dialect=Portable)
    if shape.count:
        if shape.summing:
            _check_column(query, shape.summing)
        what = f"sum({shape.summing})" if shape.summing else "count(*)"
        return outer.select(f"coalesce({what}, 0) as number", append=False)
    if shape.order:
        _check_column(query, shape.order)
        direction = "desc" if shape.descending else "asc"
        outer = outer.order_by(
            f"{shape.order} {direction} nulls last", dialect=Portable
        )
    for key in keys:
        outer = outer.order_by(key)
    if shape.paged:
        outer = outer.select(f"count(*) over () as {OF_ROWS}")
        outer = outer.limit(exp.Placeholder(this="limit"))
        outer = outer.offset(exp.Placeholder(this="offset"))
    return outer


def _check_column(query: Query, column: str) -> None:
    if column not in query.columns:
        raise QuestionError(
            f"{query.name} has no column {column!r}; "
            f"its columns are {', '.join(query.columns)}."
        )


def _picked(column: str, prefix: str, chosen: Chosen) -> str:
    """Values come from an address or a click, so they are compared as text."""
    binds = [f":{prefix}_{i}" for i in range(chosen.values)]
    parts = [f"cast({column} as varchar) in ({', '.join(binds)})"] if binds else []
    if chosen.none:
        parts.append(f"{column} is null")
    return f"({' or '.join(parts)})"


def _searched(query: Query) -> str:
    columns = [name for name in query.columns if name in TEXT_COLUMNS]
    return " or ".join(f"contains_text({name}, :search)" for name in columns) or "false"
