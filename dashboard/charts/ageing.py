"""Open work by stage: how old it is beside how old work usually is there."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from dashboard.charts import axes, lettering, marks, wording
from dashboard.charts.marks import Spec
from dashboard.theme import number

QUANTILES = ("50 %", "85 %", "95 %")
STROKES = ("context pale", "context", "text")


def ageing(
    rows: pa.Table,
    *,
    stage: str,
    age: str,
    count: str,
    usual: tuple[str, str, str],
    unit: str = "days",
) -> Spec:
    """Dots of open work by stage and age, with three marks of the usual ages there.

    `usual` names the ages that half, 85 % and 95 % of what left the stage had at most.
    Dots beyond the 85 % are late; they grow with their count.
    """
    stages = list(dict.fromkeys(rows[stage].to_pylist()))
    first = {name: i for i, name in reversed(list(enumerate(rows[stage].to_pylist())))}
    bounds = {column: marks.values(rows, column) for column in usual}
    data = [
        _bounds(stages, [ages[first[name]] for name in stages], column, words, unit)
        for (column, ages), words in zip(bounds.items(), QUANTILES, strict=True)
    ]
    data.append(_late_key(count))
    data.append(_dots(rows, stages, stage, age, count, bounds[usual[1]], unit))
    names = [str(trace["name"]) for trace in data]
    longest = max((a for a in marks.values(rows, age) if a is not None), default=1)
    return marks.picture(
        data,
        showlegend=True,
        height=44 * max(len(stages), 1) + 50 + lettering.legend_rows(names),
        xaxis=axes.amounts(unit) | {"showgrid": True, "range": [-0.02, 1.04 * longest]},
        yaxis=axes.listed([wording.short(name) for name in stages]),
    )


def _bounds(
    stages: list[Any], ages: list[float | None], column: str, words: str, unit: str
) -> Spec:
    """A stroke across each stage where so much of the work had left it."""
    shown = [(i, float(a)) for i, a in enumerate(ages) if a is not None]
    return marks.scatter(
        "markers",
        name=f"{words} had left by then",
        x=[a for _, a in shown],
        y=[i for i, _ in shown],
        hovertext=[
            f"{wording.escaped(stages[i])}<br>{words} left at an age of at most "
            f"{wording.said(a, unit)}"
            for i, a in shown
        ],
        customdata=[None] * len(shown),
        meta=column,
        marker={
            "symbol": "line-ns",
            "size": 26,
            "line": {"width": 2, "color": STROKES[QUANTILES.index(words)]},
        },
    )


def _late_key(count: str) -> Spec:
    """An entry of the legend: that of the dots has the colour of the first."""
    return marks.scatter(
        "markers",
        name="Older than 85 %",
        x=[None],
        y=[None],
        customdata=[None],
        meta=count,
        marker={"color": "late", "size": 9},
    )


def _dots(
    rows: pa.Table,
    stages: list[Any],
    stage: str,
    age: str,
    count: str,
    limits: list[Any],
    unit: str,
) -> Spec:
    names, ages, counts = (marks.values(rows, column) for column in (stage, age, count))
    most = max(counts, default=1)
    beyond = [
        limit is not None and a > limit for a, limit in zip(ages, limits, strict=True)
    ]
    return marks.scatter(
        "markers",
        name="Open items",
        x=ages,
        y=[stages.index(name) for name in names],
        customdata=list(range(rows.num_rows)),
        meta=count,
        hovertext=[
            wording.hover(
                wording.escaped(name),
                f"{number(n, 'count')} open, {wording.said(a, unit)} old",
                "older than 85 % were when they left" if late else "",
            )
            for name, a, n, late in zip(names, ages, counts, beyond, strict=True)
        ],
        marker={
            "color": ["late" if late else "accent" for late in beyond],
            "size": [4 + 14 * (n / most) ** 0.5 for n in counts],
            "opacity": 0.8,
            "line": {"color": "background", "width": 0.5},
        },
        cliponaxis=False,
    )
