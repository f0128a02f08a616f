"""Groups: amounts on top of each other, or stages as lines."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from dashboard.charts import axes, lettering, marks, wording
from dashboard.charts.marks import Spec
from dashboard.filters import NONE

GREYS = ("context", "context pale")
LATE = ("late pale", "late")
MOST_ENDS = 9  # lines that can be named beside their ends
SKIPPED = "dotted: stages that not all work passes"


def stacked(
    rows: pa.Table,
    *,
    x: str,
    y: str,
    by: str,
    order: Sequence[str] | None = None,
    apart: Sequence[str] = (),
    late: Sequence[str] = (),
    kind: str = "bar",
    orientation: str = "v",
    unit: str = "items",
) -> Spec:
    """Amounts stacked by group from pale to dark, `x` along the axis of places.

    Groups `apart`, two at most, are no step of the order and grey; those that are
    `late`, two at most, have its colour. An area cannot show a gap, so that a missing
    value turns areas into bars.
    """
    groups = _groups(rows, by, order)
    parts = [_part(rows, x, y, by, group, unit) for group in groups]
    is_area = kind == "area" and None not in marks.values(rows, y)
    paired = zip(parts, _roles(groups, apart, late), strict=True)
    if is_area:
        data = [_area(part, role) for part, role in paired]
    else:
        line = {"line": {"color": "background", "width": 1}}
        data = [marks.bar(role, **part, marker=line) for part, role in paired]
    above = lettering.legend_rows([_named(group) for group in groups])
    layout: Spec = {"showlegend": True, "barmode": "stack", "height": 300 + above}
    layout["legend"] = {"traceorder": "normal"}
    if orientation == "h" and not is_area:
        return _sideways(rows, x, data, unit, layout)
    along = axes.along(rows, x) | (axes.padded(rows, x) if is_area else {})
    return marks.picture(data, **layout, xaxis=along, yaxis=axes.amounts(unit))


def _roles(
    groups: list[str | None], apart: Sequence[str], late: Sequence[str]
) -> list[str]:
    steps = [group for group in groups if group not in (*apart, *late)]
    darkest = len(steps) + bool(late)  # which would outshine what is late
    colours = {g: f"order {i} of {darkest}" for i, g in enumerate(steps, start=1)}
    colours.update(zip(apart, GREYS[: len(apart)], strict=True))
    colours.update(zip(late, LATE[: len(late)], strict=True))
    return [colours[group] for group in groups]


def _area(part: Spec, role: str) -> Spec:
    return marks.scatter(
        "lines+markers",
        **part,
        stackgroup="all",
        fillcolor=role,
        line={"color": "background", "width": 1},
        marker={"color": role, "size": marks.SMALL},
    )


def _sideways(
    rows: pa.Table, x: str, data: list[Spec], unit: str, layout: Spec
) -> Spec:
    """The same bars lying, one row per place."""
    places = list(dict.fromkeys(rows[x].to_pylist()))
    own = marks.values(rows, x)
    lying = [
        {
            **trace,
            "orientation": "h",
            "x": trace["y"],
            "y": [places.index(own[i]) for i in trace["customdata"]],
        }
        for trace in data
    ]
    fitted = {
        **layout,
        "height": axes.tall(len(places)) + 20 * len(data) + 30,  # the legend of a phone
        "xaxis": axes.amounts(unit) | {"showgrid": True},
        "yaxis": axes.listed([wording.short(place) for place in places]),
    }
    return marks.picture(lying, **fitted)


def steps(
    rows: pa.Table,
    *,
    x: str,
    y: str,
    by: str,
    order: Sequence[str] | None = None,
    unit: str = "items",
) -> Spec:
    """A cumulative flow: one line per stage, not stacked, named at its end.

    A stage that fewer reached than a later one is passed by: it is grey and dotted, as
    a gap above it is no jam. More lines than their ends have room for have a legend.
    """
    groups = _groups(rows, by, order)
    data = [_stage(_part(rows, x, y, by, group, unit)) for group in groups]
    passed_by = _passed_by(data)
    for i, trace in enumerate(data):
        role = f"order {len(groups) - i + 1} of {len(groups) + 1}"
        _paint(trace, "context" if i in passed_by else role, i in passed_by)
    layout: Spec = {"xaxis": axes.along(rows, x), "yaxis": axes.amounts(unit)}
    if passed_by:
        layout["xaxis"]["title"] = {"text": SKIPPED}
    names = [_named(group) for group in groups]
    if len(groups) > MOST_ENDS:
        height = 320 + lettering.legend_rows(names)
        return marks.picture(data, **layout, showlegend=True, height=height)
    ends = [
        end
        for name, trace in zip(names, data, strict=True)
        for end in lettering.ends(name, trace["y"], "text")
    ]
    return marks.picture(
        data,
        **layout,
        annotations=lettering.end_labels(ends, 0, lettering.reach(data)[1]),
        margin=lettering.room(end[0] for end in ends),
    )


def _stage(part: Spec) -> Spec:
    return marks.scatter("lines+markers", **part)


def _passed_by(data: list[Spec]) -> set[int]:
    """Which stages fewer reached than a later one."""
    last = [next((y for y in reversed(t["y"]) if y is not None), 0.0) for t in data]
    return {i for i, y in enumerate(last) if y < max(last[i:])}


def _paint(trace: Spec, role: str, is_dotted: bool) -> None:
    trace["line"] = {"color": role, "width": 2, "dash": "dot" if is_dotted else "solid"}
    trace["marker"] = {"color": role, "size": marks.SMALL}


def _named(group: object) -> str:
    return NONE if group is None else str(group)


def _groups(rows: pa.Table, by: str, order: Sequence[str] | None) -> list[str | None]:
    """The groups in the wanted order; those it does not name come last."""
    present = list(dict.fromkeys(rows[by].to_pylist()))
    wanted = [group for group in order or () if group in present]
    return wanted + [group for group in present if group not in wanted]


def _part(
    rows: pa.Table, x: str, y: str, by: str, group: str | None, unit: str
) -> Spec:
    """Points of one group with their row numbers."""
    index = [i for i, value in enumerate(rows[by].to_pylist()) if value == group]
    places, names = marks.places(rows, x), marks.values(rows, x)
    amounts, shown = marks.values(rows, y), marks.scaled(marks.values(rows, y), unit)
    title = wording.escaped(group)
    return {
        "name": title,
        "x": [places[i] for i in index],
        "y": [shown[i] for i in index],
        "customdata": index,
        "meta": y,
        "hovertext": [
            wording.hover(
                wording.when(names[i]), f"{title} {wording.said(amounts[i], unit)}"
            )
            for i in index
        ],
    }
