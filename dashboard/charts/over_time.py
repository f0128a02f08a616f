"""A line over time with its interval, its reference and its target."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pyarrow as pa

from dashboard.charts import axes, lettering, marks, wording
from dashboard.charts.marks import Spec
from dashboard.theme import number


def trend(
    rows: pa.Table,
    *,
    x: str,
    y: str,
    low: str | None = None,
    high: str | None = None,
    count: str | None = None,
    partial: str | None = None,
    target: float | None = None,
    unit: str = "%",
    reference: str | None = None,
    name: str | None = None,
    reference_name: str | None = None,
) -> Spec:
    """One line over time with its interval; a missing value is a gap, never a zero."""
    places, main = marks.places(rows, x), marks.scaled(marks.values(rows, y), unit)
    title = wording.escaped(name) if name else wording.titled(y)
    unfinished = marks.values(rows, partial)
    data: list[Spec] = []
    ends: list[lettering.End] = []
    if low and high:
        data.append(band(rows, places, main, low, high, y, unit))
    if reference:
        other = marks.scaled(marks.values(rows, reference), unit)
        other_title = reference_name or wording.titled(reference)
        beside = _reference(rows, x, reference, places, other, other_title, unit)
        data += marks.line(beside, unfinished, "context", 1.5, "dot", size=5)
        ends += lettering.ends(other_title, other, "muted")
        ends += lettering.ends(name or wording.titled(y), main, "accent")
    hover = _trend_hover(rows, x, y, low, high, count, partial, title, unit)
    points = marks.points(title, places, main, y, hover)
    data += marks.line(points, unfinished, "accent")
    line = marks.scaled([target], unit)[0]
    if line is not None:
        ends.append((f"Target {wording.said(target, unit)}", line, "muted"))
    bottom, top = lettering.reach(data, line)
    axis = axes.amounts(unit, (bottom, top))
    drawn = [y, reference] if reference else [y]
    layout: Spec = {"xaxis": axes.along(rows, x, drawn), "yaxis": axis}
    if ends:
        layout["annotations"] = lettering.end_labels(
            ends, 0 if "rangemode" in axis else bottom, top
        )
        layout["margin"] = lettering.room(end[0] for end in ends)
    if line is not None:  # it stays in sight
        layout["shapes"] = [axes.rule(line, "y")]
        layout["yaxis"] = axis | {"autorangeoptions": {"include": line}}
    return marks.picture(data, **layout)


def _trend_hover(
    rows: pa.Table,
    x: str,
    y: str,
    low: str | None,
    high: str | None,
    count: str | None,
    partial: str | None,
    title: str,
    unit: str,
) -> list[str]:
    columns = [
        marks.values(rows, column) for column in (x, y, low, high, count, partial)
    ]
    return [
        wording.hover(
            wording.when(at),
            f"{title} {wording.said(value, unit)}",
            "" if bottom is None else wording.interval(bottom, top, unit),
            "" if n is None else f"of {number(n, 'count')}",
            "so far, not complete" if part else "",
        )
        for at, value, bottom, top, n, part in zip(*columns, strict=True)
    ]


def _reference(
    rows: pa.Table,
    x: str,
    column: str,
    places: list[Any],
    y: list[float | None],
    title: str,
    unit: str,
) -> Spec:
    bounds = [f"{column}_low", f"{column}_high"]
    known = bounds if set(bounds) <= set(rows.column_names) else [None, None]
    named = [marks.values(rows, name) for name in (x, column, *known)]
    hover = [
        wording.hover(
            wording.when(at),
            f"{wording.escaped(title)} {wording.said(v, unit)}",
            "" if bottom is None else wording.interval(bottom, top, unit),
        )
        for at, v, bottom, top in zip(*named, strict=True)
    ]
    return marks.points(wording.escaped(title), places, y, column, hover)


def band(
    rows: pa.Table,
    x: list[Any],
    y: list[float | None],
    low: str,
    high: str,
    column: str,
    unit: str,
    role: str = "accent band",
    name: str = "95 % interval",
) -> Spec:
    """A range as one outline per run without gaps; a run of one is a stroke."""
    bottom, top = (
        marks.scaled(marks.values(rows, low), unit),
        marks.scaled(marks.values(rows, high), unit),
    )
    whole = [
        None not in ends for ends in zip(bottom, top, y, strict=True)
    ]  # a gap of any is a gap of the band
    xs: list[Any] = []
    ys: list[float | None] = []
    index: list[int | None] = []
    for shown, group in groupby(range(len(x)), key=whole.__getitem__):
        run = list(group)
        if not shown:
            continue
        around = run + run[::-1]
        xs += [x[i] for i in around] + [None]
        ys += [bottom[i] for i in run] + [top[i] for i in run[::-1]] + [None]
        index += [*around, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "fill": "toself",
        "x": xs,
        "y": ys,
        "customdata": index,
        "meta": column,
        "fillcolor": role,
        "line": {"color": role, "width": 1.5},
        "hoverinfo": "skip",
        "name": name,
    }
