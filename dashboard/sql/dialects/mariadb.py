"""MariaDB, from version 10.11 on; MySQL 8 differs in the names of its collations."""

from __future__ import annotations

from typing import Any

from sqlglot import exp
from sqlglot.dialects.mysql import MySQL as Base

from dashboard.relations import RELATIONS
from dashboard.sql.dialects.writing import Writing, _inner

# What a column is that becomes a text is known by its name, as in docs/queries.md.
KINDS = {
    column.name: column.kind
    for relation in RELATIONS.values()
    for column in relation.columns
}
# Texts are told apart by their code points, and only there.
CODE_POINTS = "utf8mb4_nopad_bin"
LETTERS = "utf8mb4_uca1400_nopad_as_cs"  # knows the small form of every letter
# Percentiles and paths are cut out of a text of all values of a group, which has to be
# whole: databases.mariadb refuses an answer in which one was cut.
PERCENTILE = (
    "substring_index(substring_index(group_concat(x order by x separator ' '), ' ',"
    " ceil(p * count(x))), ' ', -1) + 0e0"
)
AS_WORD = "case when {0} then 'true' when not {0} then 'false' end"
AS_MOMENT = (
    "trim(trailing '.' from trim(trailing '0' from"
    " cast(cast({0} as datetime(6)) as char)))"
)


