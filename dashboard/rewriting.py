"""Check a query on its syntax tree, and write scope and filters into it.

A query may hold one select over known relations, known functions and declared
parameters; everything else is refused with file and line. Each reference to a relation
then becomes a sub-select of the rows that the viewer may see and the page wants, so no
query can forget either.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.errors import SqlglotError

from dashboard.dialects import DUCKDB
from dashboard.errors import QueryFileError, QuestionError
from dashboard.query_files import GIVEN, Query, find_query
from dashboard.relations import RELATIONS, TYPES, Reach, Relation
from dashboard.sources.building import DERIVE_STAYS

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
        *(exp.Count, exp.Sum, exp.Min, exp.Max, exp.Coalesce, exp.Abs, exp.Round),
        *(exp.Lower, exp.Nullif, exp.Window, exp.WindowSpec),
        *(exp.RowNumber, exp.Lag, exp.Lead),
    }
)
# Words that a reader can search in: the columns of text of any relation.
TEXT_COLUMNS = frozenset(
    column.name
    for relation in RELATIONS.values()
    for column in relation.columns
    if column.kind == "text"
)


class Portable(DuckDB):
    """DuckDB's spelling with our functions left alone and parameters as :name."""

    class Parser(DuckDB.Parser):  # type: ignore[misc, valid-type]
        """Knows no function of its own under one of our names."""

        FUNCTIONS = {
            name: build
            for name, build in DuckDB.Parser.FUNCTIONS.items()
            if name.lower() not in DUCKDB
        }

    class Generator(DuckDB.Generator):  # type: ignore[misc, valid-type]
        """Writes our functions in lower case, as the query files do."""

        def placeholder_sql(self, expression: exp.Placeholder) -> str:
            """:name, as SQLAlchemy binds it."""
            return f":{expression.name}"

        def anonymous_sql(self, expression: exp.Anonymous) -> str:
            """One of our functions."""
            arguments = ", ".join(self.sql(part) for part in expression.expressions)
            return f"{expression.name.lower()}({arguments})"


@dataclass(frozen=True)
class Chosen:
    """How many values of a filter were chosen, and whether "(none)" was."""

    values: int
    none: bool


@dataclass(frozen=True)
class Shape:
    """All of a question that changes its SQL; the values are bound."""

    filters: tuple[tuple[str, Chosen], ...] = ()
    scope: int | None = None  # number of departments in it; None for every one
    where: tuple[tuple[str, Chosen], ...] = ()
    search: bool = False
    order: str = ""
    descending: bool = False
    paged: bool = False
    count: bool = False
    summing: str | None = None


Tables = frozenset[tuple[str, frozenset[str]]]
"""The tables that the database has, each with its columns."""


@lru_cache(maxsize=512)
def parse(query: Query) -> exp.Select:
    """The syntax tree of a query. Raises QueryFileError, with the line."""
    tree = _one_select(query)
    names = {cte.alias for cte in tree.find_all(exp.CTE)}
    for shadowed in names & set(RELATIONS):
        raise _fault(query, tree, f"the step {shadowed} has the name of a relation")
    for node in tree.walk():
        _check_node(query, node, names)
    _check_parameters(query, tree)
    returned = [column.alias_or_name for column in tree.selects]
    if returned != list(query.columns):
        raise _fault(
            query, tree, f"it returns {returned}, its header names {[*query.columns]}"
        )
    for key in _order(tree):
        if key.this.name not in query.columns:
            raise _fault(
                query,
                key,
                f"it is ordered by {key.this.sql()}, which it does not return",
            )
    return tree


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


def _check_node(query: Query, node: exp.Expr, steps: set[str]) -> None:
    if isinstance(node, exp.Table):
        if not isinstance(node.this, exp.Identifier) or node.args.get("db"):
            raise _fault(query, node, f"{node.sql()} is not a relation")
        if node.name not in RELATIONS and node.name not in steps:
            raise _fault(query, node, f"{node.name} is not a relation")
    elif isinstance(node, exp.Anonymous):
        if node.name.lower() not in DUCKDB:
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


@lru_cache(maxsize=2048)
def rewrite(query: Query, shape: Shape, tables: Tables) -> str:
    """The SQL of a query for one shape of question, over the tables at hand."""
    tree = parse(query).copy()
    present = dict(tables)
    for table in list(tree.find_all(exp.Table)):
        if table.name in RELATIONS:
            source = _source(RELATIONS[table.name], shape, present)
            if source is not None:
                source.set("alias", exp.TableAlias(this=_name(table.alias_or_name)))
                table.replace(_with_joins(source, table))
    return _wrapped(query, tree, shape).sql(
        dialect=Portable, pretty=True, comments=False
    )


