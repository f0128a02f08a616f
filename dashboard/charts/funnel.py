"""A funnel plot: groups by size, and how far chance alone would put them."""

from __future__ import annotations

import textwrap
from typing import Any

import pyarrow as pa

from dashboard.charts import axes, lettering, marks, wording
from dashboard.charts.marks import Spec
from dashboard.filters import NONE
from dashboard.theme import number

PLAIN, ODD = "inside", ("above", "below")
WIDE, HIGH = 600, 290  # pixels of what is drawn, about, to find room for names
LETTERS = 24  # of a line of a name
PLACES = ("middle right", "middle left", "top center", "bottom center")

Box = tuple[float, float, float, float]  # left, right, low, high


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
        yaxis=axes.amounts(unit, lettering.reach(data)),
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
    texts, positions = _names([row for _, row in outside], [row for _, row in listed])
    odd = _points(outside, value, unit) | {
        "mode": "markers+text",
        "text": texts,
        "textposition": positions,
        "textfont": {"color": "text", "size": 12},
        "cliponaxis": False,
        "marker": {"color": "late", "size": 12, "symbol": "diamond"},
    }
    return [plain | {"cliponaxis": False}, odd]


def _names(
    outside: list[tuple[Any, ...]], drawn: list[tuple[Any, ...]]
) -> tuple[list[str], list[str]]:
    """Names of those outside and where they stand; none where each place is taken."""
    at = _pixels(drawn)
    taken = [_box(*at[row], 14, 14) for row in drawn]
    shown, positions = [], []
    for row in outside:
        text = _lines(row[0])
        places = {place: _beside(at[row], text, place) for place in PLACES}
        free = [place for place, box in places.items() if _is_free(box, taken)]
        place = free[0] if free else PLACES[0]
        taken += [places[place]] if free else []
        shown.append(text if free else "")
        positions.append(place)
    return shown, positions


def _lines(name: Any) -> str:
    """A name in two lines at most; its end may be missing, and is told on hover."""
    lines = textwrap.wrap(str(NONE if name is None else name), LETTERS)
    more = "…" if len(lines) > 2 else ""
    return "<br>".join(wording.escaped(line) for line in lines[:2]) + more


def _pixels(drawn: list[tuple[Any, ...]]) -> dict[tuple[Any, ...], tuple[float, float]]:
    """About where each group is drawn, from the left and from the bottom."""
    most = max((row[2] for row in drawn), default=1)
    shares = [row[1] for row in drawn]
    low, high = min(shares, default=0), max(shares, default=1)
    tall = HIGH / ((high - low) or 1)
    return {row: (WIDE * row[2] / most, (row[1] - low) * tall) for row in drawn}


def _beside(at: tuple[float, float], text: str, place: str) -> Box:
    """The room of a name at one side of its point."""
    lines = text.split("<br>")
    wide, tall = 6.5 * max(len(line) for line in lines), 16.0 * len(lines)
    across = {"left": -1, "right": 1, "center": 0}[place.split()[1]]
    up = {"top": 1, "bottom": -1, "middle": 0}[place.split()[0]]
    x, y = at[0] + across * (wide / 2 + 8), at[1] + up * (tall / 2 + 8)
    return _box(x, y, wide, tall)


def _box(x: float, y: float, wide: float, tall: float) -> Box:
    return x - wide / 2, x + wide / 2, y - tall / 2, y + tall / 2


def _is_free(box: Box, taken: list[Box]) -> bool:
    """Whether a name lies in the picture and on nothing else."""
    left, right, low, high = box
    is_inside = left >= 0 and right <= WIDE + 50 and low >= -10 and high <= HIGH + 20
    return is_inside and all(
        right < a or left > b or high < c or low > d for a, b, c, d in taken
    )


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
                f"of {number(n, 'count')}",
                f"{place} of the funnel" if place == PLAIN else place,
            )
            for _, (name, value, n, place, bottom, top) in listed
        ],
    )
