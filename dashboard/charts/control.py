"""A control chart: points, where they usually lie, and those that are unlike it."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from dashboard.charts import axes, lettering, marks, wording
from dashboard.charts.marks import Spec
from dashboard.charts.over_time import band
from dashboard.theme import number


def control(
    rows: pa.Table,
    *,
    x: str,
    y: str,
    low: str,
    high: str,
    usual: str,
    signal: str,
    count: str | None = None,
    interval: tuple[str, str] | None = None,
    partial: str | None = None,
    target: float | None = None,
    unit: str = "%",
    days: str = "",
) -> Spec:
    """Points over their usual range; those that break a rule are marked.

    `low`, `high`, `usual` and `signal` are the columns of the limits, the centre and
    the rule. `interval` is told on hover. `days` is the column of the days of what is
    numbered along x.
    """
    places = marks.places(rows, x)
    values, centre = (marks.scaled(marks.values(rows, c), unit) for c in (y, usual))
    hover = _hover(rows, x, y, signal, count, interval, partial, unit)
    range_ = band(
        rows, places, centre, low, high, y, unit, "context band", "usual range"
    )
    points = marks.points(wording.titled(y), places, values, y, hover)
    data = [
        range_,
        _centre(places, centre, y),
        *marks.line(points, marks.values(rows, partial), "accent"),
        _marked(places, values, marks.values(rows, signal), hover, y),
    ]
    line = marks.scaled([target], unit)[0]
    ends = _usual_end(centre, unit)
    if line is not None:
        ends.append((f"Target {wording.said(target, unit)}", line, "muted"))
    bottom, top = lettering.reach(data, line)
    amounts = axes.amounts(unit, (bottom, top)) | _within_sight(values, centre, top)
    layout: Spec = {"xaxis": _along(rows, x, y, days), "yaxis": amounts}
    if ends:
        floor = 0 if "rangemode" in amounts else bottom
        layout["annotations"] = lettering.end_labels(ends, floor, top)
        layout["margin"] = lettering.room(end[0] for end in ends)
    if line is not None:
        layout["shapes"] = [axes.rule(line, "y")]
        layout["yaxis"] = amounts | {"autorangeoptions": {"include": line}}
    return marks.picture(data, **layout)


def _usual_end(centre: list[float | None], unit: str) -> list[lettering.End]:
    """The word at the end of the centre line, with its value."""
    last = next((value for value in reversed(centre) if value is not None), None)
    if last is None:
        return []
    said = wording.said(last / 100, "%") if unit == "%" else f"{last:,.0f}"
    return [(f"usual {said}", last, "muted")]


def _within_sight(
    values: list[float | None], centre: list[float | None], top: float
) -> Spec:
    """Where the usual range reaches far beyond all points, it is cut above them."""
    known = [value for value in [*values, *centre] if value is not None]
    most = max(known, default=top)
    return {"range": [0, 1.3 * most]} if 0 < 3 * most < top else {}


def _along(rows: pa.Table, x: str, y: str, days: str) -> Spec:
    """The axis along x; of points that are numbered, with their days."""
    if not days:
        return axes.along(rows, x, [y])
    places, at = rows[x].to_pylist(), rows[days].to_pylist()
    few = slice(None, None, -(-len(places) // 5) or 1)
    return {
        "type": "linear",
        "tickmode": "array",
        "tickvals": places[few],
        "ticktext": [f"{day.day} {day:%b}<br>{day.year}" for day in at[few]],
        "title": {"text": "the day of each error, in order"},
    }


def _hover(
    rows: pa.Table,
    x: str,
    y: str,
    signal: str,
    count: str | None,
    interval: tuple[str, str] | None,
    partial: str | None,
    unit: str,
) -> list[str]:
    low, high = interval or (None, None)
    names = (x, y, low, high, count, partial, signal)
    columns = [marks.values(rows, name) for name in names]
    return [
        wording.hover(
            wording.when(at),
            f"{wording.titled(y)} {wording.said(value, unit)}",
            "" if bottom is None else wording.interval(bottom, top, unit),
            "" if n is None else f"of {number(n, 'count')}",
            "so far, not complete" if part else "",
            f"unlike the usual: {rule}" if rule else "",
        )
        for at, value, bottom, top, n, part, rule in zip(*columns, strict=True)
    ]


def _centre(places: list[Any], centre: list[float | None], column: str) -> Spec:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "usual",
        "x": places,
        "y": centre,
        "customdata": [None] * len(places),
        "meta": column,
        "hoverinfo": "skip",
        "line": {"color": "context", "width": 1.5, "dash": "dot"},
    }


def _marked(
    places: list[Any],
    values: list[float | None],
    rules: list[str | None],
    hover: list[str],
    column: str,
) -> Spec:
    """The points that break a rule, larger, in another colour and form."""
    shown = [i for i, rule in enumerate(rules) if rule]
    return marks.scatter(
        "markers",
        name="unlike the usual",
        x=[places[i] for i in shown],
        y=[values[i] for i in shown],
        customdata=shown,
        meta=column,
        hovertext=[hover[i] for i in shown],
        marker={"color": "late", "size": 12, "symbol": "diamond"},
        cliponaxis=False,
    )
