"""Nearest-rank percentiles, and between which values the true one lies."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def nearest_rank(values: Floats, share: float) -> float:
    """The ceil(share * n)-th smallest value, always an observed one."""
    return float(np.percentile(values, 100 * share, method="inverted_cdf"))


def rank_interval(n: int, share: float) -> tuple[int, int, float]:
    """Ranks (from 1) between which the true percentile lies, and how surely.

    By order statistics: the count below the true percentile is binomial, so no shape
    of the values is assumed. At least 95 % sure where n is large enough.
    """
    from scipy.stats import binom

    low = max(int(binom.ppf(0.025, n, share)), 1)
    high = min(int(binom.ppf(0.975, n, share)) + 1, n)
    sure = binom.cdf(high - 1, n, share) - binom.cdf(low - 1, n, share)
    return low, high, float(sure)
