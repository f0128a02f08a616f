"""What a sample of checks can and cannot tell."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def stratified(
    x: Floats, n: Floats, population: Floats
) -> tuple[float, float, float, float]:
    """Rate at the mix of the population, its effective n, and its 95 % interval.

    Per stratum x defects in n checks of `population` items; each n is at least 2.
    Cochran, Sampling Techniques, 5.
    """
    share, p = population / population.sum(), x / n
    rate = float((share * p).sum())
    unchecked = 1 - np.minimum(n / population, 1)
    variance = float((share**2 * unchecked * p * (1 - p) / (n - 1)).sum())
    effective = rate * (1 - rate) / variance if variance else float(n.sum())
    return (rate, effective, *_wilson(rate, effective))


def per_unit(defects: Floats, units: Floats) -> tuple[float, float]:
    """Defects per unit over documents, and its standard error, by document.

    The fields of one document fail together, so documents are what varies: a ratio
    estimator with the document as the cluster.
    """
    from statsmodels.regression.linear_model import WLS

    model = WLS(defects / units, np.ones_like(units), weights=units)
    fitted = model.fit(cov_type="HC1")
    return float(fitted.params[0]), float(fitted.bse[0])


def chance_of_passing(checks: int, allowed: int, rate: float) -> float:
    """How often work of that error rate shows at most `allowed` errors in checks."""
    from scipy.stats import binom

    return float(binom.cdf(allowed, checks, rate))


def highest_rate(checks: int, errors: int) -> float:
    """The error rate that so few errors still allow, with 95 % confidence."""
    from scipy.stats import beta

    if errors >= checks:
        return 1.0
    return float(beta.ppf(0.95, errors + 1, checks - errors))


def checks_needed(rate: float, within: float) -> int:
    """The fewest checks whose interval about that rate is no wider than ± `within`."""
    most = int(np.ceil(4 / within**2))
    checks = np.arange(1, most + 1, dtype=float)
    low, high = _wilsons(rate, checks)
    return int(checks[(high - low) / 2 <= within][0])


def _wilson(rate: float, n: float) -> tuple[float, float]:
    low, high = _wilsons(rate, np.array([n]))
    return float(low[0]), float(high[0])


def _wilsons(rate: float, n: Floats) -> tuple[Floats, Floats]:
    from statsmodels.stats.proportion import proportion_confint

    return proportion_confint(rate * n, n, method="wilson")
