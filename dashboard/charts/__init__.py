"""Chart builders: rows and column names in, a plain Plotly dict with roles out.

Every point carries its row number as `customdata` (None for a sum of rows) and its
trace the column it shows as `meta`, so that a click finds its cases. Colours are roles,
which `theme.figure` resolves. Shares are given 0 to 1 and drawn in percent.
"""

from dashboard.charts.ageing import ageing
from dashboard.charts.captioned import captioned_bars
from dashboard.charts.control import control
from dashboard.charts.curves import curve, curves
from dashboard.charts.flow import bars_and_line
from dashboard.charts.funnel import funnel
from dashboard.charts.grid import grid
from dashboard.charts.intervals import dots
from dashboard.charts.lists import pareto, ranked_bars
from dashboard.charts.matrix import matrix
from dashboard.charts.over_time import trend
from dashboard.charts.remarks import Remark, has_days, remarked
from dashboard.charts.shapes import bridge, heat
from dashboard.charts.stacks import stacked, steps
from dashboard.charts.wording import escaped

__all__ = [
    "Remark",
    "ageing",
    "bars_and_line",
    "bridge",
    "control",
    "captioned_bars",
    "curve",
    "curves",
    "dots",
    "escaped",
    "funnel",
    "grid",
    "has_days",
    "heat",
    "matrix",
    "pareto",
    "ranked_bars",
    "remarked",
    "stacked",
    "steps",
    "trend",
]
