"""Check a query on its syntax tree: deny by default.

A query may hold one select over known relations, known functions and declared
parameters; everything else is refused with file and line.
"""

from __future__ import annotations

from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from dashboard.errors import QueryFileError
from dashboard.query_files import GIVEN, Query, find_query
from dashboard.relations import RELATIONS
from dashboard.sql.dialects.functions import FUNCTIONS
from dashboard.sql.portable import Portable

ALLOWED = frozenset(
    {
        *(exp.Select, exp.Union, exp.With, exp.CTE, exp.TableAlias, exp.Subquery),
        *(exp.From, exp.Table, exp.Join, exp.Where, exp.Group, exp.Having),
        *(exp.Order, exp.Ordered, exp.Distinct, exp.Column, exp.Identifier),
        *(exp.Alias, exp.Star, exp.Literal, exp.Boolean, exp.Null, exp.Placeholder),
        *(exp.Case, exp.If, exp.And, exp.Or, exp.Not, exp.Paren, exp.Tuple),
        *(exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In),
        *(exp.Between, exp.Exists, exp.NullSafeEQ, exp.NullSafeNEQ),
        *(exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg),
        *(exp.Cast, exp.DataType, exp.DataTypeParam),
        *(exp.Count, exp.Sum, exp.Min, exp.Max, exp.Coalesce, exp.Abs),
        *(exp.Lower, exp.Nullif, exp.Window, exp.WindowSpec),
        *(exp.RowNumber, exp.Lag, exp.Lead),
    }
)


def check_all(names: list[str]) -> None:
    """Check query files by name, with the files that their Cases name."""
    for name in names:
        query = find_query(name)
        parse(query)
        for cases in query.cases.values():
            behind = find_query(cases.query)
            for column in (*(c for c, _ in cases.where), cases.summing):
                if column and column not in behind.columns:
                    raise QueryFileError(
                        f"{query.file}, line {_word_line(query, cases.query)}: "
                        f"{behind.name} has no column {column}."
                    )


@lru_cache(maxsize=512)
def parse(query: Query) -> exp.Select:
    """The syntax tree of a query. Raises QueryFileError, with the line."""
    tree = _one_select(query)
    for node in tree.walk():
        _check_node(query, node)
    _check_tables(query, tree)
    _check_parameters(query, tree)
    returned = [column.alias_or_name for column in tree.selects]
    if returned != list(query.columns):
        raise _fault(
            query, tree, f"it returns {returned}, its header names {[*query.columns]}"
        )
    _check_figures(query)
    for key in order_of(tree):
        if key.this.name not in query.columns:
            raise _fault(
                query,
                key,
                f"it is ordered by {key.this.sql()}, which it does not return",
            )
    return tree


def _check_figures(query: Query) -> None:
    """Rates divide columns, and metrics are columns or what is made of them."""
    quotients = (*query.rates, *query.ratios)
    used = {
        name
        for q in quotients
        for name in (q.numerator, q.denominator, q.population)
        if name
    }
    figures = {*query.columns, *(q.name for q in quotients)}
    figures |= {f"{rate.name}_weighted" for rate in query.rates}
    missing = sorted(
        (used - set(query.columns))
        | {m.column for m in query.metrics if m.column not in figures}
    )
    if missing:
        line = _word_line(query, missing[0])
        raise QueryFileError(
            f"{query.file}, line {line}: {missing[0]} is no column of this query."
        )


def order_of(tree: exp.Select) -> list[exp.Expr]:
    """What a query is ordered by: its own columns, as `parse` has seen to."""
    order = tree.args.get("order")
    keys = [key.copy() for key in order.expressions] if order else []
    for key in keys:  # a wrapped query is known by its columns alone
        key.set("this", exp.column(key.this.name))
    return keys


def _one_select(query: Query) -> exp.Select:
    try:
        trees = sqlglot.parse(query.sql, dialect=Portable)
    except SqlglotError as error:
        places = getattr(error, "errors", None) or [{}]
        line = places[0].get("line") or 1
        what = places[0].get("description") or str(error).splitlines()[0]
        raise QueryFileError(f"{query.file}, line {line}: {what}.") from error
    found = [tree for tree in trees if tree is not None]
    if len(found) != 1:
        raise QueryFileError(
            f"{query.file}, line {_line(found[1]) if found[1:] else 1}: "
            "a query file holds exactly one select."
        )
    if not isinstance(found[0], exp.Select):
        raise QueryFileError(
            f"{query.file}, line {_line(found[0])}: "
            f"{found[0].key.upper()} is not a select; a query only reads."
        )
    return found[0]


