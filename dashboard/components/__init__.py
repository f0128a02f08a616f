"""The Streamlit pieces that pages are built from."""

from dashboard.components.asking import (
    answer,
    answer_of,
    filters,
    level,
    load,
    missing,
    targets,
)
from dashboard.components.departments import choose, only_with
from dashboard.components.durations import duration_over_time
from dashboard.components.explained import extract
from dashboard.components.figures import chart, table
from dashboard.components.rates import rate_by_group, rate_over_time
from dashboard.components.record_list import records
from dashboard.components.tiles import Tile, tiles

__all__ = [
    "Tile",
    "answer",
    "answer_of",
    "chart",
    "choose",
    "duration_over_time",
    "extract",
    "filters",
    "level",
    "load",
    "missing",
    "only_with",
    "rate_by_group",
    "rate_over_time",
    "records",
    "table",
    "targets",
    "tiles",
]
