"""A rate at a fixed mix: strata weighted by their share of the work."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dashboard.statistics.intervals import RATE_MINIMUM
from dashboard.statistics.sampling import stratified

Floats = npt.NDArray[np.float64]


def weighted_rate(
    x: Floats, n: Floats, weight: Floats
) -> tuple[float, float, float] | None:
    """Sum of W_h * p_h with the ends of its 95 % interval; W_h from `weight`.

    `weight` is how many items stratum h has, of which n were checked and x found
    wrong. Strata with fewer than two checks are merged into one. None where fewer than
    20 were checked in all, as for any rate. METRICS.md 2, error_rate_weighted.
    """
    if n.sum() < RATE_MINIMUM:
        return None
    few = n < 2
    if few.any():
        x, n, weight = (
            np.append(part[~few], part[few].sum()) for part in (x, n, weight)
        )
    known = (n > 1) & (weight > 0)
    if not known.any():
        return None
    rate, _, low, high = stratified(x[known], n[known], weight[known])
    return rate, low, high