def _check_tables(query: Query, tree: exp.Select) -> None:
    """A step reads relations and steps before it; the select at the end reads all."""
    steps: list[str] = []
    first = tree.args.get("with_")
    for step in first.expressions if first else ():
        if step.alias != step.alias.lower() or step.alias in (*RELATIONS, *steps):
            raise _fault(
                query,
                step,
                f"the step {step.alias} needs a new name, in lower case, "
                "that is no relation's",
            )
        _check_read(query, step.this, steps)
        steps.append(step.alias)
    for part in tree.args.values():
        for piece in part if isinstance(part, list) else [part]:
            if isinstance(piece, exp.Expr) and piece is not first:
                _check_read(query, piece, steps)


def _check_read(query: Query, part: exp.Expr, steps: list[str]) -> None:
    """Refuse a table that is none of ours, and steps inside of steps."""
    for inner in part.find_all(exp.With):
        raise _fault(query, inner, "steps stand at the beginning, not inside of others")
    for table in part.find_all(exp.Table):
        if table.name not in RELATIONS and table.name not in steps:
            raise _fault(query, table, f"{table.name} is not a relation")


def _check_node(query: Query, node: exp.Expr) -> None:
    if isinstance(node, exp.Table):
        if not isinstance(node.this, exp.Identifier) or node.args.get("db"):
            raise _fault(query, node, f"{node.sql()} is not a relation")
    elif isinstance(node, exp.With) and node.args.get("recursive"):
        raise _fault(query, node, "a step may not read itself")
    elif isinstance(node, exp.TableAlias) and node.args.get("columns"):
        raise _fault(query, node, "columns are named where they are made")
    elif isinstance(node, exp.Anonymous):
        if node.name.lower() not in FUNCTIONS:
            raise _fault(query, node, f"the function {node.name} is not allowed")
    elif type(node) not in ALLOWED:
        what = "function" if isinstance(node, exp.Func) else "expression"
        raise _fault(query, node, f"the {what} {node.key} is not allowed")


def _check_parameters(query: Query, tree: exp.Select) -> None:
    bound = {node.name for node in tree.find_all(exp.Placeholder)}
    for name in sorted(bound):
        if name not in query.parameters:
            line = _word_line(query, f":{name}")
            raise QueryFileError(
                f"{query.file}, line {line}: parameter {name} is not declared."
            )
    for name, parameter in query.parameters.items():
        if name not in bound:
            raise QueryFileError(
                f"{query.file}, line {_word_line(query, name)}: "
                f"parameter {name} is declared but not used."
            )
        if name not in GIVEN and parameter.default is None:
            raise QueryFileError(
                f"{query.file}, line {_word_line(query, name)}: "
                f"parameter {name} needs a default, such as {name} = 10."
            )


def _fault(query: Query, node: exp.Expr, what: str) -> QueryFileError:
    return QueryFileError(f"{query.file}, line {_line(node)}: {what}.")


def _line(node: exp.Expr) -> int:
    """The line of the first word at or under a node that knows its place."""
    lines = [part.meta["line"] for part in node.walk() if "line" in part.meta]
    return min(lines, default=1)


def _word_line(query: Query, word: str) -> int:
    lines = query.sql.splitlines()
    return next((i for i, line in enumerate(lines, start=1) if word in line), 1)


@lru_cache(maxsize=512)
def relations_of(query: Query) -> tuple[str, ...]:
    """The relations that a query reads, by name."""
    names = {table.name for table in parse(query).find_all(exp.Table)}
    return tuple(sorted(names & set(RELATIONS)))


def not_applied(query: Query, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The chosen filters that do not reach all that a query reads."""
    read = [RELATIONS[name] for name in relations_of(query)]
    return tuple(
        name
        for name in chosen
        if any(relation.reach and name not in relation.reach for relation in read)
        or not any(relation.reach for relation in read)
    )
