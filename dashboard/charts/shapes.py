"""Charts of one shape each: a bridge, a heat map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from dashboard.charts import axes, lettering, marks, wording
from dashboard.charts.marks import Spec
from dashboard.theme import number


def bridge(parts: Sequence[tuple[str, float, str]], *, unit: str = "%") -> Spec:
    """From one number to another: each part a (label, number, `total` or `step`)."""
    bases, at = [], 0.0
    for _, amount, kind in parts:
        bases.append(0.0 if kind == "total" else at)
        at = amount if kind == "total" else at + amount
    said = [_moved(amount, kind, unit) for _, amount, kind in parts]
    roles = [_step_role(amount, kind) for _, amount, kind in parts]
    ends = [base + part[1] for base, part in zip(bases, parts, strict=True)]
    bar = marks.bar(
        roles,
        name="Bridge",
        orientation="h",
        base=marks.scaled(bases, unit),
        x=marks.scaled([amount for _, amount, _ in parts], unit),
        y=list(range(len(parts))),
        customdata=list(range(len(parts))),
        meta="number",
        hovertext=[
            wording.hover(wording.escaped(part[0]), words)
            for part, words in zip(parts, said, strict=True)
        ],
        marker={"line": {"color": "background", "width": 0}},
    )
    tips = [max(base, end) for base, end in zip(bases, ends, strict=True)]
    names = [
        lettering.notes([(i, said[i], i)], "number", tip or 0, role="text")
        for i, tip in enumerate(marks.scaled(tips, unit))
    ]
    return marks.picture(
        [bar, *names],
        height=(axes.ROW + 10) * max(len(parts), 1) + 30,
        margin=lettering.beyond(said),
        xaxis=axes.bare(unit, [*ends, *bases]),
        yaxis=axes.listed([wording.short(label) for label, _, _ in parts]),
    )


def _moved(amount: float, kind: str, unit: str) -> str:
    if kind == "total":
        return wording.said(amount, unit)
    if unit == "%":
        return number(amount, "points")
    return ("+" if amount > 0 else "") + wording.said(amount, unit)


def _step_role(amount: float, kind: str) -> str:
    if kind == "total":
        return "context"
    return "late" if amount < 0 else "accent"


def heat(
    rows: pa.Table,
    *,
    x: str,
    y: str,
    value: str,
    x_labels: Mapping[int, str],
    y_labels: Mapping[int, str],
    unit: str = "items",
) -> Spec:
    """Squares that grow and darken with their value; unlike a heat map's, clickable."""
    columns = (marks.values(rows, name) for name in (x, y, value))
    shown = [
        (i, *row)
        for i, row in enumerate(zip(*columns, strict=True))
        if None not in row and row[2] == row[2]
    ]
    most = max((abs(row[3]) for row in shown), default=0) or 1
    squares = marks.scatter(
        "markers",
        name=wording.titled(value),
        x=[row[1] for row in shown],
        y=[row[2] for row in shown],
        customdata=[row[0] for row in shown],
        meta=value,
        hovertext=[
            wording.hover(
                wording.escaped(f"{y_labels.get(b, b)} {x_labels.get(a, a)}"),
                wording.said(v, unit),
            )
            for _, a, b, v in shown
        ],
        marker={
            "symbol": "square",
            "size": [2 + 8 * (abs(row[3]) / most) ** 0.5 for row in shown],
            "opacity": 1,
            "line": {"width": 0},
            "color": [float(row[3]) for row in shown],
            "colorscale": "scale",
            "cmin": 0,
            "cmax": float(most),
        },
    )
    return marks.picture(
        [squares],
        height=22 * len(y_labels) + 50,
        xaxis=_lettered(x_labels, 8),
        yaxis=_lettered(y_labels, 12, down=True),
    )


def _lettered(labels: Mapping[int, str], most: int, down: bool = False) -> Spec:
    """An axis of numbered places, all in sight, with at most so many labels."""
    step = -(-len(labels) // most) or 1
    kept = list(labels.items())[::step]
    ends = [min(labels, default=0) - 0.5, max(labels, default=0) + 0.5]
    return {
        "tickmode": "array",
        "tickvals": [place for place, _ in kept],
        "ticktext": [wording.escaped(word) for _, word in kept],
        "range": ends[::-1] if down else ends,
        "showgrid": False,
    }
