"""From whom to whom: a square for each pair that something passes between."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa

from dashboard.charts import marks, wording
from dashboard.charts.marks import Spec

CELL = 26  # pixels of a row
NAMED = 18  # characters of a label, which stands upright above a column

Passed = tuple[Any, Any, Any]  # giver, taker, amount
Cells = dict[tuple[int, int], tuple[float, int | None]]
"""Amount and row number by the places of giver and taker; no number for a sum."""


def matrix(
    rows: pa.Table,
    *,
    source: str,
    target: str,
    value: str,
    most: int = 12,
    unit: str = "items",
) -> Spec:
    """Squares that grow and darken with what passes, sources down, targets across.

    The busiest `most` have a row and a column of their own; all others share one, which
    is grey, so that their sum does not set the scale.
    """
    columns = (marks.values(rows, name) for name in (source, target, value))
    passed = list(zip(*columns, strict=True))
    named = _busiest(passed, most)
    labels = _labels(passed, named)
    cells = _cells(passed, named)
    own = {cell: found for cell, found in cells.items() if max(cell) < len(named)}
    shared = {cell: found for cell, found in cells.items() if cell not in own}
    largest = max((amount for amount, _ in own.values()), default=0.0) or 1.0
    scale: Spec = {"colorscale": "scale", "cmin": 0, "cmax": largest}
    scale["color"] = [amount for amount, _ in own.values()]
    return marks.picture(
        [
            _squares(own, labels, value, unit, largest, scale),
            _squares(shared, labels, value, unit, largest, {"color": "context pale"}),
        ],
        height=CELL * len(labels) + 170,
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
        xaxis=_axis(labels, "to") | {"side": "top", "tickangle": -90},
        yaxis=_axis(labels, "from", down=True),
    )


def _busiest(passed: list[Passed], most: int) -> list[Any]:
    """Who passes and gets the most, falling; a single other is named as well."""
    totals: Counter[Any] = Counter()
    for giver, taker, amount in passed:
        totals[giver] += amount or 0
        totals[taker] += amount or 0
    ranked = sorted(totals, key=lambda name: (-totals[name], str(name)))
    return ranked if len(ranked) <= most + 1 else ranked[:most]


def _labels(passed: list[Passed], named: list[Any]) -> list[str]:
    others = {name for row in passed for name in row[:2]} - set(named)
    labels = [wording.short(name, NAMED) for name in named]
    return labels + ([f"{len(others):,} others"] if others else [])


def _cells(passed: list[Passed], named: list[Any]) -> Cells:
    places = {name: place for place, name in enumerate(named)}
    found: Cells = {}
    for number, (giver, taker, amount) in enumerate(passed):
        cell = places.get(giver, len(places)), places.get(taker, len(places))
        before, _ = found.get(cell, (0.0, None))
        summed = before + float(amount or 0)
        found[cell] = (summed, None if cell in found else number)
    return found


def _squares(
    cells: Cells,
    labels: list[str],
    value: str,
    unit: str,
    largest: float,
    colours: Spec,
) -> Spec:
    amounts = [amount for amount, _ in cells.values()]
    return marks.scatter(
        "markers",
        name=wording.titled(value),
        x=[taker for _, taker in cells],
        y=[giver for giver, _ in cells],
        customdata=[number for _, number in cells.values()],
        meta=value,
        hovertext=[
            wording.hover(
                f"{labels[giver]} → {labels[taker]}", wording.said(amount, unit)
            )
            for (giver, taker), (amount, _) in cells.items()
        ],
        marker={
            "symbol": "square",
            "size": [3 + 10 * min(amount / largest, 1) ** 0.5 for amount in amounts],
            "opacity": 1,
            "line": {"width": 0},
            **colours,
        },
    )


def _axis(labels: list[str], title: str, down: bool = False) -> Spec:
    ends = [-0.6, max(len(labels), 1) - 0.4]
    return {
        "title": {"text": title},
        "tickmode": "array",
        "tickvals": list(range(len(labels))),
        "ticktext": labels,
        "range": ends[::-1] if down else ends,
        "showgrid": True,
    }
