"""Which groups are unlike they usually are, of overview/rates_by_week."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from dashboard.analyses.baselines import Baseline
from dashboard.analyses.findings import Finding, findings, named
from dashboard.analyses.keeping import kept
from dashboard.answers import RATE_MINIMUM, Answer
from dashboard.statistics.control_charts import (
    Floats,
    Mask,
    laney_p,
    suits_a_share,
)

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
    places = _places(history.rows["group_name"].to_pylist())
    for rate, base in baselines:
        points = _points(history, rate, base)
        newest = _newest(points)
        for name, at in places.items():
            judged = _judged(points.of(at))
            if judged is None:
                too_few.append((rate, name))
            elif last := _lately(judged, newest):
                until = last.last if last.last < newest else None
                known = (last.rule, last.first, last.noticed, until)
                found.append(Unusual(name, rate, *known))
            else:
                usual += 1
    return Findings(tuple(sorted(found, key=_order)), usual, tuple(too_few))


@dataclass(frozen=True)
class _Points:
    """The weeks of groups: of a rate how many of how many, and which count for what."""

    days: npt.NDArray[np.datetime64]
    x: Floats
    n: Floats
    is_whole: Mask
    is_based: Mask

    def of(self, at: list[int]) -> _Points:
        """Those at some places."""
        return _Points(*(getattr(self, one.name)[at] for one in fields(self)))


def _points(history: Answer, rate: str, base: Baseline) -> _Points:
    rows, quotient = history.rows, history.query.rate(rate)
    days, x, n = (
        rows[name].to_numpy()
        for name in ("week_on", quotient.numerator, quotient.denominator)
    )
    unfinished = pc.or_(rows["is_partial"], rows[UNFINISHED[rate]])
    is_whole = ~unfinished.to_numpy().astype(bool)
    starts, ends = np.datetime64(base.start), np.datetime64(base.end)
    is_based = is_whole & (days >= starts) & (days < ends)
    return _Points(days, x.astype(float), n.astype(float), is_whole, is_based)


def _places(names: list[str | None]) -> dict[str | None, list[int]]:
    """Where the rows of each group stand."""
    found: dict[str | None, list[int]] = {}
    for place, name in enumerate(names):
        found.setdefault(name, []).append(place)
    return found


def _newest(points: _Points) -> date:
    """The last complete week of all groups."""
    whole = points.days[points.is_whole]
    return whole.max().item() if whole.size else date.min


def _lately(found: list[Finding], newest: date) -> Finding | None:
    """The last thing found, if it reaches into the last weeks."""
    is_news = found and newest - found[-1].last < timedelta(weeks=RECENT)
    return found[-1] if is_news else None


def _order(found: Unusual) -> tuple[str, date, str]:
    return found.rate, found.since, found.group or ""


def _judged(points: _Points) -> list[Finding] | None:
    """What breaks a rule in complete weeks; None for too few."""
    x, n, based = points.x, points.n, points.is_based
    if based.sum() < 2 or not suits_a_share(np.minimum(x, n - x)[based], n[based]):
        return None
    limits = laney_p(x, n, based)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = findings(limits, x / n, points.is_whole & (n >= RATE_MINIMUM))
    return [named(one, points.days.tolist()) for one in found]
