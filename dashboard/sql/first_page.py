"""The first page of a list that is put together of parts.

A database reads every part whole before it puts the rows of all in order. Here each
part is ordered and cut by itself, which an index can serve, and the rows are counted
apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from sqlglot import exp

GATHERING = ("group", "having", "distinct", "order", "limit")


def cut(tree: exp.Select, order: list[exp.Expr]) -> bool:
    """Cut each part of the list that a query closes with; False where that is wrong.

    It is right where the closing select gives one row for each row of a `union all`,
    read nowhere else, and is ordered by columns of it.
    """
    step = _list_of(tree)
    if step is None:
        return False
    parts = [part for part in _parts(step.this) if _is_plain(part)]
    names = step.this.named_selects
    if len(parts) < len([*_parts(step.this)]):
        return False
    if any(part.named_selects != names for part in parts):
        return False
    inner = [_of_step(tree, step.alias, key) for key in order]
    if not all(key and key.this.name in names for key in inner):
        return False
    for part in parts:
        part.replace(_first(part.copy(), [key.copy() for key in inner if key]))
    return True


def counted(tree: exp.Select) -> exp.Subquery:
    """How many rows a query has whose parts can be cut: as many as they have together.

    Each part is counted by itself: rows that are put together first cost half as much
    again.
    """
    step = _list_of(tree)
    assert step is not None
    for part in list(_parts(step.this)):
        part.set("expressions", [exp.alias_(exp.Count(this=exp.Star()), "one")])
    tree.set("joins", None)
    tree.set("expressions", [exp.column("one")])
    together = exp.cast(exp.Sum(this=exp.column("one")), "bigint")
    return exp.select(together).from_(tree.subquery("counted")).subquery()


def _list_of(tree: exp.Select) -> exp.CTE | None:
    """The step of which the closing select gives one row for each row."""
    first, source = tree.args.get("with_"), tree.args["from_"].this
    steps = {step.alias: step for step in first.expressions} if first else {}
    step = steps.get(source.name) if isinstance(source, exp.Table) else None
    if step is None or not isinstance(step.this, exp.Union):
        return None
    if tree.args.get("where") or not _is_plain(tree):
        return None
    is_derived = any(step.args.get("materialized") for step in steps.values())
    times_read = sum(table.name == step.alias for table in tree.find_all(exp.Table))
    if is_derived or times_read > 1:
        return None
    joins = tree.args.get("joins") or ()
    return step if all(_meets_one(join, steps) for join in joins) else None


def _meets_one(join: exp.Join, steps: dict[str, exp.CTE]) -> bool:
    """Whether a row meets one at most: of a step grouped by the one column compared."""
    step, on = steps.get(join.this.name), join.args.get("on")
    if step is None or join.side != "LEFT" or not isinstance(on, exp.EQ):
        return False
    group = step.this.args.get("group")
    keys = [key.name for key in group.expressions] if group else []
    shown = {s.name for s in step.this.selects if isinstance(s, exp.Column)}
    sides = {c.table: c.name for c in (on.left, on.right) if isinstance(c, exp.Column)}
    return len(sides) == 2 and keys == [sides.get(join.this.name)] and shown >= {*keys}


def _parts(union: exp.Expr) -> Iterator[exp.Expr]:
    if isinstance(union, exp.Union) and not union.args.get("distinct"):
        yield from _parts(union.left)
        yield from _parts(union.right)
    else:
        yield union


def _is_plain(part: exp.Expr) -> TypeGuard[exp.Select]:
    """Whether a select makes each of its rows of one row that it reads."""
    if not isinstance(part, exp.Select) or any(map(part.args.get, GATHERING)):
        return False
    return not any(column.find(exp.Window, exp.AggFunc) for column in part.selects)


def _of_step(tree: exp.Select, step: str, key: exp.Expr) -> exp.Expr | None:
    """An order by a column of the answer as one by the column of the step; or None."""
    chosen = next(c for c in tree.selects if c.alias_or_name == key.this.name)
    column = chosen.unalias()
    if not isinstance(column, exp.Column) or column.table != step:
        return None
    inner = key.copy()
    inner.set("this", exp.column(column.name))
    return inner


def _first(part: exp.Select, order: list[exp.Expr]) -> exp.Select:
    """The rows of a part that can be on the first page."""
    first = exp.select("*").from_(part.subquery("part")).order_by(*order)
    first = first.limit(exp.Placeholder(this="limit"))
    return exp.select("*").from_(first.subquery("part"))
