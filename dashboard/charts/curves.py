"""Which share of all is at most so much: one curve, or one for each group."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, islice

import pyarrow as pa

from dashboard.charts import axes, lettering, marks, wording
from dashboard.charts.marks import Spec
from dashboard.theme import number

HEIGHT = 320
DASHES = ("solid", "dash")  # next to each other, no two lines look alike
SHARES = {
    "range": [0, 102],
    "tickvals": list(range(0, 101, 25)),
    "ticktext": [f"{share} %" for share in range(0, 101, 25)],
}


def curve(rows: pa.Table, *, x: str, y: str, unit: str = "days") -> Spec:
    """The share (0 to 1) of all that is at most x, as steps."""
    everything = list(range(rows.num_rows))
    data = [_steps(rows, x, y, everything, wording.titled(y), unit, "accent")]
    return marks.picture(data, xaxis=_along(rows, x, unit), yaxis=SHARES)


def curves(
    rows: pa.Table,
    *,
    x: str,
    y: str,
    by: str,
    names: Sequence[str | None],
    unit: str = "days",
    reference: str | None = None,
) -> Spec:
    """A curve of all, dotted, and one for each group, the first the palest.

    `by` is the place of the name of a row's curve in `names`, of which the first is
    all. Alone it is a curve like any. `reference` is a share of all beside it.
    """
    index = [
        [i for i, at in enumerate(marks.values(rows, by)) if at == place]
        for place in range(len(names))
    ]
    titles = [wording.escaped(name) for name in names]
    last = len(names)
    ramp = [f"order {place} of {last}" for place in range(2, last + 1)]
    roles = ["text", *ramp] if ramp else ["accent"]
    dashes = ["dot", *islice(cycle(DASHES), last - 1)] if ramp else ["solid"]
    data = [
        _steps(rows, x, y, at, title, unit, role, mode="lines", dash=dash)
        for at, title, role, dash in zip(index, titles, roles, dashes, strict=True)
    ]
    if reference:
        title = wording.titled(reference)
        data.append(
            _steps(rows, x, reference, index[0], title, unit, "context", mode="lines")
        )
    shown = [str(trace["name"]) for trace in data]
    is_named = len(shown) > 1
    return marks.picture(
        data,
        xaxis=_along(rows, x, unit),
        yaxis=SHARES,
        showlegend=is_named,
        height=HEIGHT + (lettering.legend_rows(shown) if is_named else 0),
    )


def _along(rows: pa.Table, x: str, unit: str) -> Spec:
    title = {"text": wording.escaped(unit)}
    return axes.along(rows, x) | {"title": title, "rangemode": "tozero"}


def _steps(
    rows: pa.Table,
    x: str,
    y: str,
    index: Sequence[int],
    title: str,
    unit: str,
    role: str,
    mode: str = "lines+markers",
    dash: str = "solid",
) -> Spec:
    places, shares = marks.places(rows, x), marks.values(rows, y)
    at, drawn = marks.values(rows, x), marks.scaled(shares, "%")
    return marks.scatter(
        mode,
        name=title,
        x=[places[i] for i in index],
        y=[drawn[i] for i in index],
        customdata=list(index),
        meta=y,
        hovertext=[
            wording.hover(
                title,
                f"{number(shares[i], 'percent')} within {wording.said(at[i], unit)}",
            )
            for i in index
        ],
        line={"color": role, "width": 2, "shape": "hv", "dash": dash},
        marker={"color": role, "size": marks.SMALL},
    )
