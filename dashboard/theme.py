"""The one look: colours, fonts and number formats, for light and dark.

Charts name roles ("accent", "late", "order 2 of 5"); only here do they get colours.
Blue and vermilion stay apart for every kind of colour blindness (Okabe and Ito, 2008).
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go

FONT = 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif'
STREAMLIT_FONT = "Inter, system-ui, sans-serif"
CLEAR = "rgba(0,0,0,0)"

LIGHT = {
    "background": "#ffffff",
    "surface": "#f4f6f8",  # sidebar, inputs, hover labels
    "text": "#111a22",  # notes are six tenths of it, and have to be legible
    "muted": "#56616d",  # axis labels, targets, references
    "grid": "#e4e8ec",
    "accent": "#0067a6",  # what matters
    "accent pale": "#b4d2e7",  # the whole of which the accent is a part; unfinished
    "accent band": "rgba(0,103,166,0.16)",  # an interval
    "context": "#8c98a4",  # what it is compared with
    "context pale": "#cdd4da",
    "context band": "rgba(140,152,164,0.20)",  # where points lie while all is as usual
    "late": "#bd4a00",  # late, overdue, over a limit
    "late pale": "#e9a77c",
}
DARK = {
    "background": "#12171d",
    "surface": "#1c232b",
    "text": "#e6ebf0",
    "muted": "#a5b0bc",
    "grid": "#2b343e",
    "accent": "#62b4ea",
    "accent pale": "#2a5270",
    "accent band": "rgba(98,180,234,0.22)",
    "context": "#77838f",
    "context pale": "#46515c",
    "context band": "rgba(119,131,143,0.26)",
    "late": "#f48d4e",
    "late pale": "#8f5129",
}
ORDERED_LIGHT = ("#c5dcec", "#4f97c6", "#003a5f")  # from little to much
ORDERED_DARK = ("#264a66", "#4f9dd2", "#d3ebfb")
COLOUR_KEYS = {
    "color",
    "fillcolor",
    "bgcolor",
    "bordercolor",
    "colorscale",
    "zerolinecolor",
}


def palette(dark: bool) -> dict[str, str]:
    """The colour of every role but the ordered ones."""
    return DARK if dark else LIGHT


def colour(role: str, dark: bool) -> Any:
    """The colour of a role; `scale` is a colour scale, `order 2 of 5` a step of it."""
    if role == "scale":
        stops = ORDERED_DARK if dark else ORDERED_LIGHT
        return [[i / 2, stop] for i, stop in enumerate(stops)]
    if role.startswith("order "):
        step, steps = role.removeprefix("order ").split(" of ")
        return _between(int(step), int(steps), dark)
    if role not in palette(dark):
        raise ValueError(f"A chart names a role that the theme lacks: {role}.")
    return palette(dark)[role]


def _between(step: int, steps: int, dark: bool) -> str:
    stops = ORDERED_DARK if dark else ORDERED_LIGHT
    place = 2 * (step - 1) / (steps - 1) if steps > 1 else 1.0
    first = min(int(place), 1)
    low, high = _rgb(stops[first]), _rgb(stops[first + 1])
    part = place - first
    mixed = (round(a + (b - a) * part) for a, b in zip(low, high, strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def template(dark: bool) -> dict[str, Any]:
    """The Plotly template of a mode."""
    ink = palette(dark)
    axis = {
        "automargin": True,
        "gridcolor": ink["grid"],
        "linecolor": ink["grid"],
        "tickfont": {"size": 12, "color": ink["muted"]},
        "title": {"font": {"size": 12, "color": ink["muted"]}, "standoff": 6},
        "zeroline": False,
        "fixedrange": True,
        "tickangle": 0,
    }
    dimmed = {"unselected": {"marker": {"opacity": 0.45}}}
    return {
        "layout": {
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "font": {"family": FONT, "size": 13, "color": ink["text"]},
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "separators": ".,",
            "bargap": 0.25,
            "bargroupgap": 0.05,
            "xaxis": {
                **axis,
                "showgrid": False,
                "ticks": "",
                "nticks": 7,
                "tickangle": 0,
                "ticklabelstandoff": 6,
            },
            "yaxis": {
                **axis,
                "showgrid": True,
                "ticks": "",
                "nticks": 8,
            },  # three at least
            "hoverlabel": {
                "bgcolor": ink["surface"],
                "bordercolor": ink["grid"],
                "font": {"family": FONT, "size": 13, "color": ink["text"]},
                "align": "left",
            },
            "legend": {
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "y": 1.02,
                "yanchor": "bottom",
                "font": {"size": 12, "color": ink["text"]},
                "itemclick": False,
                "itemdoubleclick": False,
            },
            "annotationdefaults": {
                "showarrow": False,
                "font": {"size": 12, "color": ink["muted"]},
            },
            "colorway": [ink["accent"], ink["context"], ink["late"]],
        },
        "data": {"scatter": [dimmed], "bar": [dimmed]},
    }


def figure(spec: dict[str, Any], dark: bool) -> go.Figure:
    """A builder's plain dict with its roles coloured, checked by Plotly."""
    import plotly.graph_objects as go

    painted = _painted(spec, dark)
    layout = {**painted["layout"], "template": template(dark)}
    checked = go.Figure({"data": painted["data"], "layout": layout})
    written = checked.to_dict()
    # Streamlit has it written anew for each view, and only reads what is written.
    checked.to_dict = lambda: written
    return checked


