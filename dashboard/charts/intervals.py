"""Dots with intervals from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from dashboard.charts import axes, lettering, marks, wording
from dashboard.charts.marks import Spec
from dashboard.theme import number


def dots(
    rows: pa.Table,
    *,
    label: str,
    value: str,
    low: str,
    high: str,
    count: str,
    targets: Sequence[float | None] = (),
    unit: str = "%",
) -> Spec:
    """A dot and its interval per row with n; too few for a number is said in words.

    `targets` has one for each row, or None; each is a stroke across its row.
    """
    names = [marks.values(rows, column) for column in (label, value, low, high, count)]
    listed = list(enumerate(zip(*names, strict=True)))
    shown = [(at, row) for at, row in listed if row[1] is not None]
    few = [
        (at, f"too few ({number(row[4], 'count')})", at)
        for at, row in listed
        if row[1] is None
    ]
    aims = marks.scaled(targets or [None] * rows.num_rows, unit)
    edges = marks.scaled([e for _, row in shown for e in row[1:4]], unit) + aims
    known = [edge for edge in edges if edge is not None]
    room = 0.04 * (max(known) - min(known)) or 1.0 if known else 1.0
    left, right = min(known, default=0) - room, max(known, default=1) + room
    middle = (left + right) / 2  # words keep off the targets
    is_left = all(aim is None or aim > middle for aim in aims)
    notes = lettering.notes(few, value, left if is_left else right, is_left)
    strokes = _strokes(aims, marks.values(rows, label), value, unit)
    return marks.picture(
        [_whiskers(shown, value, unit), *strokes, *([notes] if few else [])],
        height=axes.tall(len(listed)) + (60 if strokes else 30),
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
        showlegend=bool(strokes),
        xaxis=axes.amounts(unit) | axes.ticks(left, right, unit) | {"showgrid": True},
        yaxis=axes.listed(
            [f"{wording.short(r[0], 20)} ({number(r[4], 'count')})" for _, r in listed]
        ),
    )


def _strokes(
    aims: Sequence[float | None], names: Sequence[Any], column: str, unit: str
) -> list[Spec]:
    """The target of each row that has one."""
    shown = [(i, aim) for i, aim in enumerate(aims) if aim is not None]
    if not shown:
        return []
    factor = 100 if unit == "%" else 1
    said = [wording.said(aim / factor, unit) for _, aim in shown]
    return [
        marks.scatter(
            "markers",
            name="Target",
            x=[aim for _, aim in shown],
            y=[i for i, _ in shown],
            customdata=[i for i, _ in shown],
            meta=column,
            hovertext=[
                wording.hover(wording.escaped(names[i]), f"Target {aim}")
                for (i, _), aim in zip(shown, said, strict=True)
            ],
            marker={
                "symbol": "line-ns",
                "size": 16,
                "line": {"width": 2, "color": "muted"},
            },
        )
    ]


def _whiskers(
    shown: Sequence[tuple[int, tuple[Any, ...]]], column: str, unit: str
) -> Spec:
    values = marks.scaled([row[1] for _, row in shown], unit)
    lows = marks.scaled([row[2] for _, row in shown], unit)
    highs = marks.scaled([row[3] for _, row in shown], unit)
    return marks.scatter(
        "markers",
        name=wording.titled(column),
        x=values,
        y=[at for at, _ in shown],
        customdata=[at for at, _ in shown],
        meta=column,
        hovertext=[
            wording.hover(
                wording.escaped(name),
                f"{wording.titled(column)} {wording.said(value, unit)}",
                wording.interval(bottom, top, unit),
                f"of {number(n, 'count')}",
            )
            for _, (name, value, bottom, top, n) in shown
        ],
        marker={"color": "accent", "size": 9},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": _distances(highs, values),
            "arrayminus": _distances(values, lows),
            "color": "context",
            "thickness": 2,
            "width": 0,
        },
    )


def _distances(
    far: Sequence[float | None], near: Sequence[float | None]
) -> list[float | None]:
    pairs = zip(far, near, strict=True)
    return [None if a is None or b is None else max(a - b, 0.0) for a, b in pairs]
