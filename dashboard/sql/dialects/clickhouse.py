"""ClickHouse, from version 26.3 on, and chDB."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.dialects.clickhouse import ClickHouse as Dialect

from dashboard.sql.dialects.clickhouse_trees import statements
from dashboard.sql.dialects.writing import Writing

AHEAD = "addMinutes(t, {minutes_ahead})"
MONTH = "addDays(d, 1 - toDayOfMonth(d))"
WEEK = "addDays(d, 1 - toDayOfWeek(d))"
STATEMENTS = ";\n\n"  # between two; no other semicolon ends a line of ours
VALUES = (exp.If, exp.Case, exp.Coalesce, exp.Alias)


class ClickHouse(Dialect):
    """ClickHouse's spelling of portable SQL."""

    class Generator(Writing, Dialect.Generator):  # type: ignore[misc, valid-type]
        """Writes our functions as ClickHouse's own."""

        INSTANT = "toDateTime64('{}', 6, 'UTC')"
        DOUBLE = "Nullable(Float64)"
        TYPES = {  # inside of a text, so quotes are doubled
            "text": "Nullable(String)",
            "instant": "Nullable(DateTime64(6, ''UTC''))",
            "date": "Nullable(Date32)",
            "flag": "Nullable(Bool)",
            "count": "Nullable(Int64)",
            "value": "Nullable(Float64)",
        }
        GIVEN_ROWS = "format(JSONEachRow, '{columns}', :{relation}) as given_{relation}"
        TYPE_MAPPING = {
            **Dialect.Generator.TYPE_MAPPING,
            exp.DType.DATE: "Date32",
            exp.DType.TIMESTAMP: "DateTime64(6, 'UTC')",
        }
        TRANSFORMS = {  # these win over methods, such as lag_sql
            kind: written
            for kind, written in Dialect.Generator.TRANSFORMS.items()
            if kind not in (exp.Lag, exp.Lead)
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
            *kept, (_, query) = statements(expression)
            said = super().generate
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
