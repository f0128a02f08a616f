"""Which groups are unlike they usually are, of overview/rates_by_week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.analyses.baselines import Baseline
from dashboard.analyses.findings import Finding, findings, named
from dashboard.analyses.keeping import kept
from dashboard.answers import RATE_MINIMUM, Answer
from dashboard.query_headers import Quotient
from dashboard.statistics.control_charts import laney_p, suits_a_share

RECENT = 4  # complete weeks in which a signal is still news
UNFINISHED = {"on_time": "is_partial", "error_rate": "is_under_review"}


@dataclass(frozen=True)
class Unusual:
    """A rate of a group that broke a rule of its chart lately.

    It began in the week `since`, was noticed later, and is over if `until` is known.
    """

    group: str | None
    rate: str
    rule: str
    since: date
    noticed: date
    until: date | None

    @property
    def is_better(self) -> bool:
        """More on time is better, and fewer errors."""
        return ("above" in self.rule) == (self.rate == "on_time")


@dataclass(frozen=True)
class Findings:
    """What is unusual, how many rates of groups are as usual, and which of too few."""

    unusual: tuple[Unusual, ...]
    usual: int
    too_few: tuple[tuple[str, str | None], ...]  # the rate and the group


@kept
def unusual(history: Answer, baselines: tuple[tuple[str, Baseline], ...]) -> Findings:
    """Judge each rate of each group by its p' chart; `history` begins with baselines.

    `baselines` has that of each rate. Groups with few of the rarer kind in a week are
    too few to judge.
    """
    found, usual = [], 0
    too_few: list[tuple[str, str | None]] = []
    for rate, base in baselines:
        quotient = history.query.rate(rate)
        newest = _newest(history.rows, UNFINISHED[rate])
        for name in pc.unique(history.rows["group_name"]).to_pylist():
            judged = _judged(_of(history.rows, name), quotient, base)
            if judged is None:
                too_few.append((rate, name))
            elif last := _lately(judged, newest):
                until = last.last if last.last < newest else None
                known = (last.rule, last.first, last.noticed, until)
                found.append(Unusual(name, rate, *known))
            else:
                usual += 1
    return Findings(tuple(sorted(found, key=_order)), usual, tuple(too_few))


def _newest(rows: pa.Table, unfinished: str) -> date:
    """The last complete week of all groups."""
    is_open = pc.or_(rows["is_partial"], rows[unfinished])
    whole = rows.filter(pc.invert(is_open))
    newest: date | None = pc.max(whole["week_on"]).as_py()
    return newest or date.min


def _lately(found: list[Finding], newest: date) -> Finding | None:
    """The last thing found, if it reaches into the last weeks."""
    is_news = found and newest - found[-1].last < timedelta(weeks=RECENT)
    return found[-1] if is_news else None


def _order(found: Unusual) -> tuple[str, date, str]:
    return found.rate, found.since, found.group or ""


def _of(rows: pa.Table, name: str | None) -> pa.Table:
    same = rows["group_name"]
    return rows.filter(pc.is_null(same) if name is None else pc.equal(same, name))


def _judged(rows: pa.Table, quotient: Quotient, base: Baseline) -> list[Finding] | None:
    """What breaks a rule in complete weeks; None for too few."""
    x, n = (
        rows[name].to_numpy().astype(np.float64)
        for name in (quotient.numerator, quotient.denominator)
    )
    whole = np.array(
        [
            not (cut or unfinished)
            for cut, unfinished in zip(
                rows["is_partial"].to_pylist(),
                rows[UNFINISHED[quotient.name]].to_pylist(),
                strict=True,
            )
        ],
        dtype=bool,
    )
    days = np.array(rows["week_on"].to_pylist(), dtype="datetime64[D]")
    based = (
        whole & (days >= np.datetime64(base.start)) & (days < np.datetime64(base.end))
    )
    if based.sum() < 2 or not suits_a_share(np.minimum(x, n - x)[based], n[based]):
        return None
    limits = laney_p(x, n, based)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = findings(limits, x / n, whole & (n >= RATE_MINIMUM))
    return [named(one, days.tolist()) for one in found]
