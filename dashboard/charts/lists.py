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
    part_role: str | None = None,
    titles: Sequence[str] = (),
) -> Spec:
    """Bars from top to bottom in the order given; rows beyond `top` become one bar.

    `titles` name the bars and their part, where their columns' names do not. Only a
    part that is late has its colour.
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
        role = part_role or marks.role_of(part)
        data.append(_lying(role, part, values[1], index, hover, unit))
        data[0]["text"] = _with_part(values[0], values[1], unit)
    for trace, title in zip(data, names, strict=True):
        trace["name"] = title
    data += lettering.dashes(values[0], value, index)
    return marks.picture(
        data,
        barmode="overlay",
        showlegend=bool(part),
        height=axes.tall(len(labels)) + (40 if part else 0),
        margin=lettering.beyond(data[0]["text"]),
        xaxis=axes.bare(unit, values[0]),
        yaxis=axes.listed(wording.apart(labels)),
    )


def _with_part(whole: Sequence[Any], part: Sequence[Any], unit: str) -> list[str]:
    """Numbers beside bars with that of their part, if there is any: 684 · 97."""
    words = (wording.numbers(whole, unit), wording.numbers(part, unit))
    triples = zip(part, *words, strict=True)
    return [f"{a} · {b}" if some else a for some, a, b in triples]


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
    """Bars from top to bottom, each with its share; `share` is cumulative, 0 to 1."""
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
    bars["text"] = _with_shares(bars["text"], shares)
    return marks.picture(
        [bars, *lettering.dashes(values, value, index)],
        height=axes.tall(len(labels)) + 20,
        margin=lettering.beyond(bars["text"]),
        xaxis=axes.bare(unit, values),
        yaxis=axes.listed([wording.short(name) for name in labels]),
    )


def _with_shares(written: Sequence[str], cumulative: Sequence[Any]) -> list[str]:
    """Numbers beside bars with their own shares of all: 109 · 47 %."""
    before = [0.0, *cumulative][: len(cumulative)]
    return [
        f"{words} · {100 * (upto - start):.0f} %" if words else ""
        for words, upto, start in zip(written, cumulative, before, strict=True)
    ]