def _with_joins(source: exp.Subquery, table: exp.Table) -> exp.Subquery:
    if table.args.get("joins"):
        source.set("joins", table.args["joins"])
    return source


def _name(text: str) -> exp.Identifier:
    return exp.to_identifier(text)


def _source(
    relation: Relation, shape: Shape, tables: dict[str, frozenset[str]]
) -> exp.Subquery | None:
    """The sub-select that stands for a relation; None where the table itself serves."""
    conditions = [
        _condition(relation, relation.reach[name], name, chosen, tables)
        for name, chosen in shape.filters
        if name in relation.reach
    ]
    if shape.scope is not None and relation.scope:
        chosen = Chosen(shape.scope, none=False)
        conditions.append(
            _condition(relation, relation.scope, "department", chosen, tables, "scope")
        )
    whole = tables.get(relation.name, frozenset()) >= set(relation.column_names)
    if whole and not conditions:
        return None
    where = f" where {' and '.join(conditions)}" if conditions else ""
    text = f"select * from {_table(relation, tables)}{where}"
    return exp.Subquery(this=sqlglot.parse_one(text, dialect=Portable))


def _table(relation: Relation, tables: dict[str, frozenset[str]]) -> str:
    """SQL for all rows of a relation: its table, else derived, else none at all."""
    has = tables.get(relation.name)
    if has is None and relation.name == "item_stays":
        return f"({_derived_stays(frozenset(tables.items()))}) as item_stays"
    if has is not None and has >= set(relation.column_names):
        return relation.name
    columns = ", ".join(
        column.name
        if has and column.name in has
        else f"cast(null as {TYPES[column.kind]}) as {column.name}"
        for column in relation.columns
    )
    if has is None:
        return f"(select {columns} where false) as {relation.name}"
    return f"(select {columns} from {relation.name}) as {relation.name}"


@lru_cache(maxsize=8)
def _derived_stays(tables: Tables) -> str:
    tree = sqlglot.parse_one(DERIVE_STAYS.read_text(), dialect=Portable)
    for table in list(tree.find_all(exp.Table)):
        if table.name in RELATIONS:
            source = _source(RELATIONS[table.name], Shape(), dict(tables))
            if source is not None:
                source.set("alias", exp.TableAlias(this=_name(table.name)))
                table.replace(source)
    tree.set("order", None)
    return tree.sql(dialect=Portable, comments=False)


def _condition(
    relation: Relation,
    reach: Reach,
    name: str,
    chosen: Chosen,
    tables: dict[str, frozenset[str]],
    prefix: str = "",
) -> str:
    """SQL that keeps the rows of a relation with one of the chosen values.

    "(none)" keeps a row that leads to no value: its own column is null, it names no
    item or employee, or the one that it names is unknown or has none.
    """
    binds = [f":{prefix or name}_{i}" for i in range(chosen.values)]
    parts = []
    if binds:
        parts.append(_reached(reach, name, f"in ({', '.join(binds)})", tables))
    if chosen.none:
        known = _reached(reach, name, "is not null", tables)
        if reach.through is None:
            parts.append(f"{reach.column} is null")
        else:
            parts.append(f"{reach.column} is null or not {known}")
    return f"({' or '.join(parts) or 'false'})"


def _reached(
    reach: Reach, name: str, test: str, tables: dict[str, frozenset[str]]
) -> str:
    """SQL for `test` on the value that a reach leads to, through its relations."""
    if reach.through is None:
        return f"{reach.column} {test}"
    other = RELATIONS[reach.through]
    inner = _reached(other.reach.get(name, Reach(name)), name, test, tables)
    return (
        f"{reach.column} in"
        f" (select {reach.column} from {_table(other, tables)} where {inner})"
    )


def _wrapped(query: Query, tree: exp.Select, shape: Shape) -> exp.Select:
    """The query, or a select from it that picks, orders, pages or counts its rows."""
    if not (shape.where or shape.search or shape.order or shape.paged or shape.count):
        return tree
    keys = _order(tree)
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
        outer = outer.limit(exp.Placeholder(this="limit"))
        outer = outer.offset(exp.Placeholder(this="offset"))
    return outer


def _order(tree: exp.Select) -> list[exp.Expr]:
    order = tree.args.get("order")
    keys = [key.copy() for key in order.expressions] if order else []
    for key in keys:  # a wrapped query is known by its columns alone
        key.set("this", exp.column(key.this.name))
    return keys


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
