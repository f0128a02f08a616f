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
from dashboard.relations.derived import ITEM_STAYS
from dashboard.sources.building import deriving
from dashboard.sql.checking import parse, relations_of
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
    _replace_relations(tree, shape, present)
    for name in reversed(_to_derive(query, present)):
        _put_first(tree, name, present)
    return wrapped(query, tree, shape).sql(
        dialect=Portable, pretty=True, comments=False
    )


def _replace_relations(
    tree: exp.Expr, shape: Shape, tables: dict[str, frozenset[str]]
) -> None:
    """Put the rows that a relation stands for in each place that names it."""
    for table in list(tree.find_all(exp.Table)):
        if table.name in RELATIONS:
            source = _source(RELATIONS[table.name], shape, tables)
            if source is not None:
                source.set("alias", exp.TableAlias(this=_name(table.alias_or_name)))
                table.replace(_with_joins(source, table))


def _to_derive(query: Query, tables: dict[str, frozenset[str]]) -> list[str]:
    """The derived relations that a query needs and the database lacks, in order."""
    wanted = set(relations_of(query))
    for name in relations_of(query):
        reaches = (*RELATIONS[name].reach.values(), RELATIONS[name].scope)
        wanted |= {reach.through for reach in reaches if reach and reach.through}
    for name in reversed(RELATIONS):
        if name in wanted and _is_to_derive(RELATIONS[name], tables):
            wanted |= _read_by(name)
    return [
        name
        for name in RELATIONS
        if name in wanted and _is_to_derive(RELATIONS[name], tables)
    ]


def _is_to_derive(relation: Relation, tables: dict[str, frozenset[str]]) -> bool:
    return relation.is_derived and relation.name not in tables


@lru_cache(maxsize=16)
def _read_by(name: str) -> frozenset[str]:
    """The relations of which a derived one is made."""
    tree = sqlglot.parse_one(deriving(name), dialect=Portable)
    return frozenset(t.name for t in tree.find_all(exp.Table)) & frozenset(RELATIONS)


def _put_first(tree: exp.Select, name: str, tables: dict[str, frozenset[str]]) -> None:
    """Derive a relation in a first step of the query, which all others may read."""
    made = sqlglot.parse_one(deriving(name), dialect=Portable)
    _replace_relations(made, Shape(), tables)
    step = exp.CTE(this=made, alias=exp.TableAlias(this=_name(name)), materialized=True)
    steps = tree.args.get("with_") or exp.With(expressions=[])
    steps.set("expressions", [step, *steps.expressions])
    tree.set("with_", steps)


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
    if (whole or _is_to_derive(relation, tables)) and not conditions:
        return None
    where = f" where {' and '.join(conditions)}" if conditions else ""
    text = f"select * from {_table(relation, tables)}{where}"
    return exp.Subquery(this=sqlglot.parse_one(text, dialect=Portable))


def _table(relation: Relation, tables: dict[str, frozenset[str]]) -> str:
    """SQL for all rows of a relation: its table, else derived, else none at all."""
    has = tables.get(relation.name)
    if has is None and relation.is_derived:
        return relation.name  # a first step of the query makes it
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
        elif reach.through == ITEM_STAYS.name:  # an item has several, each with a team
            parts.append(_reached(reach, name, "is null", tables))
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
