"""Since when points are unlike the usual: the rules that they break, told as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.statistics.control_charts import (
    BEYOND,
    RUN,
    ZONE,
    ZONE_POINTS,
    Floats,
    Limits,
    Mask,
    signals,
)

SAID = {
    BEYOND: "{} the usual range",
    RUN: "seven in a row {} the usual",
    ZONE: "three of four far {} the usual",
}
AND = ", and "


@dataclass(frozen=True)
class Finding:
    """Points unlike the usual: from the first on, noticed at a later one, to the last.

    Points are places in the order judged, or what stands there. A run of seven is
    noticed at its seventh point, and has begun with its first.
    """

    first: Any
    noticed: Any
    last: Any
    rule: str


def findings(limits: Limits, values: Floats, judged: Mask) -> list[Finding]:
    """What breaks a rule, as places; points in a row on one side are told as one."""
    broken = signals(limits, values, judged)
    places = np.flatnonzero(judged & ~np.isnan(limits.sigmas))
    sides = np.sign(limits.sigmas[places])
    found: list[Finding] = []
    for at, place in enumerate(places):
        if rule := broken[place]:
            words = SAID[rule].format("above" if sides[at] > 0 else "below")
            one = Finding(_begins(sides, at, rule), at, at, words)
            while found and _goes_on(found[-1], one, sides):
                one = _joined(found.pop(), one)
            found.append(one)
    return [named(one, places.tolist()) for one in found]


def _begins(sides: Floats, at: int, rule: str) -> int:
    """Where the row of points begins that a rule is about."""
    if rule == RUN:
        other = np.flatnonzero(sides[:at] != sides[at])
        return int(other[-1]) + 1 if other.size else 0
    return at - (ZONE_POINTS - 1 if rule == ZONE else 0)


def _goes_on(before: Finding, one: Finding, sides: Floats) -> bool:
    is_next = one.first <= before.last + 1
    return is_next and bool(sides[before.last] == sides[one.last])


def _joined(before: Finding, one: Finding) -> Finding:
    rules = dict.fromkeys([*before.rule.split(AND), *one.rule.split(AND)])
    first = min(before.first, one.first)
    return Finding(first, before.noticed, one.last, AND.join(rules))


def of_each_point(found: Sequence[Finding], points: int) -> list[str | None]:
    """The rule that each of so many points is part of breaking, if any."""
    rules: list[str | None] = [None] * points
    for one in found:
        for place in range(one.first, one.last + 1):
            rules[place] = one.rule
    return rules


def named(found: Finding, names: Sequence[Any]) -> Finding:
    """A finding with what stands at its places."""
    first, noticed, last = (
        names[place] for place in (found.first, found.noticed, found.last)
    )
    return Finding(first, noticed, last, found.rule)
