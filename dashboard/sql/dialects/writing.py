"""Write a checked tree of portable SQL in the SQL of one database.

Nothing is translated that is not on the list of `checking`; what databases spell or
count differently are our own functions, of which each database has its own fragments.
That the answers are equal is shown by tests/databases, query by query.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

import sqlglot
from sqlglot import exp

from dashboard.relations import RELATIONS, Relation
from dashboard.sql.dialects.functions import CONFORMING, FUNCTIONS
from dashboard.sql.portable import Portable
from dashboard.sql.zones import Span, minutes_ahead

GIVEN = "given_"
"""Before the name of a relation: its rows are those that the question brings, in one
bound text of the name of the relation. So are the calendar where a database lacks it,
and what the site decides itself."""


class Writing:
    """What the generators of all databases but DuckDB share."""

    PRIMITIVES: ClassVar[Mapping[str, str]] = {}
    INSTANT = "timestamp '{}'"  # how a literal instant is written
    DOUBLE = "double precision"

    # the type of each kind of column, and of parameters whose type is not guessed
    TYPES: ClassVar[Mapping[str, str]] = {}
    KINDS: ClassVar[Mapping[str, str]] = {}
    # the rows of {relation} from the bound text :{relation}, JSON
    GIVEN_ROWS = ""
    GIVEN_COLUMN = "{name} {type}"

    zone: str
    span: Span
    kinds: Mapping[str, str]

    def anonymous_sql(self, expression: exp.Anonymous) -> str:
        """One of our functions, its arguments in the places of its parameters."""
        name = expression.name.lower()
        function = (FUNCTIONS | CONFORMING)[name]
        if function.composed:
            return f"({self.sql(put_in_composed(expression).this)})"
        given = {
            parameter: self.sql(argument)
            for parameter, argument in zip(
                function.parameters, expression.expressions, strict=True
            )
        }
        return self._fragment(name, given)

    def _fragment(self, name: str, given: Mapping[str, str]) -> str:
        text = self.PRIMITIVES[name]
        if "{minutes_ahead}" in text:
            ahead = minutes_ahead(self.zone, self.span, "t", self.INSTANT)
            text = text.replace("{minutes_ahead}", ahead)
        words = re.compile(rf"\b({'|'.join(given)})\b(?!\()")
        return f"({words.sub(lambda word: _inner(given[word[0]]), text)})"

    def placeholder_sql(self, expression: exp.Placeholder) -> str:
        """:name, in the type that it has in DuckDB."""
        kind = self.KINDS.get(self.kinds.get(expression.name, ""))
        return f"cast(:{expression.name} as {kind})" if kind else f":{expression.name}"

    def table_sql(self, expression: exp.Table, sep: str = " AS ") -> str:
        """A table, or the rows that a question brings with it."""
        if expression.name.startswith(GIVEN):
            return self.given_sql(RELATIONS[expression.name.removeprefix(GIVEN)])
        return str(super().table_sql(expression, sep))  # type: ignore[misc]

    def given_sql(self, relation: Relation) -> str:
        """The rows of a relation out of the text that is bound."""
        columns = self.typed_columns(relation)
        return self.GIVEN_ROWS.format(relation=relation.name, columns=columns)

    def typed_columns(self, relation: Relation) -> str:
        """The columns of a relation, each as GIVEN_COLUMN says."""
        return ", ".join(
            self.GIVEN_COLUMN.format(name=column.name, type=self.TYPES[column.kind])
            for column in relation.columns
        )

    def div_sql(self, expression: exp.Div) -> str:
        """Division never cuts to whole numbers."""
        left, right = self.sql(expression, "this"), self.sql(expression, "expression")
        return f"cast({left} as {self.DOUBLE}) / {right}"

    def sql(self, *args: Any, **kwargs: Any) -> str:
        """Of the generator that stands beside this."""
        return super().sql(*args, **kwargs)  # type: ignore[misc]


def _inner(argument: str) -> str:
    """An argument that cannot fall apart among its neighbours."""
    return argument if re.fullmatch(r"[\w.:\"`]+|\(.*\)", argument) else f"({argument})"


@lru_cache(maxsize=64)
def composed(name: str) -> exp.Expr:
    """The tree of a composed function."""
    return sqlglot.parse_one(FUNCTIONS[name].composed, dialect=Portable)


def put_in_composed(node: exp.Expr) -> exp.Expr:
    """What a composed function is made of, for its arguments; else the node itself."""
    name = node.name.lower() if isinstance(node, exp.Anonymous) else ""
    if name not in FUNCTIONS or not FUNCTIONS[name].composed:
        return node
    given = dict(zip(FUNCTIONS[name].parameters, node.expressions, strict=True))
    return exp.paren(_put_in(composed(name), given))


def _put_in(tree: exp.Expr, given: Mapping[str, exp.Expr]) -> exp.Expr:
    """The tree with arguments in the places of parameters."""
    return tree.copy().transform(
        lambda node: (
            _whole(given[node.name])
            if isinstance(node, exp.Column) and node.name in given
            else node
        )
    )


def _whole(argument: exp.Expr) -> exp.Expr:
    """An argument that cannot fall apart among its neighbours."""
    simple = (exp.Column, exp.Literal, exp.Placeholder, exp.Paren)
    return argument.copy() if isinstance(argument, simple) else exp.paren(argument)
