"""Is a figure as usual? Limits of a locked baseline, and the points that break rules.

The chart is chosen by the figure: Laney p' for a rate, Laney u' for a ratio of counts,
XmR for a count without denominator, g for the good items between rare errors.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.analyses.baselines import Baseline
from dashboard.analyses.findings import Finding, findings, named, of_each_point
from dashboard.analyses.keeping import kept
from dashboard.answers import Answer
from dashboard.statistics.control_charts import (
    Floats,
    Kind,
    Limits,
    Mask,
    g_chart,
    laney_p,
    laney_u,
    suits_a_share,
    xmr,
)

GAPS = "good_items"  # the figure of queries that count from one error to the next
ADDED = {
    "usual": "centre of the baseline",
    "lower_limit": "lower control limit: three sigmas below the centre",
    "upper_limit": "upper control limit: three sigmas above the centre",
    "signal": "rule that the point is part of breaking; empty where it is as usual",
}


@dataclass(frozen=True)
class Control:
    """The shown rows with the columns of ADDED, and what made the limits.

    `spread` is how much wider points scatter than chance alone would have it; nan
    where that means nothing. `points` is how many the baseline has. `found` is by day,
    and begins before the shown rows where a run did.
    """

    answer: Answer
    figure: str
    kind: Kind
    baseline: Baseline
    points: int
    spread: float
    is_trial: bool
    found: tuple[Finding, ...]

    @property
    def last_limits(self) -> tuple[float, float] | None:
        """The limits of the last complete point."""
        whole = self._judged
        return (whole[-1]["lower_limit"], whole[-1]["upper_limit"]) if whole else None

    @property
    def last_judged(self) -> Any:
        """The day of the last complete point."""
        whole = self._judged
        return whole[-1][_dated(self.answer.rows)] if whole else None

    @property
    def _judged(self) -> list[dict[str, Any]]:
        return [row for row in self.answer.rows.to_pylist() if row["usual"] is not None]


@dataclass(frozen=True)
class _Series:
    """Points in order: those of the baseline, those before the shown, the shown."""

    x: Floats
    n: Floats
    value: Floats
    is_whole: Mask
    days: list[date]  # of those before the shown, and of the shown
    based: int
    before: int


def suits_shares(history: Answer, rate: str, baseline: Baseline) -> bool:
    """Whether a rate is charted as such: five of the rarer kind a point to expect."""
    quotient = history.query.rate(rate)
    names = (quotient.numerator, quotient.denominator)
    based = history.rows.filter(pa.array(_inside(history.rows, baseline)))
    x, n = (_floats(based, name) for name in names)
    return suits_a_share(np.minimum(x, n - x), n)


def _inside(rows: pa.Table, baseline: Baseline) -> Mask:
    """Which complete points lie wholly in the baseline; a bucket ends with the next."""
    on = _dated(rows)
    days = np.array(rows[on].to_pylist(), dtype="datetime64[D]")
    ends = days + 1 if on == "work_date" else np.append(days[1:], days[-1:] + 31)
    inside = (days >= np.datetime64(baseline.start)) & ~_flags(rows)
    return np.asarray(inside & (ends <= np.datetime64(baseline.end)), dtype=bool)


def _dated(rows: pa.Table) -> str:
    """The column of the days of points; those of errors are numbered beside it."""
    return "bucket_on" if "bucket_on" in rows.column_names else "work_date"


@kept
def controlled(
    shown: Answer, history: Answer, figure: str, baseline: Baseline
) -> Control | None:
    """The shown points beside the limits of the baseline; None where it has no two.

    `history` is the same question from the start of the baseline to the end of the
    period: so limits and rules do not depend on the period shown.
    """
    series = _series(shown, history, figure, baseline)
    if series.based < 2:
        return None
    limits = _limits(series, shown, figure)
    kept = slice(series.based, None)
    own = _sliced(limits, kept)
    judged = series.is_whole[kept] & ~np.isnan(series.value[kept])  # too few are not
    judged &= _has_data(series.days, baseline)
    found = findings(own, series.value[kept], judged)
    rules = of_each_point(found, len(judged))
    last = slice(series.before, None)
    return Control(
        _with_limits(shown, judged[last], _sliced(own, last), rules[last]),
        figure,
        limits.kind,
        baseline,
        series.based,
        limits.spread,
        limits.is_trial or baseline.is_growing,
        tuple(named(one, series.days) for one in found if one.last >= series.before),
    )


def _series(shown: Answer, history: Answer, figure: str, baseline: Baseline) -> _Series:
    rows, key = history.rows, shown.rows.column_names[0]
    inside = _inside(rows, baseline)
    first = shown.rows[key][0].as_py() if shown.rows.num_rows else None
    before = np.array([first is not None and v < first for v in rows[key].to_pylist()])
    based = rows.filter(pa.array(inside))
    parts = [based, rows.filter(pa.array(before, pa.bool_())), shown.rows]
    x, n, value = (
        np.concatenate([_floats(part, name) for part in parts])
        for name in _columns(shown, figure)
    )
    is_whole = np.concatenate([~_flags(part) for part in parts])
    days = [day for part in parts[1:] for day in part[_dated(part)].to_pylist()]
    return _Series(x, n, value, is_whole, days, based.num_rows, parts[1].num_rows)


def _has_data(days: list[date], baseline: Baseline) -> Mask:
    """Which points do not begin before the data does."""
    begins = np.datetime64(baseline.begins or date.min, "D")
    return np.asarray(np.array(days, dtype="datetime64[D]") >= begins, dtype=bool)


def _columns(shown: Answer, figure: str) -> tuple[str, str, str]:
    for quotient in (*shown.query.rates, *shown.query.ratios):
        if quotient.name == figure:
            return quotient.numerator, quotient.denominator, figure
    return figure, figure, figure


def _limits(series: _Series, shown: Answer, figure: str) -> Limits:
    based = np.arange(len(series.x)) < series.based
    if figure in (rate.name for rate in shown.query.rates):
        return laney_p(series.x, series.n, based)
    if figure in (ratio.name for ratio in shown.query.ratios):
        return laney_u(series.x, series.n, based)
    if figure == GAPS:
        return g_chart(series.value, based)
    return xmr(series.value, based, at_least=0)


def _sliced(limits: Limits, kept: slice) -> Limits:
    return replace(
        limits,
        low=limits.low[kept],
        high=limits.high[kept],
        sigmas=limits.sigmas[kept],
    )


def _with_limits(
    shown: Answer, judged: Mask, limits: Limits, rules: list[str | None]
) -> Answer:
    """The rows with the columns of ADDED; points that are not judged have no limits."""
    rows = shown.rows
    for name, column in (
        ("usual", np.full(rows.num_rows, limits.centre)),
        ("lower_limit", limits.low),
        ("upper_limit", limits.high),
    ):
        kept = np.where(judged, column, np.nan)
        known = pa.array(kept, pa.float64(), from_pandas=True)
        rows = rows.append_column(name, known)
    rows = rows.append_column("signal", pa.array(rules, pa.string()))
    return replace(shown, rows=rows, added=ADDED)


def _floats(rows: pa.Table, name: str) -> Floats:
    column = rows[name].cast(pa.float64())
    return column.to_numpy(zero_copy_only=False).astype(np.float64)


def _flags(rows: pa.Table) -> Mask:
    if "is_partial" not in rows.column_names:
        return np.zeros(rows.num_rows, dtype=bool)
    return np.array(rows["is_partial"].to_pylist(), dtype=bool)
