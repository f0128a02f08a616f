"""Our portable SQL functions, each with one fragment per database.

Query files use these names instead of functions that databases spell, or count,
differently. The gate puts the fragment in their place; a DuckDB file that we build
carries them as macros too, so that a query file can be pasted into its shell.

Instants are UTC without zone. The reporting zone enters as a `case` over the zone's
transitions, taken from zoneinfo, so no database needs time-zone tables.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

# Offsets are exact between these instants and constant beyond them.
FIRST_YEAR, LAST_YEAR = 1970, 2070

# name -> (parameters, DuckDB fragment, what it gives)
DUCKDB = {
    "local_time": ("t", "{local_time}", "wall time of an instant in the zone"),
    "day_of": ("t", "cast({local_time} as date)", "day of an instant in the zone"),
    "hour_of": (
        "t",
        "cast(extract(hour from {local_time}) as bigint)",
        "hour, 0 to 23, of an instant in the zone",
    ),
    "week_start": (
        "d",
        "cast(date_trunc('week', d) as date)",
        "Monday of the week of a date",
    ),
    "month_start": (
        "d",
        "cast(date_trunc('month', d) as date)",
        "first day of the month of a date",
    ),
    "weekday_of": (
        "d",
        "cast(extract(isodow from d) as bigint)",
        "day of the week of a date: Monday is 1, Sunday 7",
    ),
    "bucket_start": (
        "d, grain",
        "cast(date_trunc(grain, d) as date)",
        "first day of the day, week or month of a date",
    ),
    "bucket_end": (
        "d, grain",
        "cast(date_trunc(grain, d) + case grain when 'month' then interval 1 month"
        " when 'week' then interval 7 day else interval 1 day end as date)",
        "first day after the day, week or month of a date",
    ),
    "days_after": (
        "d, n",
        "cast(d + to_days(cast(n as integer)) as date)",
        "date that many days after a date",
    ),
    "days_between": (
        "a, b",
        "date_diff('day', a, b)",
        "midnights crossed from one date to another",
    ),
    "is_cut": (
        "d, grain, period_start, period_end, told_until",
        "d < period_start or bucket_end(d, grain) > period_end"
        " or bucket_end(d, grain) > day_of(told_until)",
        "whether the period or the end of what is told cuts a day, week or month",
    ),
    "outcome_of": (
        "promise_at, completed_at, cancelled_at, left_by",
        "case when cancelled_at <= promise_at then 'cancelled before due'"
        " when completed_at <= promise_at then 'on time'"
        " when left_by = 'completed' then 'late completed'"
        " when left_by = 'cancelled' then 'late cancelled' else 'late open' end",
        "what became of a promise that has fallen due, by how the item left, if it did",
    ),
    "hours_between": (
        "a, b",
        "date_diff('microsecond', a, b) / 3600000000.0",
        "hours elapsed from one instant to another",
    ),
    "utc_day_of": (
        "t",
        "cast(t as date)",
        "day of an instant in UTC, whatever the zone",
    ),
    "worked_seconds": (
        "t, opens, closes",
        "cast(case when t <= opens then 0 when t >= closes"
        " then date_diff('microsecond', opens, closes)"
        " else date_diff('microsecond', opens, t) end / 1000000 as decimal(18, 6))",
        "seconds of an opening window that have gone by at an instant",
    ),
    "clock_at": (
        "t, minutes_before, w1_from, w1_to, w2_from, w2_to, w3_from, w3_to",
        "60 * minutes_before + worked_seconds(t, w1_from, w1_to)"
        " + worked_seconds(t, w2_from, w2_to) + worked_seconds(t, w3_from, w3_to)",
        "working seconds up to an instant, by the day of a calendar that holds it",
    ),
    "age_band_of": (
        "elapsed, allowed, due_at, as_of",
        "case when due_at is null then 6"
        " when elapsed is null or allowed is null or allowed < 0 then 7"
        " when due_at < as_of"
        " then case when elapsed <= 2 * allowed then 4 else 5 end"
        " when 2 * elapsed < allowed then 1 when 5 * elapsed < 4 * allowed then 2"
        " else 3 end",
        "1 to 5: how much of the time allowed has gone by; 6 undated, 7 not known",
    ),
    "percentile": (
        "p, x",
        "quantile_disc(x, p)",
        "nearest-rank percentile: the ceil(p * n)-th smallest value",
    ),
    "path_of": (
        "x, n",
        "string_agg(x, ' → ' order by n)",
        "the texts of a group in the order of n, with arrows between them",
    ),
    "contains_text": (
        "x, part",
        "contains(lower(cast(x as varchar)), lower(part))",
        "whether a text contains a part, in any case",
    ),
}


@lru_cache(maxsize=16)
def transitions(zone: str) -> tuple[tuple[datetime, int], ...]:
    """(UTC instant, minutes ahead of UTC from then on) of a zone, in order of time.

    The first entry holds from the beginning of time.
    """
    tz = ZoneInfo(zone)

    def offset(instant: datetime) -> timedelta:
        return instant.replace(tzinfo=UTC).astimezone(tz).utcoffset() or timedelta()

    at = datetime(FIRST_YEAR, 1, 1)
    found = [(at, int(offset(at).total_seconds() // 60))]
    while at.year < LAST_YEAR:
        after = at + timedelta(days=7)
        if offset(after) != offset(at):
            low, high = at, after
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) // 2
                if offset(middle) == offset(low):
                    low = middle
                else:
                    high = middle
            change = (high + timedelta(seconds=30)).replace(second=0, microsecond=0)
            found.append((change, int(offset(after).total_seconds() // 60)))
        at = after
    return tuple(found)


Span = tuple[datetime, datetime]
"""First and last instant (UTC) between which offsets have to be exact."""
ALWAYS: Span = (datetime(FIRST_YEAR, 1, 1), datetime(LAST_YEAR, 1, 1))


def local_time(zone: str, span: Span = ALWAYS, name: str = "t") -> str:
    """SQL for the wall time of instant `name` in the zone.

    A balanced tree of comparisons, over the clock changes of the span only: planning a
    query takes longer than running it where the tree holds a century of them.
    """
    first, last = span
    every = transitions(zone)
    before = [change for change in every if change[0] <= first]
    changes = before[-1:] or list(every[:1])
    changes += [change for change in every if first < change[0] <= last]

    def branch(low: int, high: int) -> str:
        if low == high:
            return str(changes[low][1])
        middle = (low + high + 1) // 2
        return (
            f"case when {name} < timestamp '{changes[middle][0]}'"
            f" then {branch(low, middle - 1)} else {branch(middle, high)} end"
        )

    if len(changes) == 1 and changes[0][1] == 0:
        return name
    return f"({name} + to_minutes({branch(0, len(changes) - 1)}))"


@lru_cache(maxsize=16)
def fragments(zone: str, span: Span = ALWAYS) -> dict[str, tuple[tuple[str, ...], str]]:
    """Every portable function: its parameter names and its DuckDB expression."""
    wall = local_time(zone, span)
    return {
        name: (
            tuple(part.strip() for part in parameters.split(",")),
            fragment.replace("{local_time}", wall),
        )
        for name, (parameters, fragment, _) in DUCKDB.items()
    }


def macros(zone: str, span: Span = ALWAYS) -> list[str]:
    """The portable functions as DuckDB `create macro` statements."""
    return [
        f"create or replace macro {name}({', '.join(parameters)}) as {fragment}"
        for name, (parameters, fragment) in fragments(zone, span).items()
    ]
