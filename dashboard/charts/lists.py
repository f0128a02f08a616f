"""Bars from top to bottom, ranked, or with the share that they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from dashboard.charts import axes, lettering, marks, wording
from dashboard.charts.marks import Spec
from dashboard.theme import number


def ranked_bars(
    rows: pa.Table,
    *,
    label: str,
    value: str,
    part: str | None = None,
    top: int = 20,
    unit: str = "items",
    part_role: str = "late",
    titles: Sequence[str] = (),
) -> Spec:
    """Bars from top to bottom in the order given; rows beyond `top` become one bar.

    `titles` name the bars and their part, where their columns' names do not.
    """
    columns = [value, part] if part else [value]
    names = [wording.escaped(t) for t in titles] or [*map(wording.titled, columns)]
    labels, values, index = _cut(rows, label, columns, top, unit)
    hover = [
        wording.hover(
            wording.escaped(name),
            *(
                f"{title} {wording.said(amount, unit)}"
                for title, amount in zip(names, amounts, strict=True)
            ),
        )
        for name, *amounts in zip(labels, *values, strict=True)
    ]
    roles = ["context" if row is None else "accent" for row in index]
    whole: str | list[str] = "context pale" if part else roles
    data = [_lying(whole, value, values[0], index, hover, unit, written=True)]
    if part:
        data.append(_lying(part_role, part, values[1], index, hover, unit))
    for trace, title in zip(data, names, strict=True):
        trace["name"] = title
    data += lettering.dashes(values[0], value, index)
    return marks.picture(
        data,
        barmode="overlay",
        showlegend=bool(part),
        height=axes.tall(len(labels)) + (40 if part else 0),
        margin=lettering.beyond(wording.numbers(values[0], unit)),
        xaxis=axes.bare(unit, values[0]),
        yaxis=axes.listed(wording.apart(labels)),
    )


def _cut(
    rows: pa.Table, label: str, columns: Sequence[str], top: int, unit: str
) -> tuple[list[Any], list[list[Any]], list[int | None]]:
    """Labels, values and row numbers of the first rows and the sum of the others."""
    labels, values = marks.values(rows, label), [marks.values(rows, c) for c in columns]
    index: list[int | None] = list(range(rows.num_rows))
    rest = rows.num_rows - top
    if rest <= 0:
        return labels, values, index
    summed = [None if unit == "%" else _sum(column[top:]) for column in values]
    kept = [[*v[:top], total] for v, total in zip(values, summed, strict=True)]
    return [*labels[:top], f"{rest:,} others"], kept, [*index[:top], None]


def _sum(values: Sequence[Any]) -> Any:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _lying(
    role: str | list[str],
    column: str,
    values: Sequence[Any],
    index: list[int | None],
    hover: list[str],
    unit: str,
    written: bool = False,
) -> Spec:
    words = wording.numbers(values, unit)
    text = {"text": words, "textposition": "outside", "cliponaxis": False}
    return marks.bar(
        role,
        name=wording.titled(column),
        orientation="h",
        x=marks.scaled(values, unit),
        y=list(range(len(values))),
        customdata=index,
        meta=column,
        hovertext=hover,
        **(text if written else {}),
    )


def pareto(
    rows: pa.Table, *, label: str, value: str, share: str, unit: str = "items"
) -> Spec:
    """Bars from top to bottom and the cumulative share (0 to 1) as a line over them."""
    labels, values = marks.values(rows, label), marks.values(rows, value)
    shares, index = marks.values(rows, share), list(range(rows.num_rows))
    hover = [
        wording.hover(
            wording.escaped(name),
            f"{wording.titled(value)} {wording.said(v, unit)}",
            f"together with those above {number(part, 'percent')}",
        )
        for name, v, part in zip(labels, values, shares, strict=True)
    ]
    bars = _lying("accent", value, values, list(index), hover, unit, written=True)
    line = marks.scatter(
        "lines+markers",
        name="Cumulative share",
        x=marks.scaled(shares, "%"),
        y=index,
        xaxis="x2",
        cliponaxis=False,
        customdata=index,
        meta=share,
        hovertext=hover,
        line={"color": "text", "width": 1.5},
        marker={"color": "text", "size": 6},
    )
    return marks.picture(
        [bars, line, *lettering.dashes(values, value, index)],
        height=axes.tall(len(labels)) + 60,
        margin=lettering.beyond(wording.numbers(values, unit)),
        xaxis=axes.bare(unit, values),
        xaxis2={
            "overlaying": "x",
            "side": "top",
            "range": [0, 100],
            "tickvals": [0, 50, 100],
            "ticktext": ["0 %", "50 %", "100 %"],
            "showgrid": False,
            "title": {"text": "cumulative share"},
        },
        yaxis=axes.listed([wording.short(name) for name in labels]),
    )
