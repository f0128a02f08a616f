"""How long work takes, open work included."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

NEARLY = 1e-12  # so that a share that is exact but for rounding counts as reached

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Survival:
    """A Kaplan-Meier curve: share not done yet after each time that somebody was done.

    `longest` is the longest time observed, done or not.
    """

    times: Floats
    shares: Floats
    errors: Floats
    longest: float

    def quantile(self, share_done: float) -> float | None:
        """The first time by which so much is done; None where it is never reached."""
        reached = np.flatnonzero(self.shares <= 1 - share_done + NEARLY)
        return float(self.times[reached[0]]) if reached.size else None


def kaplan_meier(times: Floats, done: Mask, entries: Floats | None = None) -> Survival:
    """Share of items not done after each time, items still open counted as such.

    `times` are ages at completion, or at the as-of moment while open; `entries` ages
    at which observation began (0 unless given): an item is at risk where entry < t <=
    time. Items that end at their entry say nothing and are left out. Computed by
    statsmodels.
    """
    from statsmodels.duration.survfunc import SurvfuncRight

    if entries is not None:
        seen = times > entries
        times, done, entries = times[seen], done[seen], entries[seen]
    if not done.any():
        nothing = np.array([], dtype=float)
        return Survival(nothing, nothing, nothing, float(times.max(initial=0)))
    curve = SurvfuncRight(times, done.astype(int), entry=entries)
    return Survival(
        np.asarray(curve.surv_times, dtype=float),
        np.asarray(curve.surv_prob, dtype=float),
        np.asarray(curve.surv_prob_se, dtype=float),
        float(times.max()),
    )


def incidence(
    times: Floats, outcome: npt.NDArray[np.int_]
) -> tuple[Floats, Floats, Floats]:
    """Share completed (1) and share cancelled (2) by each time, of all items.

    Outcome 0 is still open. The two add up to less than one while some are open. Where
    many are cancelled it stands beside the curve, which leaves them out.
    """
    from statsmodels.duration.survfunc import CumIncidenceRight

    with np.errstate(divide="ignore", invalid="ignore"):  # of errors we do not use
        found = CumIncidenceRight(times, outcome)
    completed, cancelled = found.cinc
    return np.asarray(found.times, dtype=float), completed, cancelled
