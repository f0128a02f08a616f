"""Is a group really different, or only small? A funnel about the pooled rate."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from dashboard.analyses.keeping import kept
from dashboard.answers import Answer
from dashboard.statistics.funnel import Funnel, funnel

POINTS = 60  # of the drawn limits
WIDER = 1.2  # than overdispersion would have to be worth a word
ADDED = {
    "place": "where the group lies: inside the funnel, or above or below it "
    "(outside of 99.8 %), or near its edge (outside of 95 %)"
}


@dataclass(frozen=True)
class Compared:
    """Groups with their `place`, the limits by size, and what they lie about.

    `overdispersion` above 1 says how much more groups differ than chance alone would
    have it; 1 for fewer than ten.
    """

    answer: Answer
    limits: pa.Table  # n, low_95, high_95, low_998, high_998
    pooled: float
    overdispersion: float

    @property
    def different(self) -> list[tuple[str, str]]:
        """The groups outside of the funnel, and on which side."""
        rows = self.answer.rows
        pairs = zip(rows[0].to_pylist(), rows["place"].to_pylist(), strict=True)
        return [(name, place) for name, place in pairs if place in ("above", "below")]


@kept
def compared(pooled: Answer, rate: str) -> Compared | None:
    """The groups of a pooled answer on a funnel; None for fewer than two with a value.

    Groups of too few for a value are part of the pooled rate, and have no place.
    """
    quotient = pooled.query.rate(rate)
    counted = pooled.rows.filter(
        pa.compute.greater(pooled.rows[quotient.denominator], 0)
    )
    x, n = (_floats(counted, c) for c in (quotient.numerator, quotient.denominator))
    shown = counted[rate].is_valid().to_numpy()
    if shown.sum() < 2:
        return None
    found = funnel(x, n)
    places = [
        place if is_shown else None
        for place, is_shown in zip(_places(x / n, found), shown, strict=True)
    ]
    rows = counted.append_column("place", pa.array(places, pa.string()))
    return Compared(
        replace(pooled, rows=rows, added=ADDED),
        _limits(found, n[shown]),
        found.pooled,
        found.overdispersion,
    )


def _places(rates: np.ndarray, found: Funnel) -> list[str]:
    (low, high), (lowest, highest) = found.warning, found.alarm
    named = np.select(
        [rates > highest, rates < lowest, rates > high, rates < low],
        ["above", "below", "near the upper edge", "near the lower edge"],
        "inside",
    )
    return [str(name) for name in named]


def _limits(found: Funnel, n: np.ndarray) -> pa.Table:
    """The limits from the smallest to the largest group shown, denser where small."""
    spread = np.geomspace(n.min(), n.max(), POINTS)
    sizes = np.unique(np.round(spread)).astype(np.float64)
    names = ("low_95", "high_95", "low_998", "high_998")
    return pa.table({"n": sizes, **dict(zip(names, found.at(sizes), strict=True))})


def _floats(rows: pa.Table, name: str) -> np.ndarray:
    return rows[name].cast(pa.float64()).to_numpy(zero_copy_only=False)
