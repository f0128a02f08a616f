"""SQL Server, from version 2022 (16) on. Nothing of this was run: there was no server.

tests/sqlserver holds what could be looked at without one.
"""

from __future__ import annotations

from typing import Any

from sqlglot import exp
from sqlglot.dialects.tsql import TSQL

from dashboard.relations import Relation
from dashboard.sql.dialects.kinds import SCALES, kind_of
from dashboard.sql.dialects.reserved_words import RESERVED
from dashboard.sql.dialects.sqlserver_trees import CODE_POINTS, adapted
from dashboard.sql.dialects.writing import Writing, _inner

LETTERS = "Latin1_General_100_CI_AS_SC"  # knows the small form of every letter
LONGEST = 4000  # characters of a text that is not (max)
AHEAD = "dateadd(minute, {minutes_ahead}, t)"
DAY = "cast(d as date)"
MONTH = f"datetrunc(month, {DAY})"
MONDAY = f"datetrunc(iso_week, {DAY})"  # whatever the session calls its first day
# How DuckDB writes values of a kind.
AS_WORD = "case when {0} = 1 then N'true' when {0} = 0 then N'false' end"
AS_MOMENT = (
    "case when datepart(microsecond, {0}) = 0 then convert(nvarchar(19), {0}, 120)"
    " else convert(nvarchar(11), {0}, 120) + replace(rtrim(replace("
    "substring(convert(nvarchar(26), {0}, 121), 12, 15), N'0', N' ')), N' ', N'0') end"
)
TEXTS = {
    "text": "{0}",
    "flag": AS_WORD,
    "date": "convert(nvarchar(10), {0}, 23)",
    "instant": AS_MOMENT,
    "count": "cast({0} as nvarchar(20))",
    **{
        kind: f"cast(cast({{0}} as decimal(38, {places})) as nvarchar(41))"
        for kind, places in SCALES.items()
        if places
    },
}


