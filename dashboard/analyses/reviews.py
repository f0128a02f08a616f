"""What reviews say beyond a rate: defects by document, agreement, and their number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.analyses.keeping import kept
from dashboard.answers import Answer
from dashboard.statistics.agreement import kappa
from dashboard.statistics.sampling import (
    chance_of_passing,
    checks_needed,
    highest_rate,
    per_unit,
)

SURE = 1.959964  # standard errors on either side of a 95 % interval


@kept
def defects_per_10000(documents: Answer) -> tuple[float, float, float] | None:
    """Defects per 10,000 units with the ends of its 95 % interval, by document.

    `documents` is the answer of errors/documents; None for fewer than two documents.
    """
    counts = documents.rows["documents"].to_numpy()
    if counts.sum() < 2:
        return None
    units, defects = (
        np.repeat(documents.rows[name].to_numpy(), counts).astype(float)
        for name in ("units", "defects")
    )
    rate, error = (10_000 * part for part in per_unit(defects, units))
    return rate, max(rate - SURE * error, 0.0), rate + SURE * error


def agreement(twice: Answer) -> float | None:
    """Cohen's kappa of the answer of errors/reviewed_twice; None for too few."""
    row = twice.rows.to_pylist()[0]
    names = ("both_items", "only_first_items", "only_second_items", "neither_items")
    return kappa(*(row[name] for name in names))


@dataclass(frozen=True)
class Checks:
    """What a number of checks can tell of an error rate."""

    needed: int  # for an interval of the wanted width
    passing: float  # chance that such work shows at most the allowed errors
    highest: float  # error rate that the allowed errors still leave possible


def checks(rate: float, within: float, made: int, allowed: int) -> Checks:
    """How many checks are enough for `rate` ± `within`, and what `made` checks tell.

    Shares are 0 to 1, and `allowed` is how many errors among the checks are accepted.
    """
    return Checks(
        checks_needed(rate, within),
        chance_of_passing(made, allowed, rate),
        highest_rate(made, allowed),
    )
