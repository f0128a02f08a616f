"""Our functions in DuckDB: macros, so that a query file runs in its shell as it is."""

from __future__ import annotations

from dashboard.sql.dialects.functions import FUNCTIONS
from dashboard.sql.zones import ALWAYS, Span, minutes_ahead

PRIMITIVES = {
    "local_time": "(t + to_minutes({minutes_ahead}))",
    "day_of": "cast(t + to_minutes({minutes_ahead}) as date)",
    "hour_of": "cast(extract(hour from t + to_minutes({minutes_ahead})) as bigint)",
    "week_start": "cast(date_trunc('week', d) as date)",
    "month_start": "cast(date_trunc('month', d) as date)",
    "weekday_of": "cast(extract(isodow from d) as bigint)",
    "bucket_start": "cast(date_trunc(grain, d) as date)",
    "bucket_end": (
        "cast(date_trunc(grain, d) + case grain when 'month' then interval 1 month"
        " when 'week' then interval 7 day else interval 1 day end as date)"
    ),
    "days_after": "cast(d + to_days(cast(n as integer)) as date)",
    "days_between": "date_diff('day', a, b)",
    "hours_between": "date_diff('microsecond', a, b) / 3600000000.0",
    "utc_day_of": "cast(t as date)",
    "worked_seconds": (
        "cast(case when t <= opens then 0 when t >= closes"
        " then date_diff('microsecond', opens, closes)"
        " else date_diff('microsecond', opens, t) end / 1000000 as decimal(18, 6))"
    ),
    "rounded": "cast(round(x, 0) as bigint)",
    "percentile": "quantile_disc(x, p)",
    "path_of": "string_agg(x, ' → ' order by n)",
    "contains_text": "contains(lower(cast(x as varchar)), lower(part))",
}


def macros(zone: str, span: Span = ALWAYS) -> list[str]:
    """The portable functions as DuckDB `create macro` statements."""
    ahead = minutes_ahead(zone, span, "t", "timestamp '{}'")
    made = []
    for name, function in FUNCTIONS.items():
        body = function.composed or PRIMITIVES[name]
        if ahead == "0":  # UTC: nothing to add, and nothing to plan
            body = body.replace("t + to_minutes({minutes_ahead})", "t")
        body = body.replace("{minutes_ahead}", ahead)
        parameters = ", ".join(function.parameters)
        made.append(f"create or replace macro {name}({parameters}) as {body}")
    return made