class SQLServer(TSQL):
    """SQL Server's spelling of portable SQL."""

    class Generator(Writing, TSQL.Generator):  # type: ignore[misc, valid-type]
        """Writes our functions as SQL Server's own."""

        INSTANT = "cast('{}' as datetime2(6))"
        DOUBLE = "float"
        RESERVED_KEYWORDS = RESERVED
        TYPES = {
            "text": "nvarchar(255)",
            "instant": "datetime2(6)",
            "date": "date",
            "flag": "bit",
            "count": "bigint",
            "value": "float",
        }
        GIVEN_ROWS = (
            "(select {collated} from openjson(:{relation}) with ({columns})"
            " as told_{relation}) as given_{relation}"
        )
        GIVEN_COLUMN = "{name} {type} '$.{name}'"
        TYPE_MAPPING = {
            **TSQL.Generator.TYPE_MAPPING,
            exp.DType.DECIMAL: "decimal",
            exp.DType.INT: "int",
            exp.DType.TIMESTAMP: "datetime2(6)",
        }
        PRIMITIVES = {
            "local_time": AHEAD,
            "day_of": f"cast({AHEAD} as date)",
            "hour_of": f"cast(datepart(hour, {AHEAD}) as bigint)",
            "week_start": MONDAY,
            "month_start": MONTH,
            "weekday_of": f"cast(datediff(day, {MONDAY}, {DAY}) + 1 as bigint)",
            "bucket_start": (
                f"case grain when N'month' then {MONTH} when N'week' then {MONDAY}"
                f" else {DAY} end"
            ),
            "bucket_end": (
                f"case grain when N'month' then dateadd(month, 1, {MONTH})"
                f" when N'week' then dateadd(day, 7, {MONDAY})"
                f" else dateadd(day, 1, {DAY}) end"
            ),
            "days_after": f"dateadd(day, cast(n as int), {DAY})",
            "days_between": "datediff_big(day, a, b)",
            "hours_between": (
                "cast(datediff_big(microsecond, a, b) as float) / 3600000000.0"
            ),
            "utc_day_of": "cast(t as date)",
            "worked_seconds": (
                "cast(case when t <= opens then 0 when t >= closes"
                " then datediff_big(microsecond, opens, closes)"
                " else datediff_big(microsecond, opens, t) end * 0.000001"
                " as decimal(18, 6))"
            ),
            "rounded": "cast(round(x, 0) as bigint)",
            "path_of": (
                "string_agg(cast(x as nvarchar(max)), N' → ') within group (order by n)"
            ),
            "contains_text": (
                f"charindex(lower(part collate {LETTERS}) collate {CODE_POINTS},"
                f" lower(cast(x as nvarchar(max)) collate {LETTERS})"
                f" collate {CODE_POINTS}) > 0"
            ),
            # Texts that differ in spaces at their end are equal here, whatever the
            # collation: read without, they are one text in answers as well.
            "as_text": f"rtrim(x) collate {CODE_POINTS}",
            "as_instant": "cast(x at time zone 'UTC' as datetime2(6))",
            "as_date": "cast(x as date)",
            "as_flag": "cast(x as bit)",
            "as_count": "cast(round(x, 0) as bigint)",
            "as_minutes": "cast(x as decimal(12, 2))",
            "as_seconds": "cast(x as decimal(18, 6))",
            "as_money": "cast(x as decimal(18, 4))",
            "as_value": "cast(x as float)",
        }

        def generate(self, expression: exp.Expr, copy: bool = True) -> str:
            """The whole tree, in the form that SQL Server can be told."""
            tree, self.known = adapted(expression, self.kinds)
            return str(super().generate(tree, copy))

        def given_sql(self, relation: Relation) -> str:
            """Texts of rows that a question brings are compared as all others."""
            names = (
                f"{column.name} collate {CODE_POINTS} as {column.name}"
                if column.kind == "text"
                else column.name
                for column in relation.columns
            )
            return self.GIVEN_ROWS.format(
                relation=relation.name,
                columns=self.typed_columns(relation),
                collated=", ".join(names),
            )

        def literal_sql(self, expression: exp.Literal) -> str:
            """Text in Unicode: else it is cut to the letters of a code page."""
            told = super().literal_sql(expression)
            return f"N{told}" if expression.is_string else told

        def count_sql(self, expression: exp.Count) -> str:
            """Of 64 bits."""
            expression.set("big_int", True)
            return super().count_sql(expression)

        def lower_sql(self, expression: exp.Lower) -> str:
            """Of all letters."""
            text = self.sql(expression, "this")
            return f"lower({text} collate {LETTERS}) collate {CODE_POINTS}"

        def ordered_sql(self, expression: exp.Ordered) -> str:
            """Nulls last; in falling order they are so by themselves."""
            text = _inner(self.sql(expression, "this"))
            if expression.args.get("desc"):
                return f"{text} desc"
            if expression.args.get("nulls_first"):
                return text
            return f"case when {text} is null then 1 else 0 end, {text}"

        def datatype_sql(self, expression: exp.DataType) -> str:
            """A text of the length told, else of the longest that is not (max)."""
            if not expression.is_type(*exp.DataType.TEXT_TYPES):
                return super().datatype_sql(expression)
            told = expression.expressions
            length = int(told[0].name) if told else LONGEST
            return f"nvarchar({length if 0 < length <= LONGEST else 'max'})"

        def cast_sql(self, expression: exp.Cast, safe_prefix: str | None = None) -> str:
            """As text, in the words of DuckDB; as a whole number, rounded."""
            told, kind = expression.this, expression.to
            of = kind_of(told, self.known, self.kinds)
            is_text = kind.is_type(*exp.DataType.TEXT_TYPES)
            if is_text and of in TEXTS and not kind.expressions:
                return TEXTS[of].format(_inner(self.sql(told)))
            if kind.is_type("bigint") and of not in ("count", "flag", "any"):
                return f"cast(round({self.sql(told)}, 0) as bigint)"
            return f"cast({self.sql(told)} as {self.sql(kind)})"

        known: dict[str, str]

        def sql(self, *args: Any, **kwargs: Any) -> str:
            """Of the generator of the dialect."""
            return str(super().sql(*args, **kwargs))
