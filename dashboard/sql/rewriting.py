"""Write scope and filters into a query, and what the database lacks.

Each reference to a relation becomes a sub-select of the rows that the viewer may see
and the page wants, so no query can forget either.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import sqlglot
from sqlglot import exp

from dashboard.query_files import GIVEN, Query
from dashboard.query_headers import Parameter
from dashboard.relations import RELATIONS, TYPES, Reach, Relation
from dashboard.relations.derived import ITEM_STAYS
from dashboard.sources.deriving import deriving
from dashboard.sql.checking import parse, relations_of
from dashboard.sql.dialects import Dialect
from dashboard.sql.portable import Portable
from dashboard.sql.reading import columns_read
from dashboard.sql.shape import Chosen, Shape
from dashboard.sql.tables import Table, Tables
from dashboard.sql.wrapping import wrapped

Present = dict[str, Table]


@lru_cache(maxsize=2048)
def rewrite(query: Query, shape: Shape, tables: Tables, dialect: Dialect) -> str:
    """The SQL of a query for one shape of question, over the tables at hand."""
    return dialect.write(rewritten(query, shape, tables), kinds_of(query, shape))


def rewritten(query: Query, shape: Shape, tables: Tables) -> exp.Select:
    """The same as a tree of portable SQL."""
    tree = parse(query).copy()
    present = dict(tables)
    _replace_relations(tree, shape, present)
    for name in reversed(_to_derive(query, present)):
        _put_first(tree, name, present)
    return wrapped(query, tree, shape)


@lru_cache(maxsize=2048)
def kinds_of(query: Query, shape: Shape) -> dict[str, str]:
    """The kind of each value that a question binds: text, instant, date or count."""
    return {
        **{name: "count" for name in ("limit", "offset") if shape.paged},
        **{
            name: GIVEN.get(name) or ("count" if _is_count(parameter) else "text")
            for name, parameter in query.parameters.items()
        },
        **{f"{name}_{i}": "text" for name, i in _chosen_values(shape)},
        **({"search": "text"} if shape.search else {}),
    }


def _is_count(parameter: Parameter) -> bool:
    return (parameter.default or "").isdigit()


def _chosen_values(shape: Shape) -> Iterator[tuple[str, int]]:
    """The names and places of the values of filters, scope and where."""
    where = ((f"where_{i}", chosen) for i, (_, chosen) in enumerate(shape.where))
    for name, chosen in (*shape.filters, *where):
        for place in range(chosen.values):
            yield name, place
    for place in range(shape.scope or 0):
        yield "scope", place


def derived(name: str, tables: Tables) -> exp.Expr:
    """The select that makes a derived relation of those that it reads."""
    return over(deriving(name), dict(tables))


def over(sql: str, tables: Present) -> exp.Expr:
    """A select of ours over the tables at hand, all rows of them."""
    tree = sqlglot.parse_one(sql, dialect=Portable)
    _replace_relations(tree, Shape(), tables)
    return tree


def _replace_relations(tree: exp.Expr, shape: Shape, tables: Present) -> None:
    """Put the rows that a relation stands for in each place that names it."""
    read = columns_read(tree)
    for table in list(tree.find_all(exp.Table)):
        if table.name in RELATIONS:
            source = _source(RELATIONS[table.name], shape, tables, read[table.name])
            if source is not None:
                source.set("alias", exp.TableAlias(this=_name(table.alias_or_name)))
                table.replace(_with_joins(source, table))


def _to_derive(query: Query, tables: Present) -> list[str]:
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


def _is_to_derive(relation: Relation, tables: Present) -> bool:
    return relation.is_derived and relation.name not in tables


@lru_cache(maxsize=16)
def _read_by(name: str) -> frozenset[str]:
    """The relations of which a derived one is made."""
    tree = sqlglot.parse_one(deriving(name), dialect=Portable)
    return frozenset(t.name for t in tree.find_all(exp.Table)) & frozenset(RELATIONS)


def _put_first(tree: exp.Select, name: str, tables: Present) -> None:
    """Derive a relation in a first step of the query, which all others may read."""
    made = over(deriving(name), tables)
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
    relation: Relation, shape: Shape, tables: Present, read: frozenset[str]
) -> exp.Subquery | None:
    """The sub-select that stands for a relation; None where the table itself serves."""
    conditions = [
        _condition(relation, relation.reach[name], name, chosen, tables)
        for name, chosen in shape.filters
        if name in relation.reach
    ]
    if shape.scope is not None and not relation.is_everybodys:
        conditions.append(_in_scope(relation, shape.scope, tables))
    is_read_as_it_is = _table(relation, tables) == relation.name
    if is_read_as_it_is and not conditions:
        return None
    where = f" where {' and '.join(conditions)}" if conditions else ""
    for reach in (*relation.reach.values(), relation.scope):
        read |= {reach.column} if reach else set()
    text = f"select * from {_table(relation, tables, read)}{where}"
    return exp.Subquery(this=sqlglot.parse_one(text, dialect=Portable))


def _table(
    relation: Relation, tables: Present, read: frozenset[str] | None = None
) -> str:
    """SQL for all rows of a relation: its table, else derived, else none at all.

    Where `read` names columns, the others are left out if the table does not serve.
    """
    table = tables.get(relation.name)
    if table is None and relation.is_derived:
        return relation.name  # a first step of the query makes it
    if table is not None and table.serves(relation):
        return relation.name
    has = dict(table.columns) if table else {}
    columns = ", ".join(
        f"{has[column.name]} as {column.name}"
        if column.name in has
        else f"cast(null as {TYPES[column.kind]}) as {column.name}"
        for column in relation.columns
        if read is None or column.name in read
    )
    if table is None:
        return f"(select {columns} where false) as {relation.name}"
    where = f" where {table.where}" if table.where else ""
    return f"(select {columns} from {table.source}{where}) as {relation.name}"


def _in_scope(relation: Relation, departments: int, tables: Present) -> str:
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
    tables: Present,
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


def _reached(reach: Reach, name: str, test: str, tables: Present) -> str:
    """SQL for `test` on the value that a reach leads to, through its relations."""
    if reach.through is None:
        return f"{reach.column} {test}"
    other = RELATIONS[reach.through]
    inner = _reached(other.reach.get(name, Reach(name)), name, test, tables)
    return (
        f"{reach.column} in"
        f" (select {reach.column} from {_table(other, tables)} where {inner})"
    )
