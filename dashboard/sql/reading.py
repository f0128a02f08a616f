"""Which columns of the relations a query reads: no others have to be made to fit."""

from __future__ import annotations

from sqlglot import exp

from dashboard.relations import RELATIONS


def columns_read(tree: exp.Expr) -> dict[str, frozenset[str]]:
    """Of each relation that a tree names, its columns that the tree may read.

    More than it reads at most: a name that occurs anywhere counts for all of them.
    """
    named = {identifier.name for identifier in tree.find_all(exp.Identifier)}
    found: dict[str, frozenset[str]] = {}
    for table in tree.find_all(exp.Table):
        if relation := RELATIONS.get(table.name):
            columns = frozenset(relation.column_names)
            is_whole = _is_read_whole(table) or columns == found.get(table.name)
            found[table.name] = columns if is_whole else columns & named or columns
    return found


def _is_read_whole(table: exp.Table) -> bool:
    """Whether the select around a table takes all columns of it by a star."""
    select = table.find_ancestor(exp.Select)
    return select is not None and any(
        _is_star(column, table.alias_or_name) for column in select.expressions
    )


def _is_star(column: exp.Expr, table: str) -> bool:
    if isinstance(column, exp.Column) and isinstance(column.this, exp.Star):
        return column.table in ("", table)
    return isinstance(column, exp.Star)
