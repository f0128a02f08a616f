"""A share for each pair of a group and a rule: squares in a grid, with their shares."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from dashboard.charts import axes, marks, wording
from dashboard.charts.marks import Spec
from dashboard.theme import number

ACROSS, DOWN = 34, 20  # characters of a label: upright above a column, before a row
ROW, ABOVE = 36, 240  # pixels of a row, and of the labels above the columns
Row = dict[str, Any]


def grid(
    rows: pa.Table, *, across: str, down: str, share: str, part: str, whole: str
) -> Spec:
    """Squares that grow and darken with a share; none where nothing fails or is told.

    Columns and rows stand in the order in which `rows` has them first. Where there are
    too few to tell a share, a grey square says how many fail.
    """
    columns = list(dict.fromkeys(rows[across].to_pylist()))
    lines = list(dict.fromkeys(rows[down].to_pylist()))
    found = [
        row
        | {
            "place": place,
            "x": columns.index(row[across]),
            "y": lines.index(row[down]),
            "hover": _hover(row, across, down, share, part, whole),
        }
        for place, row in enumerate(rows.to_pylist())
        if row[part]
    ]
    told = [row for row in found if row[share] is not None]
    few = [row for row in found if row[share] is None]
    scale: Spec = {"colorscale": "scale", "cmin": 0}
    scale["cmax"] = max((row[share] for row in told), default=1.0)
    scale["color"] = [row[share] for row in told]
    scale["size"] = [6 + 12 * (row[share] / scale["cmax"]) ** 0.5 for row in told]
    return marks.picture(
        [
            _squares(told, part, [_percent(row[share]) for row in told], scale),
            _squares(
                few,
                part,
                [number(row[part], "count") for row in few],
                {"color": "context pale", "size": 6},
            ),
        ],
        height=ROW * len(lines) + ABOVE,
        xaxis=_upright([wording.short(name, ACROSS) for name in columns]),
        yaxis=axes.listed([wording.short(line, DOWN) for line in lines])
        | {"showgrid": True},
    )


def _squares(rows: list[Row], part: str, texts: list[str], marker: Spec) -> Spec:
    return marks.scatter(
        "markers+text",
        name=wording.titled(part),
        x=[row["x"] for row in rows],
        y=[row["y"] for row in rows],
        customdata=[row["place"] for row in rows],
        meta=part,
        text=texts,
        textposition="top center",
        textfont={"size": 11, "color": "muted"},
        hovertext=[row["hover"] for row in rows],
        marker={"symbol": "square", "opacity": 1, "line": {"width": 0}, **marker},
        cliponaxis=False,
    )


def _percent(share: float) -> str:
    """In percent; what is less than a tenth has a square and no number."""
    return "" if share < 0.0005 else f"{100 * share:.1f}"


def _hover(row: Row, across: str, down: str, *names: str) -> str:
    share, part, whole = (row[name] for name in names)
    return wording.hover(
        f"{wording.escaped(row[across])} · {wording.escaped(row[down])}",
        f"{number(part, 'count')} of {number(whole, 'count')} rows fail",
        "" if share is None else number(share, "percent"),
    )


def _upright(labels: list[str]) -> Spec:
    return {
        "tickmode": "array",
        "tickvals": list(range(len(labels))),
        "ticktext": labels,
        "range": [-0.6, max(len(labels), 1) - 0.4],
        "side": "top",
        "tickangle": -90,
        "ticklabelstandoff": 16,
        "showgrid": True,
    }
