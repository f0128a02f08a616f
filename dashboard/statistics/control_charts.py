"""Control charts: limits of a locked baseline, and the rule that a point breaks.

Laney's p' and u' for shares and for defects per unit, XmR for totals, g for rare
errors. METRICS.md 4 fixes the rules; the sources are Laney, Quality Engineering 2002,
Wheeler, Understanding Variation, and Benneyan, Health Care Management Science 2001.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

BASELINE_POINTS = 12  # fewer give trial limits
BEYOND, RUN, ZONE = (
    "beyond the limits",
    "seven on one side",
    "three of four far from the centre, all on one side",
)
RUN_POINTS, ZONE_POINTS, ZONE_FAR = 7, 4, 3
MOVING_RANGE = 1.128  # of two values of one normal distribution, in sigmas
WIDE = 2.66  # three sigmas, in mean moving ranges, as it is always rounded
SCREEN = 3.267  # times the mean moving range: a jump, not the usual change
EXPECTED_MINIMUM = 5.0  # defects a point, below which a share is too lumpy to chart

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Kind = Literal["p'", "u'", "XmR", "g"]


@dataclass(frozen=True)
class Limits:
    """Where points lie while nothing changes: centre, and limits at each point.

    `sigmas` is the distance of each point from the centre in units of its own spread;
    it decides the rules. `spread` is how much wider points scatter than chance alone
    would have it (1 as wide); nan where that means nothing. nan for points without n.
    """

    kind: Kind
    centre: float
    low: Floats
    high: Floats
    sigmas: Floats
    spread: float
    is_trial: bool


def laney_p(x: Floats, n: Floats, baseline: Mask) -> Limits:
    """p' chart of shares x/n, with centre and spread of the baseline points."""
    return _laney(x, n, baseline, "p'")


def laney_u(x: Floats, n: Floats, baseline: Mask) -> Limits:
    """u' chart of x defects in n units, with centre and spread of the baseline."""
    return _laney(x, n, baseline, "u'")


def _laney(x: Floats, n: Floats, baseline: Mask, kind: Kind) -> Limits:
    known = n > 0
    based = baseline & known
    centre = float(x[based].sum() / n[based].sum()) if based.any() else np.nan
    variance = centre * (1 - centre) if kind == "p'" else centre
    with np.errstate(divide="ignore", invalid="ignore"):
        sigma = np.where(known, np.sqrt(variance / np.where(known, n, 1)), np.nan)
        z = (x / np.where(known, n, 1) - centre) / sigma
        moving = np.abs(np.diff(z[based]))
        spread = float(moving.mean() / MOVING_RANGE) if moving.size else np.nan
        sigmas = z / spread
    wide = 3 * sigma * spread
    most = 1.0 if kind == "p'" else np.inf
    return Limits(
        kind,
        centre,
        np.clip(centre - wide, 0, most),
        np.clip(centre + wide, 0, most),
        sigmas,
        spread,
        int(based.sum()) < BASELINE_POINTS,
    )


def xmr(values: Floats, baseline: Mask, at_least: float = -np.inf) -> Limits:
    """XmR chart of single values; `at_least` 0 keeps the lower limit of counts real.

    Moving ranges of more than 3.267 times their mean are left out, once.
    """
    based = values[baseline & ~np.isnan(values)]
    centre = float(based.mean()) if based.size else np.nan
    moving = np.abs(np.diff(based))
    if moving.size:
        moving = moving[moving <= SCREEN * moving.mean()]
    usual = float(moving.mean()) if moving.size else np.nan
    wide = WIDE * usual
    with np.errstate(divide="ignore", invalid="ignore"):
        sigmas = (values - centre) * MOVING_RANGE / usual
    return Limits(
        "XmR",
        centre,
        np.full(values.shape, max(centre - wide, at_least)),
        np.full(values.shape, centre + wide),
        sigmas,
        np.nan,
        int(based.size) < BASELINE_POINTS,
    )


def g_chart(gaps: Floats, baseline: Mask) -> Limits:
    """g chart of the good items between one error and the next.

    Limits stand where a geometric distribution of the baseline's mean has 0.00135 and
    0.99865, the centre where it has half; distances are those of a normal variable with
    the same chance.
    """
    from scipy.stats import geom, norm

    based = gaps[baseline]
    chance = 1 / (based.mean() + 1) if based.size else np.nan
    low, centre, high = geom.ppf((0.00135, 0.5, 0.99865), chance) - 1
    middle = geom.cdf(gaps, chance) + geom.pmf(gaps + 1, chance) / 2
    return Limits(
        "g",
        float(centre),
        np.full(gaps.shape, low),
        np.full(gaps.shape, high),
        norm.ppf(middle),
        np.nan,
        int(based.size) < BASELINE_POINTS,
    )


def suits_a_share(x: Floats, n: Floats) -> bool:
    """Whether shares are charted as such: five defects a point are to be expected."""
    counted = n > 0
    return bool(counted.any() and x[counted].mean() >= EXPECTED_MINIMUM)


def signals(limits: Limits, values: Floats, counts: Mask) -> list[str | None]:
    """The rule that each point breaks, or None; points that do not count break none.

    A point beyond a limit; the seventh of seven on one side of the centre; the fourth
    of four on one side with three of them beyond two sigmas.
    """
    places = np.flatnonzero(counts & ~np.isnan(limits.sigmas))
    sigmas, value = limits.sigmas[places], values[places]
    is_beyond = (value < limits.low[places]) | (value > limits.high[places])
    is_far = (np.abs(_with_before(sigmas, ZONE_POINTS)) > 2).sum(axis=1) >= ZONE_FAR
    rules = np.select(
        [
            is_beyond,
            _on_one_side(sigmas, RUN_POINTS),
            _on_one_side(sigmas, ZONE_POINTS) & is_far,
        ],
        [BEYOND, RUN, ZONE],
        "",
    )
    found: list[str | None] = [None] * len(values)
    for place, rule in zip(places, rules, strict=True):
        found[place] = str(rule) or None
    return found


def _on_one_side(sigmas: Floats, points: int) -> Mask:
    """Which points end a row of so many on one side of the centre."""
    sides = _with_before(np.sign(sigmas), points).sum(axis=1)
    return np.asarray(np.abs(sides) == points, dtype=bool)


def _with_before(values: Floats, points: int) -> Floats:
    """A row per point: it and those before it, with 0 where there are none."""
    padded = np.concatenate([np.zeros(points), values])
    return np.lib.stride_tricks.sliding_window_view(padded, points)[1:]
