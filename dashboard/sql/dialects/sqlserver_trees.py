"""Trees of portable SQL that mean the same to SQL Server as to DuckDB.

SQL Server has no expression that is true or false: a flag is a bit, and a condition is
no value. It has steps at the beginning alone, order at the end alone, and percentiles
over windows alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from dashboard.sql.dialects.kinds import kind_of, kinds_in
from dashboard.sql.dialects.steps import lift_steps
from dashboard.sql.dialects.writing import put_in_composed

CODE_POINTS = "Latin1_General_100_BIN2"
CONDITIONS = (exp.Predicate, exp.Connector, exp.Not)
NEVER_NULL = (exp.Is, exp.Exists, exp.NullSafeEQ, exp.NullSafeNEQ)
ENDING = ("order", "limit", "offset")
Kinds = Mapping[str, str]


def adapted(query: exp.Expr, given: Kinds) -> tuple[exp.Expr, dict[str, str]]:
    """A tree that SQL Server can be told, and the kinds of the names in it."""
    tree = query.copy()
    for node in reversed(list(tree.dfs())):  # arguments before what they are put in
        if (made := put_in_composed(node)) is not node:
            node.replace(made)
    known = kinds_in(tree, given)
    tree = _with_steps_first(_ordered_outside(tree))
    for select in list(tree.find_all(exp.Select)):
        if select is not tree:
            _drop_order(select)
        _rank_inside(select)
    _tell_flags(tree, known, given)
    _collate_texts(tree, known, given)
    return tree, known


def _ordered_outside(tree: exp.Expr) -> exp.Expr:
    """An order by names of the answer.

    Within a key that is more than a name, a name is that of a column of a table; and
    distinct rows are ordered by nothing else than their columns.
    """
    if not isinstance(tree, exp.Select) or not tree.args.get("order"):
        return tree
    outer = exp.select("*").from_(tree.subquery("answer", copy=False), copy=False)
    for part in ENDING:
        outer.set(part, tree.args.get(part))
        tree.set(part, None)
    for key in outer.args["order"].expressions:
        key.set("this", exp.column(key.this.name))
    return outer


def _with_steps_first(tree: exp.Expr) -> exp.Expr:
    """Each step at the beginning: none stands in a select within another."""
    steps = [inner.pop() for inner in tree.find_all(exp.With) if _is_of_answer(inner)]
    for inner in steps:
        tree.set("with_", inner)
    lift_steps(tree)
    for step in tree.find_all(exp.CTE):
        step.set("materialized", None)
    return tree


def _is_of_answer(steps: exp.With) -> bool:
    """Whether steps are those of the query, not of a step of it."""
    return steps.find_ancestor(exp.CTE) is None


def _drop_order(select: exp.Select) -> None:
    """Rows of a step have no order, unless it says which of them there are."""
    if not select.args.get("limit") and not select.args.get("offset"):
        select.set("order", None)


def _rank_inside(select: exp.Select) -> None:
    """Have percentiles be found for each row of a group, and told once for the group.

    What the select reads becomes a select of its own, of the columns that it names.
    """
    found = [part for part in _own(select) if _is_percentile(part)]
    if not found:
        return
    group = select.args.get("group")
    keys = [key.copy() for key in group.expressions] if group else []
    ranks = {part.sql(): _over_group(part, keys) for part in found}
    inner = exp.Select(
        **{source: select.args.get(source) for source in ("from_", "joins", "where")}
    )
    for source in ("from_", "joins", "where"):
        select.set(source, None)
    names = {text: f"percentile_{place}" for place, text in enumerate(ranks)}
    for part in found:
        part.replace(exp.Max(this=exp.column(names[part.sql()])))
    columns = {column.sql(): column.copy() for column in _columns(select)}
    for column in _columns(select):
        flat = exp.column(_flat(column))
        is_answer = column.parent is select
        column.replace(exp.alias_(flat, column.name) if is_answer else flat)
    inner.select(
        *(exp.alias_(column, _flat(column)) for column in columns.values()),
        *(exp.alias_(rank, names[text]) for text, rank in ranks.items()),
        copy=False,
    )
    select.from_(inner.subquery("ranked", copy=False), copy=False)


def _own(select: exp.Select) -> list[exp.Expr]:
    """All that is of a select itself, not of another within it."""
    parts = (*select.expressions, select.args.get("group"), select.args.get("having"))
    return [node for part in parts if part for node in part.walk()]


def _columns(select: exp.Select) -> list[exp.Column]:
    """The columns that a select names, apart from those that we made."""
    return [
        node
        for node in _own(select)
        if isinstance(node, exp.Column) and not node.name.startswith("percentile_")
    ]


def _flat(column: exp.Column) -> str:
    """A name for a column of one of several tables."""
    return f"{column.table}_{column.name}" if column.table else column.name


def _is_percentile(node: exp.Expr) -> bool:
    return isinstance(node, exp.Anonymous) and node.name.lower() == "percentile"


def _over_group(percentile: exp.Expr, keys: list[exp.Expr]) -> exp.Window:
    share, value = percentile.expressions
    ranked = exp.WithinGroup(
        this=exp.PercentileDisc(this=share.copy()),
        expression=exp.Order(
            expressions=[exp.Ordered(this=value.copy(), nulls_first=True)]
        ),
    )
    return exp.Window(this=ranked, partition_by=[key.copy() for key in keys])


def _tell_flags(tree: exp.Expr, known: Kinds, given: Kinds) -> None:
    """Have a condition that is a value be a bit, and a bit that is a condition be one.

    What is inside is told before what it is inside of.
    """
    for node in reversed(list(tree.dfs())):
        if isinstance(node, (exp.Min, exp.Max)):
            if kind_of(node.this, known, given) == "flag":
                node.set("this", exp.cast(node.this.copy(), exp.DType.INT))
                node.replace(exp.cast(node.copy(), exp.DType.BOOLEAN))
        elif isinstance(node, exp.Boolean):
            node.replace(_truth(node))
        elif _is_told(node) and not _is_asked(node):
            node.replace(_bit(node))
        elif _is_asked(node) and not _is_told(node) and not isinstance(node, exp.Paren):
            node.replace(exp.EQ(this=node.copy(), expression=exp.Literal.number(1)))


def _truth(node: exp.Boolean) -> exp.Expr:
    """True or false, as a condition or as a bit."""
    number = exp.Literal.number(1 if node.this else 0)
    if _is_asked(node):
        return exp.EQ(this=exp.Literal.number(1), expression=number)
    return exp.cast(number, exp.DType.BOOLEAN)


def _bit(condition: exp.Expr) -> exp.Expr:
    """A condition as a value: unknown is null."""
    case = exp.Case(ifs=[_then(condition.copy(), 1)])
    if isinstance(condition, NEVER_NULL):
        case.set("default", exp.Literal.number(0))
    else:
        case.append("ifs", _then(exp.Not(this=exp.paren(condition)), 0))
    return exp.cast(case, exp.DType.BOOLEAN)


def _then(condition: exp.Expr, number: int) -> exp.If:
    return exp.If(this=condition, true=exp.Literal.number(number))


def _is_told(node: exp.Expr) -> bool:
    """Whether an expression is a condition."""
    is_search = isinstance(node, exp.Anonymous) and node.name.lower() == "contains_text"
    return is_search or isinstance(node, CONDITIONS)


def _is_asked(node: exp.Expr) -> bool:
    """Whether an expression stands where a condition has to."""
    parent, key = node.parent, node.arg_key
    if isinstance(parent, exp.Paren):
        return _is_asked(parent)
    if isinstance(parent, exp.If):
        is_searched = parent.parent is None or not parent.parent.args.get("this")
        return key == "this" and is_searched
    if isinstance(parent, exp.Join):
        return key == "on"
    return isinstance(parent, (exp.Connector, exp.Not, exp.Where, exp.Having))


def _collate_texts(tree: exp.Expr, known: Kinds, given: Kinds) -> None:
    """Have each text that a select makes be compared by its code points.

    Else words of ours would have the collation of the database, which is another than
    that of columns: they could not be compared.
    """
    for alias in tree.find_all(exp.Alias):
        told = alias.this
        if kind_of(told, known, given) == "text" and not isinstance(told, exp.Column):
            alias.set(
                "this",
                exp.Collate(
                    this=exp.paren(told.copy()), expression=exp.var(CODE_POINTS)
                ),
            )
