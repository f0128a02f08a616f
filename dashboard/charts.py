"""Chart builders: rows and column names in, a plain Plotly dict with roles out.

Every point carries its row number as `customdata` (None for a sum of rows) and its
trace the column it shows as `meta`, so that a click finds its cases. Colours are roles,
which `theme.figure` resolves. Shares are given 0 to 1 and drawn in percent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

import pyarrow as pa

from dashboard.filters import NONE, day_words
from dashboard.theme import number

Spec = dict[str, Any]
End = tuple[str, float, str]  # a line's name, its last value and its role
LABEL = 24  # characters of a label beside a bar
KINDS = {"%": "percent", "hours": "hours", "days": "days"}
ROW = 26  # pixels of a horizontal bar
SMALL = 4  # pixels of a marker that is there to be clicked


# Words


def escaped(text: object) -> str:
    """Text from data, safe in a Plotly label, which accepts HTML."""
    shown = NONE if text is None else str(text)
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _short(text: object, most: int = LABEL) -> str:
    shown = NONE if text is None else str(text)
    return escaped(shown if len(shown) <= most else shown[: most - 1].rstrip() + "…")


def _words(column: str) -> str:
    for ending in ("_items", "_share", "_hours", "_days"):
        column = column.removesuffix(ending)
    return escaped(column.replace("_", " ").capitalize())


def _said(value: Any, unit: str) -> str:
    if unit in KINDS or value is None:
        return number(value, KINDS.get(unit, "count"))
    return f"{number(value, 'count')} {escaped(unit)}".rstrip()


def _when(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{day_words(value)}, {value:%H:%M}"
    return day_words(value) if isinstance(value, date) else escaped(value)


def _hover(*lines: str) -> str:
    return "<br>".join(line for line in lines if line)


# Columns, axes and layouts


def _values(rows: pa.Table, name: str | None) -> list[Any]:
    return rows[name].to_pylist() if name else [None] * rows.num_rows


def _scaled(values: Iterable[Any], unit: str) -> list[float | None]:
    factor = 100.0 if unit == "%" else 1.0
    return [None if v is None or v != v else float(v) * factor for v in values]


def _places(rows: pa.Table, name: str) -> list[Any]:
    """Values of an axis: moments in ISO, numbers as they are, else safe text."""
    kind = rows.schema.field(name).type
    values = rows[name].to_pylist()
    if pa.types.is_temporal(kind):
        return [None if v is None else v.isoformat() for v in values]
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return values
    return [_short(v) for v in values]


def _along(rows: pa.Table, name: str) -> Spec:
    kind = rows.schema.field(name).type
    if pa.types.is_temporal(kind):
        return {"type": "date", "tickmode": "array", **_ticks(rows, name)}
    is_number = pa.types.is_integer(kind) or pa.types.is_floating(kind)
    return {"type": "linear" if is_number else "category"}


def _ticks(rows: pa.Table, name: str) -> Spec:
    """A few of the days that are there; Plotly's own choice of weeks are Sundays."""
    days = sorted({day for day in rows[name].to_pylist() if day is not None})
    shown = days[:: -(-len(days) // 5) or 1]
    are_months = len(days) > 1 and all(day.day == 1 for day in days)
    texts, year = [], None
    for day in shown:
        words = f"{day:%b}" if are_months else f"{day.day} {day:%b}"
        texts.append(words if day.year == year else f"{words}<br>{day.year}")
        year = day.year
    return {"tickvals": [day.isoformat() for day in shown], "ticktext": texts}


def _amounts(unit: str) -> Spec:
    if unit == "%":
        return {"ticksuffix": " %"}
    return {"title": {"text": escaped(unit)}, "tickformat": ",~r"}


def _picture(data: list[Spec], **layout: Any) -> Spec:
    fixed = {
        "height": 320,
        "clickmode": "event+select",
        "dragmode": False,
        "hovermode": "closest",
        "showlegend": False,
    }
    return {"data": data, "layout": {**fixed, **layout}}


def _scatter(mode: str, **trace: Any) -> Spec:
    return {
        "type": "scatter",
        "mode": mode,
        "connectgaps": False,
        "hovertemplate": "%{hovertext}<extra></extra>",
        **trace,
    }


def _bar(role: str | list[str], **trace: Any) -> Spec:
    marker = {"color": role, **trace.pop("marker", {})}
    return {
        "type": "bar",
        "marker": marker,
        "hovertemplate": "%{hovertext}<extra></extra>",
        **trace,
    }


def _legend_rows(names: Sequence[str]) -> int:
    """Pixels above a chart for its legend, wrapped as on a phone."""
    width = sum(7 * len(name) + 46 for name in names)
    return 20 * (1 + width // 340)


def _apart(values: Sequence[float], low: float, high: float) -> list[float]:
    """Pixels by which labels at these values move up so that none covers another."""
    span = high - low or 1
    shifts = [0.0] * len(values)
    floor = float("-inf")
    for i in sorted(range(len(values)), key=lambda i: values[i]):
        at = (values[i] - low) / span * 250
        floor = max(at, floor + 16)
        shifts[i] = floor - at
    return shifts


def _end_labels(ends: Sequence[End], low: float, high: float) -> list[Spec]:
    """Names beside the ends of lines, apart from each other."""
    shifts = _apart([y for _, y, _ in ends], low, high)
    return [
        {
            "text": _short(name, 16),
            "x": 1,
            "xref": "paper",
            "y": y,
            "xanchor": "left",
            "yanchor": "middle",
            "xshift": 6,
            "yshift": shift,
            "showarrow": False,
            "font": {"color": role},
        }
        for (name, y, role), shift in zip(ends, shifts, strict=True)
    ]


def _room(names: Iterable[str]) -> Spec:
    longest = max((min(len(name), 16) for name in names), default=0)
    return {"l": 8, "r": 14 + 7 * longest, "t": 14, "b": 8}


# Over time


def trend(
    rows: pa.Table,
    *,
    x: str,
    y: str,
    low: str | None = None,
    high: str | None = None,
    count: str | None = None,
    partial: str | None = None,
    target: float | None = None,
    unit: str = "%",
    reference: str | None = None,
    name: str | None = None,
    reference_name: str | None = None,
    from_zero: bool = False,
) -> Spec:
    """One line over time with its interval; a missing value is a gap, never a zero."""
    places, main = _places(rows, x), _scaled(_values(rows, y), unit)
    title = escaped(name) if name else _words(y)
    data, ends = [], []
    if low and high:
        data.append(_band(rows, places, main, low, high, y, unit))
    if reference:
        other = _scaled(_values(rows, reference), unit)
        other_title = reference_name or _words(reference)
        data.append(_reference(rows, x, reference, places, other, other_title, unit))
        ends += _ends(other_title, other, "muted")
        ends += _ends(name or _words(y), main, "accent")
    hover = _trend_hover(rows, x, y, low, high, count, partial, title, unit)
    data.append(_line(rows, places, main, partial, hover, title, y))
    line = _scaled([target], unit)[0]
    if line is not None:
        ends.append((f"Target {_said(target, unit)}", line, "muted"))
    axis = _amounts(unit) | ({"rangemode": "tozero"} if from_zero else {})
    bottom, top = _reach(data, line)
    layout: Spec = {"xaxis": _along(rows, x), "yaxis": axis}
    if ends:
        layout["annotations"] = _end_labels(ends, 0 if from_zero else bottom, top)
        layout["margin"] = _room(end[0] for end in ends)
    if line is not None:  # it stays in sight
        layout["shapes"] = [_rule(line, "y")]
        layout["yaxis"] = axis | {"autorangeoptions": {"include": line}}
    return _picture(data, **layout)


def _ends(name: str, y: Sequence[float | None], role: str) -> list[End]:
    shown = [value for value in y if value is not None]
    return [(name, shown[-1], role)] if shown else []


def _reach(data: Sequence[Spec], *more: float | None) -> tuple[float, float]:
    """The lowest and the highest value drawn."""
    drawn = [y for trace in data for y in trace["y"]] + list(more)
    known = [y for y in drawn if y is not None]
    return min(known, default=0.0), max(known, default=1.0)


def _line(
    rows: pa.Table,
    x: list[Any],
    y: list[float | None],
    partial: str | None,
    hover: list[str],
    title: str,
    column: str,
) -> Spec:
    unfinished = _values(rows, partial)
    symbols = ["circle-open" if part else "circle" for part in unfinished]
    return _scatter(
        "lines+markers",
        name=title,
        x=x,
        y=y,
        customdata=list(range(rows.num_rows)),
        meta=column,
        hovertext=hover,
        line={"color": "accent", "width": 2},
        marker={"color": "accent", "size": 7, "symbol": symbols},
    )


def _trend_hover(
    rows: pa.Table,
    x: str,
    y: str,
    low: str | None,
    high: str | None,
    count: str | None,
    partial: str | None,
    title: str,
    unit: str,
) -> list[str]:
    columns = [_values(rows, column) for column in (x, y, low, high, count, partial)]
    return [
        _hover(
            _when(at),
            f"{title} {_said(value, unit)}",
            ""
            if bottom is None
            else f"95 % interval {_said(bottom, unit)} to {_said(top, unit)}",
            "" if n is None else f"n {number(n, 'count')}",
            "so far, not complete" if part else "",
        )
        for at, value, bottom, top, n, part in zip(*columns, strict=True)
    ]


def _reference(
    rows: pa.Table,
    x: str,
    column: str,
    places: list[Any],
    y: list[float | None],
    title: str,
    unit: str,
) -> Spec:
    pairs = zip(_values(rows, x), _values(rows, column), strict=True)
    return _scatter(
        "lines+markers",
        name=escaped(title),
        x=places,
        y=y,
        customdata=list(range(rows.num_rows)),
        meta=column,
        hovertext=[
            _hover(_when(at), f"{escaped(title)} {_said(v, unit)}") for at, v in pairs
        ],
        line={"color": "context", "width": 1.5, "dash": "dot"},
        marker={"color": "context", "size": SMALL},
    )


def _band(
    rows: pa.Table,
    x: list[Any],
    y: list[float | None],
    low: str,
    high: str,
    column: str,
    unit: str,
) -> Spec:
    """The interval as one outline per run without gaps; a run of one is a stroke."""
    bottom, top = _scaled(_values(rows, low), unit), _scaled(_values(rows, high), unit)
    whole = [
        None not in ends for ends in zip(bottom, top, y, strict=True)
    ]  # a gap of any is a gap of the band
    xs: list[Any] = []
    ys: list[float | None] = []
    index: list[int | None] = []
    for shown, group in groupby(range(len(x)), key=whole.__getitem__):
        run = list(group)
        if not shown:
            continue
        around = run + run[::-1]
        xs += [x[i] for i in around] + [None]
        ys += [bottom[i] for i in run] + [top[i] for i in run[::-1]] + [None]
        index += [*around, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "fill": "toself",
        "x": xs,
        "y": ys,
        "customdata": index,
        "meta": column,
        "fillcolor": "accent band",
        "line": {"color": "accent band", "width": 1.5},
        "hoverinfo": "skip",
        "name": "95 % interval",
    }


def _rule(at: float, axis: str) -> Spec:
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


def bars_and_line(
    rows: pa.Table,
    *,
    x: str,
    bars: Mapping[str, str],
    line: tuple[str, str] | None = None,
    partial: str | None = None,
    unit: str = "items",
) -> Spec:
    """Groups of bars over time and a line on the same axis."""
    roles = ("context", "accent", "late")
    data = [
        _time_bar(rows, x, column, title, roles[i % 3], partial, unit)
        for i, (column, title) in enumerate(bars.items())
    ]
    if line:
        data.append(_net_line(rows, x, line, partial, unit))
    return _picture(
        data,
        barmode="group",
        showlegend=True,
        xaxis=_along(rows, x),
        yaxis=_amounts(unit) | {"zeroline": True, "zerolinecolor": "context"},
    )


def _time_bar(
    rows: pa.Table,
    x: str,
    column: str,
    title: str,
    role: str,
    partial: str | None,
    unit: str,
) -> Spec:
    unfinished = [bool(part) for part in _values(rows, partial)]
    return _bar(
        role,
        name=escaped(title),
        x=_places(rows, x),
        y=_scaled(_values(rows, column), unit),
        customdata=list(range(rows.num_rows)),
        meta=column,
        hovertext=_time_hover(rows, x, column, title, partial, unit),
        marker={
            "color": [f"{role} pale" if part else role for part in unfinished],
            "line": {"color": role, "width": [1.5 if p else 0 for p in unfinished]},
        },
        legendgroup=column,
    )


def _time_hover(
    rows: pa.Table, x: str, column: str, title: str, partial: str | None, unit: str
) -> list[str]:
    columns = (_values(rows, name) for name in (x, column, partial))
    return [
        _hover(
            _when(at),
            f"{escaped(title)} {_said(value, unit)}",
            "so far, not complete" if part else "",
        )
        for at, value, part in zip(*columns, strict=True)
    ]


def _net_line(
    rows: pa.Table, x: str, line: tuple[str, str], partial: str | None, unit: str
) -> Spec:
    column, title = line
    symbols = ["diamond-open" if part else "diamond" for part in _values(rows, partial)]
    return _scatter(
        "lines+markers",
        name=escaped(title),
        x=_places(rows, x),
        y=_scaled(_values(rows, column), unit),
        customdata=list(range(rows.num_rows)),
        meta=column,
        hovertext=_time_hover(rows, x, column, title, partial, unit),
        line={"color": "text", "width": 1.5},
        marker={"color": "text", "size": 7, "symbol": symbols},
    )


def steps(
    rows: pa.Table,
    *,
    x: str,
    y: str,
    by: str,
    order: Sequence[str] | None = None,
    unit: str = "items",
) -> Spec:
    """A cumulative flow: one line per stage, not stacked, named at its end."""
    groups = _groups(rows, by, order)
    data, ends = [], []
    for i, group in enumerate(groups, 1):
        role = f"order {len(groups) - i + 2} of {len(groups) + 1}"
        trace = _stage(rows, x, y, by, group, role, unit)
        data.append(trace)
        ends += _ends(_named(group), trace["y"], "text")
    return _picture(
        data,
        xaxis=_along(rows, x),
        yaxis=_amounts(unit) | {"rangemode": "tozero"},
        annotations=_end_labels(ends, 0, _reach(data)[1]),
        margin=_room(end[0] for end in ends),
    )


def _stage(
    rows: pa.Table, x: str, y: str, by: str, group: str | None, role: str, unit: str
) -> Spec:
    trace = _part(rows, x, y, by, group, unit)
    return _scatter(
        "lines+markers",
        **trace,
        line={"color": role, "width": 2},
        marker={"color": role, "size": SMALL},
    )


# Groups


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
    places, names = _places(rows, x), _values(rows, x)
    amounts, shown = _values(rows, y), _scaled(_values(rows, y), unit)
    title = escaped(group)
    return {
        "name": title,
        "x": [places[i] for i in index],
        "y": [shown[i] for i in index],
        "customdata": index,
        "meta": y,
        "hovertext": [
            _hover(_when(names[i]), f"{title} {_said(amounts[i], unit)}") for i in index
        ],
    }


def stacked(
    rows: pa.Table,
    *,
    x: str,
    y: str,
    by: str,
    order: Sequence[str] | None = None,
    kind: str = "bar",
    orientation: str = "v",
    unit: str = "items",
) -> Spec:
    """Amounts stacked by group from pale to dark, `x` along the axis of places.

    An area cannot show a gap, so that a missing value turns areas into bars.
    """
    groups = _groups(rows, by, order)
    parts = [_part(rows, x, y, by, group, unit) for group in groups]
    is_area = kind == "area" and None not in _values(rows, y)
    roles = [f"order {i} of {len(groups)}" for i in range(1, len(groups) + 1)]
    paired = zip(parts, roles, strict=True)
    if is_area:
        data = [_area(part, role) for part, role in paired]
    else:
        line = {"line": {"color": "background", "width": 1}}
        data = [_bar(role, **part, marker=line) for part, role in paired]
    above = _legend_rows([_named(group) for group in groups])
    layout: Spec = {"showlegend": True, "barmode": "stack", "height": 300 + above}
    layout["legend"] = {"traceorder": "normal"}
    if orientation == "h" and not is_area:
        return _sideways(rows, x, data, unit, layout)
    return _picture(data, **layout, xaxis=_along(rows, x), yaxis=_amounts(unit))


def _area(part: Spec, role: str) -> Spec:
    return _scatter(
        "lines+markers",
        **part,
        stackgroup="all",
        fillcolor=role,
        line={"color": "background", "width": 1},
        marker={"color": role, "size": SMALL},
    )


def _sideways(
    rows: pa.Table, x: str, data: list[Spec], unit: str, layout: Spec
) -> Spec:
    """The same bars lying, one row per place."""
    places = list(dict.fromkeys(rows[x].to_pylist()))
    own = _values(rows, x)
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
        "height": _tall(len(places)) + 20 * len(data) + 30,  # the legend of a phone
        "xaxis": _amounts(unit) | {"showgrid": True},
        "yaxis": _listed([_short(place) for place in places]),
    }
    return _picture(lying, **fitted)


# Lists from top to bottom


def _listed(labels: Sequence[str]) -> Spec:
    """An axis of numbered rows, the first on top, each with its label."""
    return {
        "tickmode": "array",
        "tickvals": list(range(len(labels))),
        "ticktext": list(labels),
        "range": [max(len(labels), 1) - 0.5, -0.5],
        "showgrid": False,
        "ticklabelstandoff": 6,
    }


def _tall(count: int) -> int:
    return ROW * max(count, 1) + 40


def _span(values: Iterable[float | None]) -> list[float]:
    """From zero to the longest bar, with room for a number before a negative one."""
    shown = [0.0] + [value for value in values if value is not None]
    low, high = min(shown), max(shown)
    return [low - 0.2 * (high - low) if low < 0 else 0.0, high or 1.0]


def _beyond(words: Iterable[str], top: int = 8) -> Spec:
    """Margins with room for the words after the longest bar."""
    longest = max((len(word) for word in words), default=0)
    return {"l": 8, "r": 16 + 8 * longest, "t": top, "b": 8}


def _notes(
    notes: Sequence[tuple[int, str, int | None]],
    column: str,
    x: float = 0,
    is_left: bool = True,
    role: str = "muted",
) -> Spec:
    """Words where there is nothing to draw, as (row on screen, words, row number)."""
    return _scatter(
        "text",
        x=[x] * len(notes),
        y=[at for at, _, _ in notes],
        text=[f"\u00a0{words}\u00a0" for _, words, _ in notes],
        cliponaxis=False,
        hovertext=[words for _, words, _ in notes],
        textposition="middle right" if is_left else "middle left",
        textfont={"color": role, "size": 12},
        customdata=[row for _, _, row in notes],
        meta=column,
        showlegend=False,
    )


def _cut(
    rows: pa.Table, label: str, columns: Sequence[str], top: int, unit: str
) -> tuple[list[Any], list[list[Any]], list[int | None]]:
    """Labels, values and row numbers of the first rows and the sum of the others."""
    labels, values = _values(rows, label), [_values(rows, c) for c in columns]
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


def ranked_bars(
    rows: pa.Table,
    *,
    label: str,
    value: str,
    part: str | None = None,
    top: int = 20,
    unit: str = "items",
    part_role: str = "late",
) -> Spec:
    """Bars from top to bottom in the order given; rows beyond `top` become one bar."""
    columns = [value, part] if part else [value]
    labels, values, index = _cut(rows, label, columns, top, unit)
    hover = [
        _hover(
            escaped(name),
            *(
                f"{_words(column)} {_said(amount, unit)}"
                for column, amount in zip(columns, amounts, strict=True)
            ),
        )
        for name, *amounts in zip(labels, *values, strict=True)
    ]
    roles = ["context" if row is None else "accent" for row in index]
    whole: str | list[str] = "context pale" if part else roles
    data = [_lying(whole, value, values[0], index, hover, unit, written=True)]
    if part:
        data.append(_lying(part_role, part, values[1], index, hover, unit))
    data += _dashes(values[0], value, index)
    return _picture(
        data,
        barmode="overlay",
        showlegend=bool(part),
        height=_tall(len(labels)) + (40 if part else 0),
        margin=_beyond(_numbers(values[0], unit)),
        xaxis=_bare(unit, values[0]),
        yaxis=_listed([_short(name) for name in labels]),
    )


def _lying(
    role: str | list[str],
    column: str,
    values: Sequence[Any],
    index: list[int | None],
    hover: list[str],
    unit: str,
    written: bool = False,
) -> Spec:
    words = _numbers(values, unit)
    text = {"text": words, "textposition": "outside", "cliponaxis": False}
    return _bar(
        role,
        name=_words(column),
        orientation="h",
        x=_scaled(values, unit),
        y=list(range(len(values))),
        customdata=index,
        meta=column,
        hovertext=hover,
        **(text if written else {}),
    )


def _numbers(values: Sequence[Any], unit: str) -> list[str]:
    own = unit if unit in KINDS else ""
    return ["" if v is None else _said(v, own) for v in values]


def _dashes(
    values: Sequence[Any], column: str, index: Sequence[int | None]
) -> list[Spec]:
    pairs = enumerate(zip(values, index, strict=True))
    missing = [(at, number(None, "count"), row) for at, (v, row) in pairs if v is None]
    return [_notes(missing, column)] if missing else []


def _bare(unit: str, values: Sequence[Any]) -> Spec:
    """The axis of bars that carry their numbers: only its unit is left."""
    title = {} if unit == "%" else {"title": {"text": escaped(unit)}}
    span = _span(_scaled(values, unit))
    return {"showticklabels": False, "range": span, "showgrid": False, **title}


def dots(
    rows: pa.Table,
    *,
    label: str,
    value: str,
    low: str,
    high: str,
    count: str,
    target: float | None = None,
    unit: str = "%",
) -> Spec:
    """A dot and its interval per row with n; too few for a number is said in words."""
    names = [_values(rows, column) for column in (label, value, low, high, count)]
    listed = list(enumerate(zip(*names, strict=True)))
    shown = [(at, row) for at, row in listed if row[1] is not None]
    few = [
        (at, f"too few (n {number(row[4], 'count')})", at)
        for at, row in listed
        if row[1] is None
    ]
    edges = _scaled([e for _, row in shown for e in row[1:4]] + [target], unit)
    known = [edge for edge in edges if edge is not None]
    room = 0.04 * (max(known) - min(known)) or 1.0 if known else 1.0
    left, right = min(known, default=0) - room, max(known, default=1) + room
    at = _scaled([target], unit)[0]
    is_left = at is None or at > (left + right) / 2  # words keep off the target
    notes = _notes(few, value, left if is_left else right, is_left)
    return _picture(
        [_whiskers(shown, value, unit), *([notes] if few else [])],
        height=_tall(len(listed)) + 30,
        margin={"l": 8, "r": 16, "t": 8 if at is None else 24, "b": 8},
        shapes=[] if at is None else [_rule(at, "x")],
        annotations=[] if at is None else [_above(at, f"Target {_said(target, unit)}")],
        xaxis=_amounts(unit) | {"showgrid": True, "range": [left, right]},
        yaxis=_listed(
            [f"{_short(r[0], 20)}  n {number(r[4], 'count')}" for _, r in listed]
        ),
    )


def _above(at: float, words: str) -> Spec:
    """Words over a line that stands."""
    return {
        "text": words,
        "x": at,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"color": "muted"},
    }


def _whiskers(
    shown: Sequence[tuple[int, tuple[Any, ...]]], column: str, unit: str
) -> Spec:
    values = _scaled([row[1] for _, row in shown], unit)
    lows = _scaled([row[2] for _, row in shown], unit)
    highs = _scaled([row[3] for _, row in shown], unit)
    return _scatter(
        "markers",
        name=_words(column),
        x=values,
        y=[at for at, _ in shown],
        customdata=[at for at, _ in shown],
        meta=column,
        hovertext=[
            _hover(
                escaped(name),
                f"{_words(column)} {_said(value, unit)}",
                f"95 % interval {_said(bottom, unit)} to {_said(top, unit)}",
                f"n {number(n, 'count')}",
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


def pareto(
    rows: pa.Table, *, label: str, value: str, share: str, unit: str = "items"
) -> Spec:
    """Bars from top to bottom and the cumulative share (0 to 1) as a line over them."""
    labels, values = _values(rows, label), _values(rows, value)
    shares, index = _values(rows, share), list(range(rows.num_rows))
    hover = [
        _hover(
            escaped(name),
            f"{_words(value)} {_said(v, unit)}",
            f"together with those above {number(part, 'percent')}",
        )
        for name, v, part in zip(labels, values, shares, strict=True)
    ]
    bars = _lying("accent", value, values, list(index), hover, unit, written=True)
    line = _scatter(
        "lines+markers",
        name="Cumulative share",
        x=_scaled(shares, "%"),
        y=index,
        xaxis="x2",
        cliponaxis=False,
        customdata=index,
        meta=share,
        hovertext=hover,
        line={"color": "text", "width": 1.5},
        marker={"color": "text", "size": 6},
    )
    return _picture(
        [bars, line, *_dashes(values, value, index)],
        height=_tall(len(labels)) + 60,
        margin=_beyond(_numbers(values, unit)),
        xaxis=_bare(unit, values),
        xaxis2={
            "overlaying": "x",
            "side": "top",
            "range": [0, 100],
            "tickvals": [0, 50, 100],
            "ticktext": ["0 %", "50 %", "100 %"],
            "showgrid": False,
            "title": {"text": "cumulative share"},
        },
        yaxis=_listed([_short(name) for name in labels]),
    )


def bridge(parts: Sequence[tuple[str, float, str]], *, unit: str = "%") -> Spec:
    """From one number to another: each part a (label, number, `total` or `step`)."""
    bases, at = [], 0.0
    for _, amount, kind in parts:
        bases.append(0.0 if kind == "total" else at)
        at = amount if kind == "total" else at + amount
    said = [_moved(amount, kind, unit) for _, amount, kind in parts]
    roles = [_step_role(amount, kind) for _, amount, kind in parts]
    ends = [base + part[1] for base, part in zip(bases, parts, strict=True)]
    bar = _bar(
        roles,
        name="Bridge",
        orientation="h",
        base=_scaled(bases, unit),
        x=_scaled([amount for _, amount, _ in parts], unit),
        y=list(range(len(parts))),
        customdata=list(range(len(parts))),
        meta="number",
        hovertext=[
            _hover(escaped(part[0]), words)
            for part, words in zip(parts, said, strict=True)
        ],
        marker={"line": {"color": "background", "width": 0}},
    )
    tips = [max(base, end) for base, end in zip(bases, ends, strict=True)]
    names = [
        _notes([(i, said[i], i)], "number", tip or 0, role="text")
        for i, tip in enumerate(_scaled(tips, unit))
    ]
    return _picture(
        [bar, *names],
        height=(ROW + 10) * max(len(parts), 1) + 30,
        margin=_beyond(said),
        xaxis=_bare(unit, [*ends, *bases]),
        yaxis=_listed([_short(label) for label, _, _ in parts]),
    )


def _moved(amount: float, kind: str, unit: str) -> str:
    if kind == "total":
        return _said(amount, unit)
    if unit == "%":
        return number(amount, "points")
    return ("+" if amount > 0 else "") + _said(amount, unit)


def _step_role(amount: float, kind: str) -> str:
    if kind == "total":
        return "context"
    return "late" if amount < 0 else "accent"


# Two measures


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
    columns = (_values(rows, name) for name in (x, y, value))
    shown = [
        (i, *row)
        for i, row in enumerate(zip(*columns, strict=True))
        if None not in row and row[2] == row[2]
    ]
    most = max((abs(row[3]) for row in shown), default=0) or 1
    squares = _scatter(
        "markers",
        name=_words(value),
        x=[row[1] for row in shown],
        y=[row[2] for row in shown],
        customdata=[row[0] for row in shown],
        meta=value,
        hovertext=[
            _hover(
                f"{escaped(y_labels.get(b, b))} {escaped(x_labels.get(a, a))}",
                _said(v, unit),
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
    return _picture(
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
        "ticktext": [escaped(word) for _, word in kept],
        "range": ends[::-1] if down else ends,
        "showgrid": False,
    }


def curve(rows: pa.Table, *, x: str, y: str, unit: str = "days") -> Spec:
    """The share (0 to 1) of all that is at most x, as steps."""
    pairs = zip(_values(rows, x), _values(rows, y), strict=True)
    line = _scatter(
        "lines+markers",
        name=_words(y),
        x=_places(rows, x),
        y=_scaled(_values(rows, y), "%"),
        customdata=list(range(rows.num_rows)),
        meta=y,
        hovertext=[
            f"{number(share, 'percent')} within {_said(at, unit)}"
            for at, share in pairs
        ],
        line={"color": "accent", "width": 2, "shape": "hv"},
        marker={"color": "accent", "size": SMALL},
    )
    along = _along(rows, x) | {"title": {"text": escaped(unit)}, "rangemode": "tozero"}
    tens = range(0, 101, 25)
    axis = {
        "range": [0, 102],
        "tickvals": list(tens),
        "ticktext": [f"{ten} %" for ten in tens],
    }
    return _picture([line], xaxis=along, yaxis=axis)
