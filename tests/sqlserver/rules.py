"""What SQL Server refuses, as far as a statement shows it: one rule a function.

Each gives what it found, in words; nothing where the rule is kept. The rules are those
of the reference of Transact-SQL, and each is shown to bite in test_rules.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import sqlglot
from sqlfluff.dialects.dialect_tsql_keywords import RESERVED_KEYWORDS
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify
from sqlglot.tokens import Token, TokenType

from dashboard.relations import RELATIONS

RESERVED = {word.lower() for word in RESERVED_KEYWORDS}
FUNCTIONS = set(
    # of SQL Server 2022, those that are used
    """
    abs cast charindex coalesce convert count_big dateadd datediff datediff_big datepart
    datetrunc lag lead lower max min nullif openjson percentile_disc replace round
    row_number rtrim string_agg substring sum
    """.split()  # noqa: SIM905
)
# before a parenthesis that is none of a call
WORDS = set(
    """
    all and any as between by case distinct else exists from group having in is join like not
    on or over select some then union when where with values
    bigint date datetime2 decimal float nvarchar
    """.split()  # noqa: SIM905
)
FOREIGN = set(
    """
    ilike interval isnull lateral limit materialized nulls qualify recursive
    returning true false using
    """.split()  # noqa: SIM905
)
CONDITIONS = (exp.Predicate, exp.Connector, exp.Not)
TYPES = {
    "text": "nvarchar(4000)",
    "instant": "datetime2(6)",
    "date": "date",
    "flag": "bit",
    "count": "bigint",
    "minutes": "decimal(12, 2)",
    "seconds": "decimal(18, 6)",
    "money": "decimal(18, 4)",
    "value": "float",
}
SCHEMA = {
    r.name: {c.name: TYPES[c.kind] for c in r.columns} for r in RELATIONS.values()
}
SCHEMA["Work Items"] = SCHEMA["work_items"]  # as a site may call them
DEEPEST_CASE = 10


@lru_cache(maxsize=1)
def parsed(sql: str) -> exp.Query:
    """The one select that a statement is. Raises AssertionError."""
    found = sqlglot.parse(sql, dialect="tsql")
    assert len(found) == 1, "one statement"
    assert isinstance(found[0], exp.Query), "a select"
    return found[0]


@lru_cache(maxsize=1)
def words(sql: str) -> list[tuple[Token, Token | None]]:
    """The words of a statement, each with the next."""
    tokens = sqlglot.tokenize(sql, dialect="tsql")
    return list(zip(tokens, [*tokens[1:], None], strict=True))


def is_word(token: Token) -> bool:
    """Whether it is neither a text nor a name in brackets."""
    return token.token_type not in (
        TokenType.STRING,
        TokenType.NATIONAL_STRING,
        TokenType.IDENTIFIER,
    )


def functions_are_those_of_sql_server(sql: str) -> list[str]:
    """A function of another database is unknown to it."""
    called = {
        token.text.lower()
        for token, after in words(sql)
        if after
        and after.token_type is TokenType.L_PAREN
        and is_word(token)
        and token.text.isidentifier()
    }
    names = {alias.alias.lower() for alias in parsed(sql).find_all(exp.TableAlias)}
    return sorted(called - FUNCTIONS - WORDS - names)


def no_word_is_of_another_database(sql: str) -> list[str]:
    """It has no limit, no words for true and false, no double colon, no pipes."""
    values = {after.text for token, after in words(sql) if after and token.text == "@"}
    found = [
        token.text
        for token, _ in words(sql)
        if is_word(token) and token.text not in values
    ]
    return [
        text for text in found if text.lower() in FOREIGN or text in ("::", "||", "`")
    ]


def texts_are_in_unicode(sql: str) -> list[str]:
    """Without N a letter that the code page lacks becomes a question mark."""
    return [
        token.text
        for token, _ in words(sql)
        if token.token_type is TokenType.STRING and not token.text.isascii()
    ]


def steps_stand_first(sql: str) -> list[str]:
    """With stands at the beginning of a statement alone."""
    tree = parsed(sql)
    return [step.sql() for step in tree.find_all(exp.With) if step.parent is not tree]


def tables_have_names(sql: str) -> list[str]:
    """A derived table without a name is refused."""
    return [
        inner.sql()
        for inner in parsed(sql).find_all(exp.Subquery)
        if isinstance(inner.parent, (exp.From, exp.Join)) and not inner.alias
    ]


def pages_are_ordered(sql: str) -> list[str]:
    """Offset belongs to an order, and fetch to an offset."""
    found = []
    for select in parsed(sql).find_all(exp.Query):
        if select.args.get("offset") and not select.args.get("order"):
            found.append("offset without order")
        if isinstance(select.args.get("limit"), exp.Fetch) and not select.args.get(
            "offset"
        ):
            found.append("fetch without offset")
    return found


def only_the_answer_is_ordered(sql: str) -> list[str]:
    """Within a step or a derived table an order is refused, unless it picks rows."""
    tree = parsed(sql)
    return [
        inner.args["order"].sql()
        for inner in tree.find_all(exp.Query)
        if inner is not tree
        and inner.args.get("order")
        and not (inner.args.get("offset") or inner.args.get("limit"))
    ]


def conditions_are_no_values(sql: str) -> list[str]:
    """A comparison is nothing that can be selected, compared or handed over."""
    return [
        node.sql("tsql")
        for node in parsed(sql).find_all(*CONDITIONS)
        if not _is_asked(node)
    ]


def values_are_no_conditions(sql: str) -> list[str]:
    """A bit is no condition: it has to be compared."""
    return [
        node.sql("tsql")
        for node in parsed(sql).walk()
        if isinstance(node, exp.Condition)
        and _is_asked(node)
        and not isinstance(node, (*CONDITIONS, exp.Paren))
    ]


def _is_asked(node: exp.Expr) -> bool:
    parent, key = node.parent, node.arg_key
    if isinstance(parent, exp.Paren):
        return _is_asked(parent)
    if isinstance(parent, exp.If):
        return key == "this" and not (parent.parent and parent.parent.args.get("this"))
    if isinstance(parent, exp.Join):
        return key == "on"
    return isinstance(parent, (exp.Connector, exp.Not, exp.Where, exp.Having))


def names_are_not_reserved(sql: str) -> list[str]:
    """A word that is kept has to stand in brackets where it is a name."""
    return sorted(
        {
            name.name
            for name in parsed(sql).find_all(exp.Identifier)
            if not name.quoted and name.name.lower() in RESERVED
        }
    )


def cases_are_not_too_deep(sql: str) -> list[str]:
    """Ten cases may stand in each other."""
    deepest = max((_depth(case) for case in parsed(sql).find_all(exp.Case)), default=0)
    return [f"{deepest} deep"] if deepest > DEEPEST_CASE else []


def _depth(case: exp.Expr) -> int:
    depth, outer = 1, case.find_ancestor(exp.Case, exp.Select)
    while isinstance(outer, exp.Case):
        depth, outer = depth + 1, outer.find_ancestor(exp.Case, exp.Select)
    return depth


def aggregates_are_of_plain_rows(sql: str) -> list[str]:
    """No select and no other aggregate stands within one, and none counts in 32 bits."""
    found = []
    for aggregate in parsed(sql).find_all(exp.AggFunc):
        if isinstance(aggregate, exp.PercentileDisc) or _is_of_window(aggregate):
            continue
        inner = [
            n for n in aggregate.find_all(exp.AggFunc, exp.Query) if n is not aggregate
        ]
        found += [aggregate.sql()] if inner else []
    return found


def _is_of_window(node: exp.Expr) -> bool:
    return isinstance(node.parent, exp.Window)


def percentiles_are_over_windows(sql: str) -> list[str]:
    """percentile_disc is no aggregate, takes a number and one key, and has no frame."""
    found = []
    for rank in parsed(sql).find_all(exp.PercentileDisc):
        within = rank.parent
        window = within.parent if within else None
        is_plain = (
            isinstance(rank.this, exp.Literal)
            and isinstance(within, exp.WithinGroup)
            and len(within.expression.expressions) == 1
            and isinstance(window, exp.Window)
            and not window.args.get("order")
        )
        found += [] if is_plain else [rank.sql()]
    return found


def lists_have_one_order(sql: str) -> list[str]:
    """Aggregates in one select have to agree in their order."""
    found = []
    for select in parsed(sql).find_all(exp.Select):
        orders = {
            order.sql()
            for text in select.find_all(exp.GroupConcat)
            if text.find_ancestor(exp.Select) is select
            for order in text.find_all(exp.Order)
        }
        found += [str(sorted(orders))] if len(orders) > 1 else []
    return found


def windows_are_ordered(sql: str) -> list[str]:
    """Numbers and neighbours of rows need an order, which is no constant."""
    found = []
    for window in parsed(sql).find_all(exp.Window):
        order = window.args.get("order")
        if isinstance(window.this, (exp.RowNumber, exp.Lag, exp.Lead)) and not order:
            found.append(window.sql())
        if order and any(
            isinstance(key.this, exp.Literal) for key in order.expressions
        ):
            found.append(window.sql())
        if any(isinstance(part, exp.Distinct) for part in window.this.walk()):
            found.append(window.sql())
    return found


def rows_are_compared_by_columns(sql: str) -> list[str]:
    """There are no rows of values to compare."""
    return [
        part.sql()
        for part in parsed(sql).find_all(exp.Tuple)
        if isinstance(part.parent, (exp.In, exp.Predicate))
    ]


def groups_are_of_columns(sql: str) -> list[str]:
    """Grouped is by expressions with a column in them, and without a select."""
    return [
        key.sql()
        for group in parsed(sql).find_all(exp.Group)
        for key in group.expressions
        if not key.find(exp.Column) or key.find(exp.Query)
    ]


def what_is_selected_is_grouped(sql: str) -> list[str]:
    """A column beside an aggregate has to be of what is grouped by."""
    found = []
    for select in parsed(sql).find_all(exp.Select):
        group, having = select.args.get("group"), select.args.get("having")
        keys = {key.unnest() for key in group.expressions} if group else set()
        parts = [*select.expressions, *([having] if having else [])]
        if group or any(_is_aggregated(part) for part in parts):
            found += [column for part in parts for column in _ungrouped(part, keys)]
    return found


def _is_aggregated(part: exp.Expr) -> bool:
    """Whether it has an aggregate of its own that is not over a window."""
    inner = part.walk(prune=lambda node: isinstance(node, exp.Query))
    return any(
        isinstance(n, exp.AggFunc) and not _is_of_window(n) and not _is_ranked(n)
        for n in inner
    )


def _is_ranked(node: exp.Expr) -> bool:
    return (
        isinstance(node, exp.PercentileDisc)
        or isinstance(node.parent, exp.WithinGroup)
        and isinstance(node.parent.parent, exp.Window)
    )


def _ungrouped(node: exp.Expr, keys: set[exp.Expr]) -> Iterator[str]:
    told = node.unnest()
    if isinstance(node, exp.Query) or any(
        type(told) is type(key) and told == key for key in keys
    ):
        return
    if isinstance(node, exp.AggFunc) and not _is_of_window(node):
        return
    if isinstance(node, exp.Column) or (
        isinstance(node, exp.Star) and not isinstance(node.parent, exp.Count)
    ):
        yield node.sql()
        return
    for inner in node.iter_expressions():
        yield from _ungrouped(inner, keys)


def columns_are_known_and_named(sql: str) -> list[str]:
    """A name stands for a column, not for what the same select calls so.

    All columns of steps and of derived tables have names, each another.
    """
    tree = parsed(sql)
    try:
        known = qualified(sql)
    except SqlglotError as error:
        return [str(error).splitlines()[0]]
    found = []
    for inner in tree.find_all(exp.CTE, exp.Subquery):
        query = inner.this
        if isinstance(query, exp.Query) and (inner.alias or isinstance(inner, exp.CTE)):
            found += [
                f"{inner.alias}: {part.sql()}"
                for part in query.selects
                if not part.alias_or_name and not part.is_star
            ]
    for inner in known.find_all(exp.CTE, exp.Subquery):
        if isinstance(inner.this, exp.Query) and inner.alias:
            names = Counter(inner.this.named_selects)
            found += [
                f"{inner.alias}: twice {name}" for name, n in names.items() if n > 1
            ]
    return found


@lru_cache(maxsize=1)
def qualified(sql: str) -> exp.Expr:
    """The statement with each column under the name of its table, and types told."""
    plain = parsed(sql).copy()
    for text in plain.find_all(exp.National):  # of which no type is known
        text.replace(exp.Literal.string(text.name))
    tree = qualify(
        plain,
        schema=SCHEMA,
        dialect="tsql",
        expand_alias_refs=False,
        quote_identifiers=False,
    )
    return annotate_types(tree, schema=SCHEMA, dialect="tsql")


def flags_are_not_reckoned_with(sql: str) -> list[str]:
    """A bit has no least and no greatest, and cannot be added up."""
    return [
        part.sql("tsql")
        for part in qualified(sql).find_all(exp.Min, exp.Max, exp.Sum)
        if part.this.is_type("bit", "boolean")
    ]


def texts_have_one_collation(sql: str) -> list[str]:
    """Texts of a select that are no columns are collated: else two are not compared."""
    return [
        alias.sql("tsql")
        for alias in qualified(sql).find_all(exp.Alias)
        if alias.this.is_type(*exp.DataType.TEXT_TYPES)
        and not isinstance(alias.this, (exp.Column, exp.Collate))
    ]


RULES = (
    functions_are_those_of_sql_server,
    no_word_is_of_another_database,
    texts_are_in_unicode,
    steps_stand_first,
    tables_have_names,
    pages_are_ordered,
    only_the_answer_is_ordered,
    conditions_are_no_values,
    values_are_no_conditions,
    names_are_not_reserved,
    cases_are_not_too_deep,
    aggregates_are_of_plain_rows,
    percentiles_are_over_windows,
    lists_have_one_order,
    windows_are_ordered,
    rows_are_compared_by_columns,
    groups_are_of_columns,
    what_is_selected_is_grouped,
    columns_are_known_and_named,
)
OF_TYPES = (flags_are_not_reckoned_with, texts_have_one_collation)


def broken(sql: str) -> dict[str, list[str]]:
    """What a statement does that SQL Server refuses, by rule."""
    found = {rule.__name__: rule(sql) for rule in RULES}
    if not found["columns_are_known_and_named"]:  # else no type is known
        found |= {rule.__name__: rule(sql) for rule in OF_TYPES}
    return {name: faults for name, faults in found.items() if faults}
