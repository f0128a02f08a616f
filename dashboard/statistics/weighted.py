"""A rate at a fixed mix: strata weighted by their share of the work."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dashboard.statistics.intervals import RATE_MINIMUM

Floats = npt.NDArray[np.float64]


def weighted_rate(x: Floats, n: Floats, weight: Floats) -> float | None:
    """Sum of W_h * p_h, with W_h the share of stratum h in `weight`.

    Strata with fewer than two checks are merged into one. None where fewer than 20 were
    checked in all, as for any rate. METRICS.md 2, error_rate_weighted.
    """
    if n.sum() < RATE_MINIMUM:
        return None
    few = n < 2
    if few.any():
        x, n, weight = (
            np.append(part[~few], part[few].sum()) for part in (x, n, weight)
        )
    checked = n > 1
    if not checked.any() or weight[checked].sum() == 0:
        return None
    share = weight[checked] / weight[checked].sum()
    return float((share * x[checked] / n[checked]).sum())
