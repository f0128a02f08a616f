"""Is a group really different, or only small? Limits about the pooled rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

WARNING, ALARM = 0.95, 0.998  # shares of groups inside, if nothing is different
MANY = 10  # groups from which on their own scatter can be told from chance
WINSORIZED = 0.1

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Funnel:
    """Limits of each group about the pooled rate.

    `overdispersion` above 1 says how much wider groups scatter than chance alone.
    """

    pooled: float
    warning: tuple[Floats, Floats]
    alarm: tuple[Floats, Floats]
    overdispersion: float

    def at(self, n: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Lower and upper 95 % and 99.8 % limits of groups of other sizes."""
        factor = self.overdispersion
        return (
            *_limits(self.pooled, n, WARNING, factor),
            *_limits(self.pooled, n, ALARM, factor),
        )


def funnel(x: Floats, n: Floats) -> Funnel:
    """95 % and 99.8 % limits for groups with x of n; each n is at least 1.

    Exact binomial limits, interpolated; from ten groups on, widened where they scatter
    more than chance. Spiegelhalter, Statistics in Medicine 2005.
    """
    pooled = float(x.sum() / n.sum())
    factor = overdispersion(x, n) if len(n) >= MANY else 1.0
    return Funnel(
        pooled,
        _limits(pooled, n, WARNING, factor),
        _limits(pooled, n, ALARM, factor),
        factor,
    )


def overdispersion(x: Floats, n: Floats) -> float:
    """Mean squared z of groups about the pooled rate, 10 % winsorised at each end."""
    from scipy.stats.mstats import winsorize

    pooled = x.sum() / n.sum()
    if pooled in (0.0, 1.0):
        return 1.0
    z = (x / n - pooled) / np.sqrt(pooled * (1 - pooled) / n)
    kept = np.asarray(winsorize(z, (WINSORIZED, WINSORIZED)))
    return float((kept**2).mean())


def _limits(
    pooled: float, n: Floats, inside: float, factor: float
) -> tuple[Floats, Floats]:
    from scipy.stats import norm

    tail = (1 - inside) / 2
    if factor <= 1:
        return exact_limit(pooled, n, tail), exact_limit(pooled, n, 1 - tail)
    wide = norm.ppf(1 - tail) * np.sqrt(factor * pooled * (1 - pooled) / n)
    return np.clip(pooled - wide, 0, 1), np.clip(pooled + wide, 0, 1)


def exact_limit(pooled: float, n: Floats, chance: float) -> Floats:
    """The rate below which a group of n lies with that chance, between whole counts."""
    from scipy.stats import binom

    count = binom.ppf(chance, n, pooled)
    mass = binom.pmf(count, n, pooled)
    part = (binom.cdf(count, n, pooled) - chance) / np.where(mass > 0, mass, 1)
    return np.clip((count - part) / n, 0, 1)
