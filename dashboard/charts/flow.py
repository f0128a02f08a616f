"""What came and what went: bars over time and the net line."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle

import pyarrow as pa

from dashboard.charts import axes, marks, wording
from dashboard.charts.marks import Spec

ROLES = ("context", "accent", "muted")


def bars_and_line(
    rows: pa.Table,
    *,
    x: str,
    bars: Mapping[str, str],
    line: tuple[str, str] | None = None,
    partial: str | None = None,
    unit: str = "items",
) -> Spec:
    """Groups of bars over time and a line on the same axis."""
    data = []
    for own, (column, title) in zip(cycle(ROLES), bars.items(), strict=False):
        role = marks.role_of(column, own)
        data.append(_time_bar(rows, x, column, title, role, partial, unit))
        data.append(_key(title, column, {"color": role, "symbol": "square"}))
    if line:
        data += _net_line(rows, x, line, partial, unit)
        data.append(_key(line[1], line[0], {"color": "text", "symbol": "diamond"}))
    return marks.picture(
        data,
        barmode="group",
        showlegend=True,
        xaxis=axes.along(rows, x),
        yaxis=axes.amounts(unit) | {"zeroline": True, "zerolinecolor": "context"},
    )


def _key(title: str, column: str, marker: Spec) -> Spec:
    """An entry of the legend; that of a trace itself would show an unfinished point."""
    return marks.scatter(
        "markers",
        name=wording.escaped(title),
        x=[None],
        y=[None],
        customdata=[None],
        meta=column,
        marker={"size": 10, **marker},
    )


def _time_bar(
    rows: pa.Table,
    x: str,
    column: str,
    title: str,
    role: str,
    partial: str | None,
    unit: str,
) -> Spec:
    unfinished = [bool(part) for part in marks.values(rows, partial)]
    return marks.bar(
        role,
        name=wording.escaped(title),
        x=marks.places(rows, x),
        y=marks.scaled(marks.values(rows, column), unit),
        customdata=list(range(rows.num_rows)),
        meta=column,
        hovertext=_time_hover(rows, x, column, title, partial, unit),
        marker={
            "color": [f"{role} pale" if part else role for part in unfinished],
            "line": {"color": role, "width": [1.5 if p else 0 for p in unfinished]},
        },
        showlegend=False,
    )


def _time_hover(
    rows: pa.Table, x: str, column: str, title: str, partial: str | None, unit: str
) -> list[str]:
    columns = (marks.values(rows, name) for name in (x, column, partial))
    return [
        wording.hover(
            wording.when(at),
            f"{wording.escaped(title)} {wording.said(value, unit)}",
            "so far, not complete" if part else "",
        )
        for at, value, part in zip(*columns, strict=True)
    ]


def _net_line(
    rows: pa.Table, x: str, line: tuple[str, str], partial: str | None, unit: str
) -> list[Spec]:
    column, title = line
    places = marks.places(rows, x)
    values = marks.scaled(marks.values(rows, column), unit)
    hover = _time_hover(rows, x, column, title, partial, unit)
    points = marks.points(wording.escaped(title), places, values, column, hover)
    return marks.line(
        points | {"showlegend": False},
        marks.values(rows, partial),
        "text",
        width=1.5,
        symbol="diamond",
    )
