"""What every chart is made of: values and places of rows, traces and their frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from dashboard.charts import wording

Spec = dict[str, Any]
PALE = 0.5  # opacity of what is not complete
SMALL = 4  # pixels of a marker that is there to be clicked


def values(rows: pa.Table, name: str | None) -> list[Any]:
    """A column as a list; all None if it is not asked for."""
    return rows[name].to_pylist() if name else [None] * rows.num_rows


def scaled(values: Iterable[Any], unit: str) -> list[float | None]:
    """Numbers as drawn: shares in percent, not-a-number as a gap."""
    factor = 100.0 if unit == "%" else 1.0
    return [None if v is None or v != v else float(v) * factor for v in values]


def places(rows: pa.Table, name: str) -> list[Any]:
    """Values of an axis: moments in ISO, numbers as they are, else safe text."""
    kind = rows.schema.field(name).type
    values = rows[name].to_pylist()
    if pa.types.is_temporal(kind):
        return [None if v is None else v.isoformat() for v in values]
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return values
    return [wording.short(v) for v in values]


def picture(data: list[Spec], **layout: Any) -> Spec:
    """A chart with the layout that all share."""
    fixed = {
        "height": 320,
        "clickmode": "event+select",
        "dragmode": False,
        "hovermode": "closest",
        "showlegend": False,
    }
    return {"data": data, "layout": {**fixed, **layout}}


def scatter(mode: str, **trace: Any) -> Spec:
    """Points or a line; gaps stay gaps."""
    return {
        "type": "scatter",
        "mode": mode,
        "connectgaps": False,
        "hovertemplate": "%{hovertext}<extra></extra>",
        **trace,
    }


def role_of(column: str, otherwise: str = "accent") -> str:
    """The role of a count: the colour of what is late belongs to that alone."""
    return "late" if column.startswith(("late", "overdue")) else otherwise


def points(
    name: str, x: Sequence[Any], y: Sequence[Any], column: str, hover: Sequence[str]
) -> Spec:
    """What a line is drawn through: a point for each row, of one column."""
    return {
        "name": name,
        "x": x,
        "y": y,
        "customdata": list(range(len(x))),
        "meta": column,
        "hovertext": hover,
    }


def line(
    points: Spec,
    unfinished: Sequence[Any],
    role: str,
    width: float = 2,
    dash: str = "solid",
    symbol: str = "circle",
    size: int = 7,
) -> list[Spec]:
    """Points in order with a line, dashed and pale to the hollow ones of `unfinished`.

    What is not complete must not look like a leap.
    """
    count = len(points["x"])
    is_near = [any(unfinished[max(i - 1, 0) : i + 2]) for i in range(count)]
    stroke = {"color": role, "width": width}
    parts = [_stroke(points, unfinished, stroke | {"dash": dash})]
    if any(unfinished):
        far = [not near for near in is_near]
        parts.append(_stroke(points, far, stroke | {"dash": "dash"}, PALE))
    hollow = [f"{symbol}-open" if part else symbol for part in unfinished]
    marker = {"color": role, "size": size, "symbol": hollow}
    return [*parts, scatter("markers", **points, marker=marker, cliponaxis=False)]


def _stroke(
    points: Spec, left_out: Sequence[Any], line: Spec, opacity: float = 1
) -> Spec:
    pairs = zip(points["y"], left_out, strict=True)
    drawn = {
        **points,
        "y": [None if out else value for value, out in pairs],
        "hoverinfo": "skip",
        "showlegend": False,
    }
    return scatter("lines", **drawn, line=line, opacity=opacity)


def bar(role: str | list[str], **trace: Any) -> Spec:
    """Bars of one role or of one role each."""
    marker = {"color": role, **trace.pop("marker", {})}
    return {
        "type": "bar",
        "marker": marker,
        "hovertemplate": "%{hovertext}<extra></extra>",
        **trace,
    }
