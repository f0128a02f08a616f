"""A rate at a fixed mix: strata weighted by their share of the work."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def weighted_rate(x: Floats, n: Floats, weight: Floats) -> float | None:
    """Sum of W_h * p_h, with W_h the share of stratum h in `weight`.

    Strata with fewer than two checks are merged into one. None where nothing was
    checked. METRICS.md 2, error_rate_weighted.
    """
    few = n < 2
    if few.any():
        x, n, weight = (
            np.append(part[~few], part[few].sum()) for part in (x, n, weight)
        )
    checked = n > 0
    if not checked.any() or weight[checked].sum() == 0:
        return None
    share = weight[checked] / weight[checked].sum()
    return float((share * x[checked] / n[checked]).sum())
