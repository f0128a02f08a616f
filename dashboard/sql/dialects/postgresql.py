"""PostgreSQL, from version 14 on."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.dialects.postgres import Postgres

from dashboard.sql.dialects.writing import Writing


class PostgreSQL(Postgres):
    """PostgreSQL's spelling of portable SQL."""

    class Generator(Writing, Postgres.Generator):  # type: ignore[misc, valid-type]
        """Writes our functions as PostgreSQL's own."""

        TYPES = {
            "text": "text",
            "instant": "timestamp",
            "date": "date",
            "flag": "boolean",
            "count": "bigint",
            "value": "double precision",
        }
        KINDS = TYPES
        GIVEN_ROWS = (
            "json_to_recordset(cast(:{relation} as json))"
            " as given_{relation}({columns})"
        )
        PRIMITIVES = {
            "local_time": "t + {minutes_ahead} * interval '1 minute'",
            "day_of": "cast(t + {minutes_ahead} * interval '1 minute' as date)",
            "hour_of": (
                "cast(extract(hour from t + {minutes_ahead} * interval '1 minute')"
                " as bigint)"
            ),
            # A date would be cut as an instant of the session's zone.
            "week_start": "cast(date_trunc('week', cast(d as timestamp)) as date)",
            "month_start": "cast(date_trunc('month', cast(d as timestamp)) as date)",
            "weekday_of": "cast(extract(isodow from d) as bigint)",
            "bucket_start": "cast(date_trunc(grain, cast(d as timestamp)) as date)",
            "bucket_end": (
                "cast(date_trunc(grain, cast(d as timestamp)) + case grain"
                " when 'month' then interval '1 month'"
                " when 'week' then interval '7 days'"
                " else interval '1 day' end as date)"
            ),
            "days_after": "d + cast(n as integer)",
            "days_between": "cast(cast(b as date) - cast(a as date) as bigint)",
            "hours_between": (
                "cast(extract(epoch from b - a) * 1000000 as double precision)"
                " / 3600000000.0"
            ),
            "utc_day_of": "cast(t as date)",
            "worked_seconds": (
                "cast(extract(epoch from case when t <= opens then interval '0'"
                " when t >= closes then closes - opens else t - opens end)"
                " as decimal(18, 6))"
            ),
            "rounded": "cast(round(cast(x as numeric)) as bigint)",
            "percentile": "percentile_disc(p) within group (order by x)",
            "path_of": "string_agg(x, ' → ' order by n)",
            "as_text": 'cast(x as text) collate "C"',
            "as_instant": "x at time zone 'UTC'",
            "as_date": "cast(x as date)",
            "as_flag": "cast(x as boolean)",
            "as_count": "cast(x as bigint)",
            "as_minutes": "cast(x as decimal(12, 2))",
            "as_seconds": "cast(x as decimal(18, 6))",
            "as_money": "cast(x as decimal(18, 4))",
            "as_value": "cast(x as double precision)",
            "contains_text": (
                'position(lower(part collate "und-x-icu")'
                ' in lower(cast(x as text) collate "und-x-icu")) > 0'
            ),
        }

        def lower_sql(self, expression: exp.Lower) -> str:
            """Of all letters: those of "C" are the English ones."""
            return f'lower({self.sql(expression, "this")} collate "und-x-icu")'
