"""What every chart is made of: values and places of rows, traces and their frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from dashboard.charts import wording

Spec = dict[str, Any]
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


def bar(role: str | list[str], **trace: Any) -> Spec:
    """Bars of one role or of one role each."""
    marker = {"color": role, **trace.pop("marker", {})}
    return {
        "type": "bar",
        "marker": marker,
        "hovertemplate": "%{hovertext}<extra></extra>",
        **trace,
    }
