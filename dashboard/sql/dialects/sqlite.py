"""SQLite, from version 3.44 on.

Instants are text such as 2024-01-31 09:30:00.000000, dates text such as 2024-01-31,
flags 0 or 1, decimals numbers with a floating point: SQLite has no types of its own for
them. Whole seconds and millionths are counted apart, since its own functions of time
count milliseconds at best.
"""

from __future__ import annotations

from typing import Any

from sqlglot import exp
from sqlglot.dialects.sqlite import SQLite as Base

from dashboard.sql.dialects.kinds import SCALES, kind_of, kinds_in
from dashboard.sql.dialects.writing import Writing

SHIFTED = "substr(t, 1, 19), {minutes_ahead} || ' minutes'"
LINEAR = (exp.Add, exp.Sub, exp.Mul)
RECKONED = (*LINEAR, exp.Sum, exp.Window)
# How DuckDB writes values of a kind, where SQLite has a number or longer text.
TEXTS = {
    "flag": "case when {0} then 'true' when not {0} then 'false' end",
    "instant": "rtrim(rtrim({0}, '0'), '.')",
    **{
        kind: f"case when {{0}} is not null then printf('%.{places}f', {{0}}) end"
        for kind, places in SCALES.items()
        if places
    },
}
NO_TIME = "'0000-00-00 00:00:00.000000'"  # gives a date the time that it lacks
MONTH = "substr(d, 1, 7) || '-01'"
MONDAY = "date(d, 'weekday 0', '-6 days')"


def _micros(after: str, before: str) -> str:
    """SQL for the millionths of a second from one instant to another."""
    return (
        f"((unixepoch(substr({after}, 1, 19)) - unixepoch(substr({before}, 1, 19)))"
        f" * 1000000 + cast(substr({after}, 21, 6) as integer)"
        f" - cast(substr({before}, 21, 6) as integer))"
    )


def _is_inside_another(node: exp.Expr) -> bool:
    """Whether a reckoning is part of a longer one, which is rounded at its end."""
    while isinstance(node.parent, exp.Paren):
        node = node.parent
    return isinstance(node.parent, (*LINEAR, exp.Window))


# Latin, Greek, Cyrillic, Armenian and Vietnamese: SQLite nests expressions a thousand
# deep, so that those of rarer languages have no room.
ALPHABETS = (
    *(range(0xC0, 0x180), range(0x218, 0x21C), range(0x386, 0x3AC)),
    *(range(0x400, 0x460), range(0x490, 0x500), range(0x531, 0x557)),
    *(range(0x1E9E, 0x1E9F), range(0x1EA0, 0x1EFA)),
)


def _capitals() -> str:
    """The capital letters of the alphabets, without the English ones."""
    letters = [chr(code) for codes in ALPHABETS for code in codes]
    return "".join(letter for letter in letters if letter.lower() != letter)


def _lower(text: str) -> str:
    """SQL for a text in small letters; SQLite's own knows the English ones."""
    small = f"lower({text})"
    for letter in _capitals():
        small = f"replace({small}, '{letter}', '{letter.lower()[0]}')"
    is_plain = (  # as most texts are, and quickly told
        f"length({text}) = octet_length({text}) or {text} not glob '*[{_capitals()}]*'"
    )
    return f"case when {is_plain} then lower({text}) else {small} end"


