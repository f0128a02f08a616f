"""Axes: days, amounts, and lists from top to bottom."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from dashboard.charts import marks, wording
from dashboard.charts.marks import Spec

ROW = 26  # pixels of a horizontal bar
NEAR_ZERO = 0.5  # of the largest share: a smallest one below has zero on its axis
FEWEST_TICKS = 3


def along(rows: pa.Table, name: str, drawn: Sequence[str] = ()) -> Spec:
    """The axis of a column: days, numbers or names.

    With columns that are `drawn`, days on which none has a value get no label.
    """
    kind = rows.schema.field(name).type
    if pa.types.is_temporal(kind):
        return {"type": "date", "tickmode": "array", **_ticks(rows, name, drawn)}
    is_number = pa.types.is_integer(kind) or pa.types.is_floating(kind)
    return (
        {"type": "linear", "tickformat": ",~r"} if is_number else {"type": "category"}
    )


def _ticks(rows: pa.Table, name: str, drawn: Sequence[str]) -> Spec:
    """A few of the days that are there; Plotly's own choice of weeks are Sundays."""
    days = _from_first_to_last(rows, name, drawn)
    shown = days[:: -(-len(days) // 4) or 1]
    are_months = len(days) > 1 and all(day.day == 1 for day in days)
    texts, year = [], None
    for day in shown:
        words = f"{day:%b}" if are_months else f"{day.day} {day:%b}"
        texts.append(words if day.year == year else f"{words}<br>{day.year}")
        year = day.year
    return {"tickvals": [day.isoformat() for day in shown], "ticktext": texts}


def _from_first_to_last(rows: pa.Table, name: str, drawn: Sequence[str]) -> list[Any]:
    """The days between those at which something is drawn."""
    values = [marks.values(rows, column) for column in drawn] or [[0] * rows.num_rows]
    listed = zip(rows[name].to_pylist(), zip(*values, strict=True), strict=True)
    known = [(day, v) for day, v in listed if day is not None]
    shown = [day for day, row in known if any(value is not None for value in row)]
    if not shown:
        return []
    return sorted({day for day, _ in known if min(shown) <= day <= max(shown)})


def amounts(unit: str, drawn: tuple[float, float] | None = None) -> Spec:
    """The axis of amounts, with their unit; only shares and indices leave out zero.

    Shares that are `drawn` from near zero on have it, lest a low one seem to be none.
    """
    if unit == "%":
        is_low = drawn is not None and drawn[0] < NEAR_ZERO * drawn[1]
        return {"ticksuffix": " %", **({"rangemode": "tozero"} if is_low else {})}
    start = {} if unit == "index" else {"rangemode": "tozero"}
    return {"title": {"text": wording.escaped(unit)}, "tickformat": ",~r", **start}


def ticks(low: float, high: float, unit: str) -> Spec:
    """From low to high, with round numbers, three at least."""
    places = _round_numbers(low, high)
    sign = " %" if unit == "%" else ""
    return {
        "range": [low, high],
        "tickvals": places,
        "ticktext": [f"{place:,.6g}{sign}" for place in places],
    }


def _round_numbers(low: float, high: float) -> list[float]:
    step = 10.0 ** (math.floor(math.log10(high - low)) + 1)
    for part in (2, 4, 5, 10, 20, 40, 50, 100):
        found = range(math.ceil(low * part / step), math.floor(high * part / step) + 1)
        if len(found) >= FEWEST_TICKS:
            break
    return [place * step / part for place in found]


def padded(rows: pa.Table, name: str) -> Spec:
    """Room at both ends of days, without which an area hides the labels there."""
    days = sorted(day for day in rows[name].to_pylist() if day is not None)
    if not days or days[0] == days[-1]:
        return {}
    ends = [datetime.combine(day, datetime.min.time()) for day in (days[0], days[-1])]
    room = (ends[1] - ends[0]) / 40
    return {"range": [(ends[0] - room).isoformat(), (ends[1] + room).isoformat()]}


def listed(labels: Sequence[str]) -> Spec:
    """An axis of numbered rows, the first on top, each with its label."""
    return {
        "tickmode": "array",
        "tickvals": list(range(len(labels))),
        "ticktext": list(labels),
        "range": [max(len(labels), 1) - 0.5, -0.5],
        "showgrid": False,
        "ticklabelstandoff": 6,
    }


def tall(count: int) -> int:
    """Pixels of a list of so many rows."""
    return ROW * max(count, 1) + 40


def bare(unit: str, values: Sequence[Any]) -> Spec:
    """The axis of bars that carry their numbers: only its unit is left."""
    title = {} if unit == "%" else {"title": {"text": wording.escaped(unit)}}
    span = _span(marks.scaled(values, unit))
    return {"showticklabels": False, "range": span, "showgrid": False, **title}


def _span(values: Iterable[float | None]) -> list[float]:
    """From zero to the longest bar, with room for a number before a negative one."""
    shown = [0.0] + [value for value in values if value is not None]
    low, high = min(shown), max(shown)
    return [low - 0.2 * (high - low) if low < 0 else 0.0, high or 1.0]


def rule(at: float | str, axis: str) -> Spec:
    """A dashed line across a chart."""
    along = "x" if axis == "y" else "y"
    return {
        "type": "line",
        f"{axis}0": at,
        f"{axis}1": at,
        f"{along}0": 0,
        f"{along}1": 1,
        f"{along}ref": "paper",
        "line": {"color": "muted", "width": 1, "dash": "dash"},
    }