class MariaDB(Base):
    """MariaDB's spelling of portable SQL."""

    class Generator(Writing, Base.Generator):  # type: ignore[misc, valid-type]
        """Writes our functions as MariaDB's own."""

        TRANSFORMS = {  # these win over methods, such as nullsafeeq_sql
            kind: written
            for kind, written in Base.Generator.TRANSFORMS.items()
            if kind not in (exp.NullSafeEQ, exp.NullSafeNEQ)
        }
        CODE_POINTS = CODE_POINTS
        LETTERS = LETTERS
        DOUBLE = "double"
        # Text and counts are what they are as literals of the driver.
        KINDS = {"instant": "datetime(6)", "date": "date"}
        TYPES = {
            "text": f"varchar(255) collate {CODE_POINTS}",
            "instant": "datetime(6)",
            "date": "date",
            "flag": "tinyint",
            "count": "bigint",
            "value": "double",
        }
        GIVEN_ROWS = (
            "json_table(:{relation}, '$[*]' columns ({columns})) as given_{relation}"
        )
        GIVEN_COLUMN = "{name} {type} path '$.{name}'"
        RESERVED_KEYWORDS = Base.Generator.RESERVED_KEYWORDS | {"offset", "returning"}
        PRIMITIVES = {
            "local_time": "date_add(t, interval {minutes_ahead} minute)",
            "day_of": "cast(date_add(t, interval {minutes_ahead} minute) as date)",
            "hour_of": "hour(date_add(t, interval {minutes_ahead} minute))",
            "week_start": "date_sub(cast(d as date), interval weekday(d) day)",
            "month_start": "date_sub(cast(d as date), interval dayofmonth(d) - 1 day)",
            "weekday_of": "weekday(d) + 1",
            "bucket_start": (
                "date_sub(cast(d as date), interval case grain"
                " when 'month' then dayofmonth(d) - 1"
                " when 'week' then weekday(d) else 0 end day)"
            ),
            "bucket_end": (
                "date_add(cast(d as date), interval case grain"
                " when 'month' then dayofmonth(last_day(d)) - dayofmonth(d) + 1"
                " when 'week' then 7 - weekday(d) else 1 end day)"
            ),
            "days_after": "date_add(cast(d as date), interval n day)",
            "days_between": "datediff(b, a)",
            "hours_between": (
                "cast(timestampdiff(microsecond, a, b) as double) / 3600000000.0"
            ),
            "utc_day_of": "cast(t as date)",
            "worked_seconds": (  # a division would keep four places
                "cast(case when t <= opens then 0 when t >= closes"
                " then timestampdiff(microsecond, opens, closes)"
                " else timestampdiff(microsecond, opens, t) end * 0.000001"
                " as decimal(18, 6))"
            ),
            "rounded": "cast(sign(x) * floor(abs(x) + 0.5) as signed)",
            "percentile": PERCENTILE,
            "path_of": "group_concat(x order by n separator ' → ')",
            "as_text": "convert(x using utf8mb4) collate {code_points}",
            "as_instant": "cast(x as datetime(6))",
            "as_date": "cast(x as date)",
            "as_flag": "x <> 0",
            "as_count": "cast(x as signed)",
            "as_minutes": "cast(x as decimal(12, 2))",
            "as_seconds": "cast(x as decimal(18, 6))",
            "as_money": "cast(x as decimal(18, 4))",
            "as_value": "cast(x as double)",
            "contains_text": (
                "locate(lower(part collate {letters}) collate {code_points},"
                " lower(convert(x using utf8mb4) collate {letters})"
                " collate {code_points}) > 0"
            ),
        }

        def generate(self, expression: exp.Expr, copy: bool = True) -> str:
            """The whole tree, ordered outside of what it names."""
            return str(super().generate(_ordered_outside(expression.copy()), copy=copy))

        def _fragment(self, name: str, given: Any) -> str:
            text = str(super()._fragment(name, given))
            names = {"code_points": self.CODE_POINTS, "letters": self.LETTERS}
            for word, collation in names.items():
                text = text.replace(f"{{{word}}}", collation)
            return text

        def lower_sql(self, expression: exp.Lower) -> str:
            """Of all letters: the other collation knows those of old alphabets only."""
            text = self.sql(expression, "this")
            return f"lower({text} collate {self.LETTERS}) collate {self.CODE_POINTS}"

        def cast_sql(self, expression: exp.Cast, safe_prefix: str | None = None) -> str:
            """A flag as text is a word, an instant has no empty fraction."""
            column = expression.this
            if expression.is_type(*exp.DataType.TEXT_TYPES) and column.name:
                text, kind = self.sql(column), KINDS.get(column.name, "")
                if kind == "flag" or column.name.startswith("is_"):
                    return AS_WORD.format(text)
                if kind == "instant" or column.name.endswith("_at"):
                    return AS_MOMENT.format(text)
            return str(super().cast_sql(expression, safe_prefix))

        def window_sql(self, expression: exp.Window) -> str:
            """Lag and lead know no default: it is for where there is no such row."""
            found = expression.this
            default = found.args.get("default")
            if default is None:
                return str(super().window_sql(expression))
            found.set("default", None)
            is_there = expression.copy()
            is_there.this.set("this", exp.Literal.number(1))
            return (
                f"case when {super().window_sql(is_there)} is null"
                f" then {self.sql(default)} else {super().window_sql(expression)} end"
            )

        def select_sql(self, expression: exp.Select) -> str:
            """Joined in the order of the query: sizes of sub-selects are not known."""
            if expression.args.get("joins"):
                expression.set("operation_modifiers", [exp.var("straight_join")])
            return str(super().select_sql(expression))

        def datatype_sql(self, expression: exp.DataType) -> str:
            """An instant has millionths of seconds."""
            if expression.is_type(exp.DType.TIMESTAMP):
                return "datetime(6)"
            return str(super().datatype_sql(expression))

        def star_sql(self, expression: exp.Star) -> str:
            """All columns; behind others they are named by what they are columns of."""
            select = expression.parent
            if (
                not isinstance(select, exp.Select)
                or select.expressions[0] is expression
            ):
                return "*"
            read = [select.args["from_"], *(select.args.get("joins") or ())]
            names = [exp.to_identifier(part.this.alias_or_name) for part in read]
            return ", ".join(f"{self.sql(name)}.*" for name in names)

        def ordered_sql(self, expression: exp.Ordered) -> str:
            """Nulls last, whichever the direction."""
            text = _inner(self.sql(expression, "this"))
            direction = " desc" if expression.args.get("desc") else ""
            return f"{text} is null, {text}{direction}"

        def cte_sql(self, expression: exp.CTE) -> str:
            """A step; whether it is kept is not ours to say."""
            expression.set("materialized", None)
            return str(super().cte_sql(expression))

        def nullsafeeq_sql(self, expression: exp.NullSafeEQ) -> str:
            """Equal, null being equal to null."""
            return f"({self.binary(expression, '<=>')})"

        def nullsafeneq_sql(self, expression: exp.NullSafeNEQ) -> str:
            """Not equal, null being equal to null."""
            return f"(not ({self.binary(expression, '<=>')}))"


class MySQL(MariaDB):
    """MySQL, from version 8.0.17 on."""

    class Generator(MariaDB.Generator):
        """The same with the collations of MySQL."""

        CODE_POINTS = "utf8mb4_0900_bin"
        LETTERS = "utf8mb4_0900_as_cs"


def _ordered_outside(tree: exp.Expr) -> exp.Expr:
    """An order by names of the answer: inside, `x is null` is of a column of a table.

    What the select calls x may be something else than what its tables call so.
    """
    order = tree.args.get("order")
    if not isinstance(tree, exp.Select) or order is None or _reads_answer(tree):
        return tree
    tree.set("order", None)
    for key in order.expressions:
        key.set("this", exp.column(key.this.name))
    outer = exp.select("*").from_(tree.subquery("answer"))
    outer.set("order", order)
    return outer


def _reads_answer(tree: exp.Select) -> bool:
    """Whether the select is around another, and calls nothing by a new name."""
    source = tree.args["from_"].this
    return isinstance(source, exp.Subquery) and isinstance(tree.selects[0], exp.Star)