class SQLite(Base):
    """SQLite's spelling of portable SQL."""

    class Generator(Writing, Base.Generator):  # type: ignore[misc, valid-type]
        """Writes our functions as SQLite's own."""

        INSTANT = "'{}.000000'"
        DOUBLE = "real"
        TYPES = dict.fromkeys(("text", "instant", "date", "flag", "count", "value"), "")
        GIVEN_ROWS = (
            "(select {columns} from json_each(:{relation})) as given_{relation}"
        )
        GIVEN_COLUMN = "json_extract(value, '$.{name}') as {name}"
        PRIMITIVES = {
            "local_time": (
                f"strftime('%Y-%m-%d %H:%M:%S', {SHIFTED}) || substr(t, 20)"
            ),
            "day_of": f"date({SHIFTED})",
            "hour_of": f"cast(strftime('%H', {SHIFTED}) as integer)",
            "week_start": MONDAY,
            "month_start": MONTH,
            "weekday_of": "cast(strftime('%u', d) as integer)",
            "bucket_start": (
                f"case grain when 'month' then {MONTH} when 'week' then {MONDAY}"
                " else substr(d, 1, 10) end"
            ),
            "bucket_end": (
                f"case grain when 'month' then date({MONTH}, '+1 month')"
                f" when 'week' then date({MONDAY}, '+7 days')"
                " else date(d, '+1 day') end"
            ),
            "days_after": "date(d, cast(n as integer) || ' days')",
            "days_between": (
                "(unixepoch(substr(b, 1, 10)) - unixepoch(substr(a, 1, 10))) / 86400"
            ),
            "hours_between": f"{_micros('b', 'a')} / 3600000000.0",
            "utc_day_of": "substr(t, 1, 10)",
            "worked_seconds": (
                "case when t <= opens then 0.0"
                f" when t >= closes then {_micros('closes', 'opens')} / 1000000.0"
                f" else {_micros('t', 'opens')} / 1000000.0 end"
            ),
            "rounded": "cast(round(x) as integer)",
            # Text of a number that ends in 15 digits: no more than a reader can see.
            "percentile": (
                "json_extract(json_group_array(x order by x)"
                " filter (where x is not null), '$[' ||"
                " cast(max(ceil(round(p * count(x), 6)) - 1, 0) as integer) || ']')"
            ),
            "path_of": "group_concat(x, ' → ' order by n)",
            "as_text": "cast(x as text) collate binary",
            "as_instant": "x",
            "as_date": "substr(x, 1, 10)",
            "as_flag": "cast(x as integer) <> 0",
            "as_count": "cast(x as integer)",
            "as_minutes": "cast(x as real)",
            "as_seconds": "cast(x as real)",
            "as_money": "cast(x as real)",
            "as_value": "cast(x as real)",
            "lower": _lower("x"),
            "contains_text": f"instr({_lower('x')}, {_lower('part')}) > 0",
        }

        def lower_sql(self, expression: exp.Lower) -> str:
            """Of all letters, as far as there is room."""
            return self._fragment("lower", {"x": self.sql(expression, "this")})

        def select_sql(self, expression: exp.Select) -> str:
            """Each column under its name: else an order by it is ambiguous."""
            for column in list(expression.expressions):
                if isinstance(column, exp.Column) and not column.is_star:
                    column.replace(exp.alias_(column.copy(), column.name))
            return str(super().select_sql(expression))

        def cte_sql(self, expression: exp.CTE) -> str:
            """Each step once: joined again and again it would be made again."""
            expression.set("materialized", True)
            return str(super().cte_sql(expression))

        def join_sql(self, expression: exp.Join) -> str:
            """In the order that is written: of steps SQLite can only guess how long."""
            if not expression.side and expression.args.get("on"):
                expression.set("kind", "cross")
            return str(super().join_sql(expression))

        def generate(self, expression: exp.Expr, copy: bool = True) -> str:
            """The whole tree, once it is known of what kind each name is."""
            self.known = kinds_in(expression, self.kinds)
            return str(super().generate(expression, copy))

        def sql(self, expression: Any, key: str | None = None, **kwargs: Any) -> str:
            """A part of the tree; a decimal that was reckoned is rounded to its places.

            Else what is equal as a decimal would differ in its last bits.
            """
            text = str(super().sql(expression, key, **kwargs))
            is_whole = isinstance(expression, RECKONED) and key is None
            if is_whole and not _is_inside_another(expression):
                kind = kind_of(expression, self.known, self.kinds)
                if SCALES.get(kind):
                    return f"round({text}, {SCALES[kind]})"
            return text

        def cast_sql(self, expression: exp.Cast, safe_prefix: str | None = None) -> str:
            """In the text or number that stands for the type."""
            inner, kind = self.sql(expression, "this"), expression.to
            if kind.is_type("varchar", "text"):
                told = kind_of(expression.this, self.known, self.kinds)
                return TEXTS.get(told, "cast({0} as text)").format(inner)
            if kind.is_type("timestamp", "timestampntz"):
                return f"({inner} || substr({NO_TIME}, length({inner}) + 1))"
            if kind.is_type("date"):
                return f"cast({inner} as text)"
            if kind.is_type("decimal"):
                return f"round(cast({inner} as real), {kind.expressions[1].name})"
            if kind.is_type("double"):
                return f"cast({inner} as real)"
            return f"cast({inner} as integer)"
