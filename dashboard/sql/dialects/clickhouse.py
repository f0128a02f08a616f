"""ClickHouse, from version 26.3 on, and chDB."""

from __future__ import annotations

from collections import Counter

from sqlglot import exp
from sqlglot.dialects.clickhouse import ClickHouse as Dialect

from dashboard.relations import RELATIONS
from dashboard.sql.dialects.functions import FUNCTIONS
from dashboard.sql.dialects.writing import Writing, composed

AHEAD = "addMinutes(t, {minutes_ahead})"
MONTH = "addDays(d, 1 - toDayOfMonth(d))"
WEEK = "addDays(d, 1 - toDayOfWeek(d))"
# What is true or false, which ClickHouse tells as 1 or 0.
FLAGS = (exp.Predicate, exp.Connector, exp.Not)
STATEMENTS = ";\n\n"  # between two; no other semicolon ends a line of ours
VALUES = (exp.If, exp.Case, exp.Coalesce, exp.Alias)
Steps = dict[str, exp.Expr]
"""The named steps of a query."""


class ClickHouse(Dialect):
    """ClickHouse's spelling of portable SQL."""

    class Generator(Writing, Dialect.Generator):  # type: ignore[misc, valid-type]
        """Writes our functions as ClickHouse's own."""

        INSTANT = "toDateTime64('{}', 6, 'UTC')"
        DOUBLE = "Nullable(Float64)"
        TYPES = {
            "text": "Nullable(String)",
            "instant": "Nullable(DateTime64(6, 'UTC'))",
            "date": "Nullable(Date32)",
            "flag": "Nullable(Bool)",
            "count": "Nullable(Int64)",
        }
        GIVEN_DAYS = "format(JSONEachRow, '{columns}', :calendar_days) as given_days"
        TYPE_MAPPING = {
            **Dialect.Generator.TYPE_MAPPING,
            exp.DType.DATE: "Date32",
            exp.DType.TIMESTAMP: "DateTime64(6, 'UTC')",
        }
        PRIMITIVES = {
            "local_time": AHEAD,
            "day_of": f"toDate32({AHEAD})",
            "hour_of": f"toInt64(toHour({AHEAD}))",
            "week_start": WEEK,
            "month_start": MONTH,
            "weekday_of": "toInt64(toDayOfWeek(d))",
            "bucket_start": (
                f"multiIf(grain = 'month', {MONTH}, grain = 'week', {WEEK}, d)"
            ),
            "bucket_end": (
                f"multiIf(grain = 'month', addMonths({MONTH}, 1),"
                f" grain = 'week', addDays({WEEK}, 7), addDays(d, 1))"
            ),
            "days_after": "addDays(d, n)",
            "days_between": "dateDiff('day', toDate32(a), toDate32(b))",
            "hours_between": "dateDiff('microsecond', a, b) / 3600000000.0",
            "utc_day_of": "toDate32(t)",
            "worked_seconds": (
                "multiIf(t <= opens, 0, t >= closes,"
                " dateDiff('microsecond', opens, closes),"
                " dateDiff('microsecond', opens, t))"
                " * toDecimal64('0.000001', 6)"
            ),
            # Its own rounding takes a half of a float to the even neighbour.
            "rounded": "toInt64(trunc(x) + trunc(2 * (x - trunc(x))))",
            "percentile": (
                "if(count(x) = 0, null,"
                " arraySort(groupArray(x))[toUInt64(ceil(p * count(x)))])"
            ),
            "path_of": (
                "if(count(x) = 0, null, arrayStringConcat(arrayMap(pair -> pair.2,"
                " arraySort(groupArrayIf((n, assumeNotNull(x)), x is not null))),"
                " ' → '))"
            ),
            "contains_text": (
                "cast(position(lowerUTF8(toString(x)), lowerUTF8(part)) > 0"
                " as Nullable(Bool))"
            ),
            "as_text": "cast(x as Nullable(String))",
            "as_instant": "cast(x as Nullable(DateTime64(6, 'UTC')))",
            "as_date": "cast(x as Nullable(Date32))",
            "as_flag": "cast(x as Nullable(Bool))",
            "as_count": "cast(x as Nullable(Int64))",
            "as_minutes": "cast(toString(round(x, 2)) as Nullable(Decimal(12, 2)))",
            "as_seconds": "cast(toString(round(x, 6)) as Nullable(Decimal(18, 6)))",
            "as_money": "cast(toString(round(x, 4)) as Nullable(Decimal(18, 4)))",
            "as_value": "cast(x as Nullable(Float64))",
        }

        def generate(self, expression: exp.Expr, copy: bool = True) -> str:
            """The query, after a temporary table for each step read more than once.

            As a step of the query it would be run, or at the least planned, anew for
            each time that it is read, and each in it as often: 2, 4, 8 ... times.
            """
            tree = expression.copy()
            _lift_steps(tree)
            steps = {step.alias: step.this for step in tree.find_all(exp.CTE)}
            for select in list(tree.find_all(exp.Select)):
                _name_columns(select, steps)
                if select.args.get("order"):
                    _order_outside(select)
            _tell_flags(tree)
            said = super().generate
            *kept, (_, query) = _apart(tree)
            tables = [
                f"CREATE OR REPLACE TEMPORARY TABLE {name} AS\n{said(step, False)}"
                for name, step in kept
            ]
            return STATEMENTS.join([*tables, said(query, False)])

        def count_sql(self, expression: exp.Count) -> str:
            """A number with a sign, as all others have."""
            counted = self.function_fallback_sql(expression)
            is_window = isinstance(expression.parent, exp.Window)
            return counted if is_window else f"toInt64({counted})"

        def window_sql(self, expression: exp.Window) -> str:
            """Over a window as well."""
            told = super().window_sql(expression)
            is_count = isinstance(expression.this, (exp.Count, exp.RowNumber))
            return f"toInt64({told})" if is_count else told

        def sum_sql(self, expression: exp.Sum) -> str:
            """Of nothing, null."""
            return self._nullable("sum", expression)

        def min_sql(self, expression: exp.Min) -> str:
            """Of nothing, null."""
            return self._nullable("min", expression)

        def max_sql(self, expression: exp.Max) -> str:
            """Of nothing, null."""
            return self._nullable("max", expression)

        def lag_sql(self, expression: exp.Lag) -> str:
            """Before the first row, null."""
            return self._nullable("lag", expression)

        def lead_sql(self, expression: exp.Lead) -> str:
            """After the last row, null."""
            return self._nullable("lead", expression)

        def _nullable(self, name: str, expression: exp.Expr) -> str:
            first, *others = (
                self.sql(expression, part)
                for part in ("this", "offset", "default")
                if expression.args.get(part)
            )
            return f"{name}({', '.join([f'toNullable({first})', *others])})"

        def abs_sql(self, expression: exp.Abs) -> str:
            """With a sign, as its own has not."""
            number = self.sql(expression, "this")
            return f"if({number} < 0, -({number}), {number})"

        def lower_sql(self, expression: exp.Lower) -> str:
            """Of all letters."""
            return f"lowerUTF8({self.sql(expression, 'this')})"

        def nullsafeeq_sql(self, expression: exp.NullSafeEQ) -> str:
            """Null is null."""
            return self.func("isNotDistinctFrom", *expression.iter_expressions())

        def nullsafeneq_sql(self, expression: exp.NullSafeNEQ) -> str:
            """Null is not what is not null."""
            return self.func("isDistinctFrom", *expression.iter_expressions())

        def literal_sql(self, expression: exp.Literal) -> str:
            """Whole numbers with a sign where values are made; decimals exact."""
            if expression.is_string:
                return super().literal_sql(expression)
            number = expression.name
            if "." in number:
                return f"toDecimal64('{number}', {len(number.partition('.')[2])})"
            is_value = isinstance(expression.parent, VALUES)
            return f"toInt32({number})" if is_value else number

        def cast_sql(self, expression: exp.Cast, safe_prefix: str | None = None) -> str:
            """Rounded, as its own does not; as text, with all decimals."""
            value, kind = self.sql(expression, "this"), self.sql(expression, "to")
            if isinstance(expression.this, exp.Null):
                return f"cast({value} as {kind})"
            if expression.to.is_type(exp.DType.DECIMAL):
                scale = self.sql(expression.to.expressions[1])
                return f"cast(toString(round({value}, {scale})) as {kind})"
            if expression.to.is_type(exp.DType.BIGINT):
                return f"cast(round({value}) as {kind})"
            if expression.to.is_type(*exp.DataType.TEXT_TYPES):
                return self._text(value)
            return f"cast({value} as {kind})"

        def _text(self, value: str) -> str:
            told = f"formatRowNoNewline('TSVRaw', {value})"
            return (
                f"multiIf({value} is null, null, toTypeName({value}) like '%DateTime%',"
                f" replaceRegexpOne({told}, '[.]?0+$', ''), {told})"
            )


def _lift_steps(tree: exp.Expr) -> None:
    """Have the steps of a step stand before it: inside of it none is kept."""
    first = tree.args.get("with_")
    lifted = []
    for step in first.expressions if first else ():
        inner = step.this.args.get("with_")
        for part in inner.expressions if inner else ():
            name = exp.to_identifier(f"{step.alias}_{part.alias}")
            _rename(step.this, part.alias, name)
            part.set("alias", exp.TableAlias(this=name.copy()))
            lifted.append(part)
        step.this.set("with_", None)
        lifted.append(step)
    if first:
        first.set("expressions", lifted)


def _rename(tree: exp.Expr, old: str, new: exp.Identifier) -> None:
    """Have a step be read under another name, and known by the one it had."""
    for table in tree.find_all(exp.Table):
        if table.name == old:
            if not table.alias:
                table.set("alias", exp.TableAlias(this=exp.to_identifier(old)))
            table.set("this", new.copy())


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
                _rename(other, step.alias, name)
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
