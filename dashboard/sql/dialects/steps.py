"""The steps of a query, for databases that have them at its beginning alone."""

from __future__ import annotations

from sqlglot import exp


def lift_steps(tree: exp.Expr) -> None:
    """Have the steps of a step stand before it, under its name and their own."""
    first = tree.args.get("with_")
    lifted = []
    for step in first.expressions if first else ():
        inner = step.this.args.get("with_")
        for part in inner.expressions if inner else ():
            name = exp.to_identifier(f"{step.alias}_{part.alias}")
            rename(step.this, part.alias, name)
            part.set("alias", exp.TableAlias(this=name.copy()))
            lifted.append(part)
        step.this.set("with_", None)
        lifted.append(step)
    if first:
        first.set("expressions", lifted)


def rename(tree: exp.Expr, old: str, new: exp.Identifier) -> None:
    """Have a step be read under another name, and known by the one it had."""
    for table in tree.find_all(exp.Table):
        if table.name == old:
            if not table.alias:
                table.set("alias", exp.TableAlias(this=exp.to_identifier(old)))
            table.set("this", new.copy())
