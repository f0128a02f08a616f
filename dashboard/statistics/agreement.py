"""Do two reviewers judge the same items alike?"""

from __future__ import annotations

from collections.abc import Sequence

PAIRS_MINIMUM = 20


def kappa(both: int, only_first: int, only_second: int, neither: int) -> float | None:
    """Cohen's kappa, -1 to 1, of two yes-or-no judgements of the same items.

    None below 20 items, or where both always say the same one thing, so that agreement
    beyond chance cannot be told. Cohen 1960; computed by statsmodels.
    """
    from statsmodels.stats.inter_rater import cohens_kappa

    table: Sequence[Sequence[int]] = [[both, only_first], [only_second, neither]]
    pairs = both + only_first + only_second + neither
    if pairs < PAIRS_MINIMUM or pairs in (both, neither):
        return None
    return float(cohens_kappa(table, return_results=False))
