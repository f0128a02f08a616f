"""Remarks on days: a dotted line, or two with a bar above, and a number."""

from __future__ import annotations

import textwrap
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from dashboard.charts import axes, wording
from dashboard.charts.marks import Spec
from dashboard.filters import months_after, period_words

Remark = tuple[date, date, str]  # the first and the last day, and what is said
Placed = tuple[date, date, Remark]  # from which point to which it is drawn
STRIP = 24  # pixels above what is drawn, for the numbers
OTHERS = 60  # about so many pixels of a chart are its margins and labels
APART = 18  # numbers that fit beside each other in a narrow chart
LETTERS = 48  # of a line on hover


def remarked(spec: Spec, remarks: Sequence[Remark]) -> tuple[Spec, list[list[Remark]]]:
    """The chart with the remarks on the days that it shows, and these by their number.

    A remark stands at the point of the week or month that holds its day. What is too
    close for numbers of its own shares one. Any other chart stays as it is.
    """
    days = _days(spec)
    placed = [_placed(r, days) for r in remarks if days and _is_within(r, days)]
    if not placed:
        return spec, []
    placed.sort(key=lambda found: found[:2])
    groups = _grouped(placed, (days[-1] - days[0]) / APART)
    numbers = [_number(n, group) for n, group in enumerate(groups, 1)]
    layout = spec["layout"]
    top = _share_below(layout["height"])
    changed = {
        "shapes": [*layout.get("shapes", []), *_lines(placed), *_bars(placed, top)],
        "annotations": [*layout.get("annotations", []), *numbers],
        "yaxis": layout["yaxis"] | {"domain": [0, top]},
    }
    told = [[remark for _, _, remark in group] for group in groups]
    return {**spec, "layout": layout | changed}, told


def has_days(spec: Spec) -> bool:
    """Whether the points of the chart are days."""
    return bool(spec["layout"].get("xaxis", {}).get("type") == "date")


def _days(spec: Spec) -> list[date]:
    """The days of the points, from the first drawn to the last; else none."""
    if not has_days(spec):
        return []
    points = [
        (date.fromisoformat(x[:10]), y)
        for trace in spec["data"]
        for x, y in zip(trace["x"], trace["y"], strict=True)
        if x is not None
    ]
    drawn = [day for day, y in points if y is not None]
    if not drawn:
        return []
    return sorted({day for day, _ in points if min(drawn) <= day <= max(drawn)})


def _is_within(remark: Remark, days: Sequence[date]) -> bool:
    first, last, _ = remark
    return last >= days[0] and first < _end(days[-1], days)


def _end(day: date, days: Sequence[date]) -> date:
    """The first day that the point of a day no longer counts: it may be of a month."""
    if len(days) > 1 and all(day.day == 1 for day in days):
        return months_after(day, 1)
    if len(days) > 1 and all(day.weekday() == 0 for day in days):
        return day + timedelta(weeks=1)
    return day + timedelta(days=1)


def _placed(remark: Remark, days: Sequence[date]) -> Placed:
    """From which point to which a remark is drawn, no further than the points go."""
    latest = _end(days[-1], days) - timedelta(days=1)
    first, last = (min(max(day, days[0]), latest) for day in remark[:2])
    return _point(first, days), _point(last, days), remark


def _point(day: date, days: Sequence[date]) -> date:
    """The day of the point that counts a day; the day itself where none does."""
    before = days[bisect_right(days, day) - 1]
    return before if day < _end(before, days) else day


def _grouped(placed: Sequence[Placed], apart: timedelta) -> list[list[Placed]]:
    """In groups of what begins at one point, or too close to have room for two."""
    groups: list[list[Placed]] = []
    for found in placed:
        if groups and found[0] - groups[-1][0][0] < max(apart, timedelta(days=1)):
            groups[-1].append(found)
        else:
            groups.append([found])
    return groups


def _lines(placed: Sequence[Placed]) -> list[Spec]:
    """A dotted line where a remark begins, and where it ends."""
    line = {"color": "muted", "width": 1, "dash": "dot"}
    days = sorted({day for first, last, _ in placed for day in (first, last)})
    return [axes.rule(day.isoformat(), "x") | {"line": line} for day in days]


def _bars(placed: Sequence[Placed], bottom: float) -> list[Spec]:
    """A bar beside the number of a remark on several points.

    It does not reach down: grey below is where points usually lie.
    """
    spans = sorted({(first, last) for first, last, _ in placed if first < last})
    return [
        {
            "type": "rect",
            "x0": first.isoformat(),
            "x1": last.isoformat(),
            "y0": bottom,
            "y1": 1,
            "yref": "paper",
            "fillcolor": "context band",
            "line": {"width": 0},
            "layer": "below",
        }
        for first, last in spans
    ]


def _number(number: int, group: Sequence[Placed]) -> Spec:
    """The number above a mark; what it stands for is shown on hover."""
    lines = [line for _, _, remark in group for line in _told(remark)]
    return {
        "text": str(number),
        "x": group[0][0].isoformat(),
        "y": 1,
        "yref": "paper",
        "yanchor": "top",
        "showarrow": False,
        "hovertext": wording.hover(*lines),
        "font": {"color": "text", "size": 11},
        "bgcolor": "surface",
        "bordercolor": "context",
        "borderpad": 2,
    }


def _told(remark: Remark) -> list[str]:
    first, last, words = remark
    told = [wording.escaped(line) for line in textwrap.wrap(words, LETTERS)]
    return [f"<b>{period_words(first, last + timedelta(days=1))}</b>", *told]


def _share_below(height: int) -> float:
    """The share of the chart's height that is left for what it draws."""
    return round(1 - STRIP / (height - OTHERS), 3)
