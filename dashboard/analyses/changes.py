"""Did a rate change, or is it chance?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.statistics.intervals import is_clear_difference


def has_changed(rate: str, now: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether a rate of one row differs from that of another by more than chance.

    The rows have the rate and the ends of its interval; False where either has none.
    """
    if now.get(rate) is None or before.get(rate) is None:
        return False
    return is_clear_difference(
        now[rate], _bounds(now, rate), before[rate], _bounds(before, rate)
    )


def _bounds(row: Mapping[str, Any], rate: str) -> tuple[float, float]:
    return row[f"{rate}_low"], row[f"{rate}_high"]
