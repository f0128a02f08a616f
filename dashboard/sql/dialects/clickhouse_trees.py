"""Trees of portable SQL that mean the same to ClickHouse as to DuckDB."""

from __future__ import annotations

from collections import Counter

from sqlglot import exp

from dashboard.relations import RELATIONS
from dashboard.sql.dialects.functions import FUNCTIONS
from dashboard.sql.dialects.steps import lift_steps, rename
from dashboard.sql.dialects.writing import composed

# What is true or false, which ClickHouse tells as 1 or 0.
FLAGS = (exp.Predicate, exp.Connector, exp.Not)
Steps = dict[str, exp.Expr]
"""The named steps of a query."""


def statements(query: exp.Expr) -> list[tuple[str, exp.Expr]]:
    """Selects to keep under names, one after the other, and the query that reads them.

    The query itself comes last, without a name.
    """
    tree = query.copy()
    lift_steps(tree)
    steps = {step.alias: step.this for step in tree.find_all(exp.CTE)}
    for select in list(tree.find_all(exp.Select)):
        _name_columns(select, steps)
        if select.args.get("order"):
            _order_outside(select)
    _tell_flags(tree)
    return _apart(tree)


def _apart(tree: exp.Expr) -> list[tuple[str, exp.Expr]]:
    """The steps that are read more than once, under other names, and the rest."""
    read = Counter(table.name for table in tree.find_all(exp.Table))
    first = tree.args["with_"].pop() if tree.args.get("with_") else exp.With()
    kept: list[tuple[str, exp.Expr]] = []
    once: dict[str, exp.CTE] = {}
    for step in first.expressions:
        if read[step.alias] > 1:
            name = exp.to_identifier(f"kept_{step.alias}")
            for other in (tree, *(later.this for later in first.expressions)):
                rename(other, step.alias, name)
            kept.append((name.name, _with_steps(step.this, once)))
        else:
            step.set("materialized", None)
            once[step.alias] = step
    return [*kept, ("", _with_steps(tree, once))]


def _with_steps(tree: exp.Expr, once: dict[str, exp.CTE]) -> exp.Expr:
    """A select with those steps before it that it needs."""
    needed: list[exp.CTE] = []

    def need(part: exp.Expr) -> None:
        for table in part.find_all(exp.Table):
            if table.name in once:
                step = once.pop(table.name)
                need(step.this)
                needed.append(step)

    need(tree)
    if needed:
        tree.set("with_", exp.With(expressions=needed))
    return tree


def _name_columns(select: exp.Select, steps: Steps) -> None:
    """Have a column of a join bear its own name, not that of its table as well."""
    columns = []
    for column in select.selects:
        if not isinstance(column, exp.Column) or not column.table:
            columns.append(column)
            continue
        names = _names_of(column, select, steps) if column.is_star else [column.name]
        columns += [
            exp.alias_(exp.column(name, column.args["table"].copy()), name)
            for name in names
        ]
    select.set("expressions", columns)


def _names_of(star: exp.Expr, select: exp.Select, steps: Steps) -> list[str]:
    """The columns for which the star of one table of a select stands."""
    joined = [join.this for join in select.args.get("joins", [])]
    for source in (select.args["from_"].this, *joined):
        if source.alias_or_name == star.text("table"):
            return _columns_of(source, steps)
    raise KeyError(star.text("table"))


def _columns_of(source: exp.Expr, steps: Steps) -> list[str]:
    """The columns of a table, a step or a select."""
    if isinstance(source, exp.Table):
        if source.name in steps:
            return _columns_of(steps[source.name], steps)
        return list(RELATIONS[source.name].column_names)
    if not isinstance(source, exp.Select):  # of a union, the first
        return _columns_of(source.this, steps)
    names: list[str] = []
    for column in source.selects:
        if isinstance(column, exp.Star):
            names += _columns_of(source.args["from_"].this, steps)
        elif column.is_star:
            names += _names_of(column, source, steps)
        else:
            names.append(column.alias_or_name)
    return names


def _order_outside(select: exp.Select) -> None:
    """Have an order stand around its select, where it knows aliases alone.

    In all the rest of a select a word is a column before it is an alias
    (prefer_column_name_to_alias); in its order DuckDB has it the other way round.
    """
    inner = exp.Select(**{key: select.args.get(key) for key in select.args})
    for part in ("with_", "order", "limit", "offset"):
        inner.set(part, None)
    for part in set(select.args) - {"with_", "order", "limit", "offset"}:
        select.set(part, None)
    select.select("*", append=False, copy=False)
    select.from_(inner.subquery("ordered", copy=False), copy=False)
    for key in select.args["order"].expressions:
        key.set("this", exp.column(key.this.name))


def _tell_flags(tree: exp.Expr) -> None:
    """Have what is true or false be of that type where it is a value, not a number."""
    for node in list(tree.walk()):
        if _is_flag(node) and not _is_condition(node):
            node.replace(exp.cast(node.copy(), exp.DType.BOOLEAN))


def _is_flag(node: exp.Expr) -> bool:
    name = node.name.lower() if isinstance(node, exp.Anonymous) else ""
    if name in FUNCTIONS and FUNCTIONS[name].composed:
        return isinstance(composed(name), FLAGS)
    return isinstance(node, FLAGS)


def _is_condition(node: exp.Expr) -> bool:
    parent, key = node.parent, node.arg_key
    if isinstance(parent, exp.Paren):
        return _is_condition(parent)
    if isinstance(parent, exp.If):
        return key == "this"
    return isinstance(parent, (exp.Connector, exp.Not, exp.Where, exp.Having, exp.Join))
