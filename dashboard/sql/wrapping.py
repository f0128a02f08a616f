"""A select around a query that picks, searches, orders, pages or counts its rows."""

from __future__ import annotations

from sqlglot import exp

from dashboard.errors import QuestionError
from dashboard.query_files import Query
from dashboard.relations import RELATIONS
from dashboard.sql import first_page
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
    if shape.order:
        _check_column(query, shape.order)
        others = [key for key in keys if key.this.name != shape.order]
        keys = [_ordered(shape.order, shape.descending), *others]
    of_rows = _of_rows(tree, keys, shape)
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
    outer = outer.order_by(*keys)
    if shape.paged:
        outer = outer.select(exp.alias_(of_rows, OF_ROWS))
        outer = outer.limit(exp.Placeholder(this="limit"))
        outer = outer.offset(exp.Placeholder(this="offset"))
    return outer


def _of_rows(tree: exp.Select, keys: list[exp.Expr], shape: Shape) -> exp.Expr:
    """How many rows there are in all; the query is cut to its first page if it can."""
    whole = tree.copy()
    if shape.first and not (shape.where or shape.search) and first_page.cut(tree, keys):
        return first_page.counted(whole)
    return exp.Window(this=exp.Count(this=exp.Star()))


def _ordered(column: str, descending: bool) -> exp.Ordered:
    return exp.Ordered(this=exp.column(column), desc=descending, nulls_first=False)


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