def _painted(node: Any, dark: bool, key: str = "") -> Any:
    if isinstance(node, dict):
        return {name: _painted(value, dark, name) for name, value in node.items()}
    if key in COLOUR_KEYS and isinstance(node, str):
        return colour(node, dark)
    if isinstance(node, list) and (
        key in COLOUR_KEYS or (node and isinstance(node[0], dict))
    ):
        return [_painted(value, dark, key) for value in node]
    return node


def _streamlit() -> dict[str, Any]:
    options: dict[str, Any] = {
        "theme.font": STREAMLIT_FONT,
        "theme.headingFont": STREAMLIT_FONT,
        "theme.headingFontSizes": ["30px", "24px", "21px", "19px", "17px", "15px"],
        "theme.metricValueFontSize": "28px",
        "theme.baseRadius": "small",
        "theme.showWidgetBorder": True,
    }
    for mode, dark in (("light", False), ("dark", True)):
        ink = palette(dark)
        steps = [_between(step, 10, dark) for step in range(1, 11)]
        options |= {
            f"theme.{mode}.primaryColor": ink["accent"],
            f"theme.{mode}.backgroundColor": ink["background"],
            f"theme.{mode}.secondaryBackgroundColor": ink["surface"],
            f"theme.{mode}.textColor": ink["text"],
            f"theme.{mode}.linkColor": ink["accent"],
            f"theme.{mode}.borderColor": ink["grid"],
            f"theme.{mode}.blueColor": ink["accent"],
            f"theme.{mode}.orangeColor": ink["late"],
            f"theme.{mode}.grayColor": ink["context"],
            f"theme.{mode}.chartCategoricalColors": [
                ink[role] for role in ("accent", "context", "late", "accent pale")
            ],
            f"theme.{mode}.chartSequentialColors": steps,
            f"theme.{mode}.sidebar.backgroundColor": ink["surface"],
            f"theme.{mode}.sidebar.secondaryBackgroundColor": ink["background"],
        }
    return options


STREAMLIT_THEME = _streamlit()


def number(value: Any, kind: str) -> str:
    """A number as a reader writes it; shares and their differences are given 0 to 1.

    Kinds: count, tenths, percent, points, index, hours, days. Nothing to say is a dash.
    """
    if value is None or math.isnan(float(value)):
        return "–"
    return unsigned(_written(float(value), kind))


def unsigned(written: str) -> str:
    """A number that rounds to none has no minus: -0.00 is 0.00."""
    return written if re.search("[1-9]", written) else written.replace("-", "")


def _written(shown: float, kind: str) -> str:
    if kind == "count":
        return f"{shown:,.0f}" if shown.is_integer() else f"{shown:,.1f}"
    if kind == "tenths":
        return f"{shown:,.1f}"
    if kind == "percent":
        return f"{100 * shown:.1f} %"
    if kind == "points":
        points = round(100 * shown, 1)
        return f"{points:+.1f} points" if points else "0.0 points"
    if kind == "index":
        return f"{shown:.2f}"
    if kind == "hours":
        return f"{shown:,.1f} h"
    if kind == "days":
        return f"{shown:,.1f} days"
    raise ValueError(f"A number of the unknown kind {kind}.")
