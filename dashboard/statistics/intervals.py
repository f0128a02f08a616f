"""Rates with their interval and the state that says whether to show them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

RATE_MINIMUM = 20
PERCENTILE_MINIMUM = {"p50": 5, "p85": 20, "p95": 60}

Floats = npt.NDArray[np.float64]


def wilson(successes: Floats, trials: Floats) -> tuple[Floats, Floats]:
    """Lower and upper bound (0 to 1) of the Wilson 95 % interval.

    Trials of 0 give nan. Wilson, JASA 1927; computed by statsmodels.
    """
    from statsmodels.stats.proportion import proportion_confint

    counted = np.where(trials > 0, trials, 1.0)
    low, high = proportion_confint(
        np.clip(successes, 0, counted), counted, method="wilson"
    )
    return np.where(trials > 0, low, np.nan), np.where(trials > 0, high, np.nan)


def wilson_of_sample(
    successes: Floats, trials: Floats, population: Floats
) -> tuple[Floats, Floats]:
    """Wilson 95 % interval where the trials are some of `population` items.

    What was checked is known, so only the rest is uncertain: the interval narrows as
    more is checked, and closes when all is. A population that is unknown (nan) or
    smaller than the trials, as where the two are dated by different days, tells
    nothing. Cochran, Sampling Techniques, 2.6.
    """
    known = (population >= trials) & (trials > 0)
    x, n = np.where(known, successes, 0.0), np.where(known, trials, 1.0)
    of = np.where(known, population, 2.0)
    is_census = known & (of == n)
    effective = n * (of - 1) / np.where(is_census, 1.0, of - n)
    low, high = wilson(
        np.where(known, x / n * effective, successes),
        np.where(known, effective, trials),
    )
    low = np.where(known, np.maximum(low, x / of), low)
    high = np.where(known, np.minimum(high, (of - n + x) / of), high)
    return np.where(is_census, x / n, low), np.where(is_census, x / n, high)


def is_clear_difference(
    rate: float,
    bounds: tuple[float, float],
    other: float,
    other_bounds: tuple[float, float],
) -> bool:
    """Whether two rates differ by more than chance, 95 % sure.

    The interval of the difference is made of theirs. Newcombe, Statistics in Medicine
    1998, method 10.
    """
    (low, high), (other_low, other_high) = bounds, other_bounds
    difference = rate - other
    below = np.hypot(rate - low, other_high - other)
    above = np.hypot(high - rate, other - other_low)
    return bool(difference - below > 0 or difference + above < 0)


def rate_states(trials: Floats) -> list[str]:
    """`no_value` for no trials, `too_few` below 20, else `ok`."""
    return [
        "no_value" if n == 0 else "too_few" if n < RATE_MINIMUM else "ok"
        for n in np.nan_to_num(trials)
    ]


def percentile_states(name: str, counts: Floats) -> list[str]:
    """The state of a column whose name ends in _p50, _p85 or _p95, by its count.

    Below 5, 20 or 60 values the chance that even the largest lies under the true
    percentile is 5 % or more (0.95 ** 59 < 0.05).
    """
    minimum = PERCENTILE_MINIMUM[name.rsplit("_", 1)[-1]]
    return [
        "no_value" if n == 0 else "too_few" if n < minimum else "ok"
        for n in np.nan_to_num(counts)
    ]
