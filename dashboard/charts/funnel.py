"""A funnel plot: groups by size, and how far chance alone would put them."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from dashboard.charts import axes, marks, wording
from dashboard.charts.marks import Spec
from dashboard.theme import number

PLAIN, ODD = "inside", ("above", "below")
WIDE, TALL = 0.25, 0.06  # of what is drawn: the room of a name


def funnel(
    rows: pa.Table,
    limits: pa.Table,
    *,
    label: str,
    value: str,
    count: str,
    place: str,
    low: str,
    high: str,
    pooled: float,
    unit: str = "%",
) -> Spec:
    """Dots of groups by their n, over the funnel; those outside named where room is.

    `limits` has the columns n, low_95, high_95, low_998 and high_998; `low` and `high`
    are told on hover, `pooled` is the rate of all.
    """
    data = [
        _range(limits, "low_998", "high_998", value, unit),
        _range(limits, "low_95", "high_95", value, unit),
        _middle(limits, pooled, value, unit),
        *_dots(rows, label, value, count, place, low, high, unit),
    ]
    return marks.picture(
        data,
        height=380,
        margin={"l": 8, "r": 60, "t": 14, "b": 8},
        xaxis={
            "title": {"text": "items behind the rate"},
            "tickformat": ",d",
            "showgrid": False,
        },
        yaxis=axes.amounts(unit),
    )


def _range(limits: pa.Table, low: str, high: str, column: str, unit: str) -> Spec:
    sizes = limits["n"].to_pylist()
    edges = [marks.scaled(marks.values(limits, c), unit) for c in (low, high)]
    return {
        "type": "scatter",
        "mode": "lines",
        "fill": "toself",
        "x": [*sizes, *sizes[::-1]],
        "y": [*edges[0], *edges[1][::-1]],
        "customdata": [None] * 2 * len(sizes),
        "meta": column,
        "fillcolor": "context band",
        "line": {"color": "context band", "width": 1},
        "hoverinfo": "skip",
        "name": "funnel",
    }


def _middle(limits: pa.Table, pooled: float, column: str, unit: str) -> Spec:
    ends = [limits["n"][0].as_py(), limits["n"][-1].as_py()]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": ends,
        "y": marks.scaled([pooled, pooled], unit),
        "customdata": [None, None],
        "meta": column,
        "hoverinfo": "skip",
        "name": "all together",
        "line": {"color": "context", "width": 1.5, "dash": "dot"},
    }


def _dots(
    rows: pa.Table,
    label: str,
    value: str,
    count: str,
    place: str,
    low: str,
    high: str,
    unit: str,
) -> list[Spec]:
    """Groups inside of the funnel, and those outside of it with their names."""
    names = (label, value, count, place, low, high)
    columns = [marks.values(rows, name) for name in names]
    listed = [
        (at, row)
        for at, row in enumerate(zip(*columns, strict=True))
        if row[1] is not None
    ]
    inside = [(at, row) for at, row in listed if row[3] not in ODD]
    outside = [(at, row) for at, row in listed if row[3] in ODD]
    plain = _points(inside, value, unit) | {
        "mode": "markers",
        "marker": {"color": "accent", "size": 9},
    }
    odd = _points(outside, value, unit) | {
        "mode": "markers+text",
        "text": _names([row for _, row in outside], [row for _, row in listed]),
        "textposition": [
            "top center" if row[3] == "above" else "bottom center" for _, row in outside
        ],
        "textfont": {"color": "text", "size": 12},
        "cliponaxis": False,
        "marker": {"color": "late", "size": 12, "symbol": "diamond"},
    }
    return [plain, odd]


def _names(outside: list[tuple[Any, ...]], drawn: list[tuple[Any, ...]]) -> list[str]:
    """The names of those outside, but for those that would lie on another name."""
    wide = WIDE * max((row[2] for row in drawn), default=0)
    shares = [row[1] for row in drawn]
    tall = TALL * (max(shares, default=0) - min(shares, default=0))
    named: list[tuple[float, float]] = []
    shown = []
    for name, share, n, *_ in outside:
        is_free = all(abs(n - x) > wide or abs(share - y) > tall for x, y in named)
        named += [(n, share)] if is_free else []
        shown.append(f"\u00a0{wording.short(name, 20)}" if is_free else "")
    return shown


def _points(
    listed: list[tuple[int, tuple[Any, ...]]],
    column: str,
    unit: str,
) -> Spec:
    return marks.scatter(
        "markers",
        name=wording.titled(column),
        x=[row[2] for _, row in listed],
        y=marks.scaled([row[1] for _, row in listed], unit),
        customdata=[at for at, _ in listed],
        meta=column,
        hovertext=[
            wording.hover(
                wording.escaped(name),
                f"{wording.titled(column)} {wording.said(value, unit)}",
                wording.interval(bottom, top, unit),
                f"n {number(n, 'count')}",
                f"{place} of the funnel" if place == PLAIN else place,
            )
            for _, (name, value, n, place, bottom, top) in listed
        ],
    )
