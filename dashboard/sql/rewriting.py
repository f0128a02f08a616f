"""Write scope and filters into a query, and what the database lacks.

Each reference to a relation becomes a sub-select of the rows that the viewer may see
and the page wants, so no query can forget either.
"""

from __future__ import annotations

from functools import lru_cache

import sqlglot
from sqlglot import exp

from dashboard.query_files import Query
from dashboard.relations import RELATIONS, TYPES, Reach, Relation
from dashboard.sources.building import deriving
from dashboard.sql.checking import parse
from dashboard.sql.portable import Portable
from dashboard.sql.shape import Chosen, Shape
from dashboard.sql.wrapping import wrapped

Tables = frozenset[tuple[str, frozenset[str]]]
"""The tables that the database has, each with its columns."""


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
    return wrapped(query, tree, shape).sql(
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
    if shape.scope is not None and not relation.is_everybodys:
        conditions.append(_in_scope(relation, shape.scope, tables))
    whole = tables.get(relation.name, frozenset()) >= set(relation.column_names)
    if whole and not conditions:
        return None
    where = f" where {' and '.join(conditions)}" if conditions else ""
    text = f"select * from {_table(relation, tables)}{where}"
    return exp.Subquery(this=sqlglot.parse_one(text, dialect=Portable))


def _table(relation: Relation, tables: dict[str, frozenset[str]]) -> str:
    """SQL for all rows of a relation: its table, else derived, else none at all."""
    has = tables.get(relation.name)
    if has is None and relation.is_derived:
        made = _derived(relation.name, frozenset(tables.items()))
        return f"({made}) as {relation.name}"
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
def _derived(name: str, tables: Tables) -> str:
    tree = sqlglot.parse_one(deriving(name), dialect=Portable)
    for table in list(tree.find_all(exp.Table)):
        if table.name in RELATIONS:
            source = _source(RELATIONS[table.name], Shape(), dict(tables))
            if source is not None:
                source.set("alias", exp.TableAlias(this=_name(table.name)))
                table.replace(source)
    return tree.sql(dialect=Portable, comments=False)


def _in_scope(
    relation: Relation, departments: int, tables: dict[str, frozenset[str]]
) -> str:
    """SQL that keeps what a viewer of so many departments may see; else nothing."""
    if relation.scope is None:
        return "false"
    chosen = Chosen(departments, none=relation.scope.none_is_everybodys)
    return _condition(relation, relation.scope, "department", chosen, tables, "scope")


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
