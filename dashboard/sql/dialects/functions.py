"""Our portable SQL functions: what query files use where databases differ.

A primitive function has a fragment of SQL in each database; a composed one is written
in the others, once for all.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Function:
    """A portable function: its parameters, what it gives, and what it is made of."""

    parameters: tuple[str, ...]
    meaning: str
    composed: str = ""  # portable SQL; empty for a primitive


def _function(parameters: str, meaning: str, composed: str = "") -> Function:
    names = tuple(name.strip() for name in parameters.split(","))
    return Function(names, meaning, composed)


FUNCTIONS = {
    "local_time": _function("t", "wall time of an instant in the zone"),
    "day_of": _function("t", "day of an instant in the zone"),
    "hour_of": _function("t", "hour, 0 to 23, of an instant in the zone"),
    "week_start": _function("d", "Monday of the week of a date"),
    "month_start": _function("d", "first day of the month of a date"),
    "weekday_of": _function("d", "day of the week of a date: Monday is 1, Sunday 7"),
    "bucket_start": _function(
        "d, grain", "first day of the day, week or month of a date"
    ),
    "bucket_end": _function(
        "d, grain", "first day after the day, week or month of a date"
    ),
    "days_after": _function("d, n", "date that many days after a date"),
    "days_between": _function("a, b", "midnights crossed from one date to another"),
    "is_cut": _function(
        "d, grain, period_start, period_end, told_until",
        "whether the period or the end of what is told cuts a day, week or month",
        "d < period_start or bucket_end(d, grain) > period_end"
        " or bucket_end(d, grain) > day_of(told_until)",
    ),
    "outcome_of": _function(
        "promise_at, completed_at, cancelled_at, left_by",
        "what became of a promise that has fallen due, by how the item left, if it did",
        "case when cancelled_at <= promise_at then 'cancelled before due'"
        " when completed_at <= promise_at then 'on time'"
        " when left_by = 'completed' then 'late completed'"
        " when left_by = 'cancelled' then 'late cancelled' else 'late open' end",
    ),
    "hours_between": _function("a, b", "hours elapsed from one instant to another"),
    "utc_day_of": _function("t", "day of an instant in UTC, whatever the zone"),
    "worked_seconds": _function(
        "t, opens, closes",
        "seconds of an opening window that have gone by at an instant",
    ),
    "clock_at": _function(
        "t, minutes_before, w1_from, w1_to, w2_from, w2_to, w3_from, w3_to",
        "working seconds up to an instant, by the day of a calendar that holds it",
        "60 * minutes_before + worked_seconds(t, w1_from, w1_to)"
        " + worked_seconds(t, w2_from, w2_to) + worked_seconds(t, w3_from, w3_to)",
    ),
    "age_band_of": _function(
        "elapsed, allowed, due_at, as_of",
        "1 to 5: how much of the time allowed has gone by; 6 undated, 7 not known",
        "case when due_at is null then 6"
        " when elapsed is null or allowed is null or allowed < 0 then 7"
        " when due_at < as_of"
        " then case when elapsed <= 2 * allowed then 4 else 5 end"
        " when 2 * elapsed < allowed then 1 when 5 * elapsed < 4 * allowed then 2"
        " else 3 end",
    ),
    "rounded": _function("x", "the nearest whole number; a half goes away from zero"),
    "percentile": _function(
        "p, x", "nearest-rank percentile: the ceil(p * n)-th smallest value"
    ),
    "path_of": _function(
        "x, n", "the texts of a group in the order of n, with arrows between them"
    ),
    "contains_text": _function(
        "x, part", "whether a text contains a part, in any case"
    ),
}

# Written by the gate alone, where a table tells the same in another type.
CONFORMING = {
    "as_text": Function(("x",), "a text, in the order of its code points"),
    "as_instant": Function(("x",), "an instant in UTC, without zone"),
    "as_date": Function(("x",), "a date"),
    "as_flag": Function(("x",), "true or false"),
    "as_count": Function(("x",), "a whole number of 64 bits"),
    "as_minutes": Function(("x",), "minutes, to hundredths"),
    "as_seconds": Function(("x",), "seconds, to millionths"),
    "as_money": Function(("x",), "money, to four places"),
    "as_value": Function(("x",), "a number with a floating point"),
}
