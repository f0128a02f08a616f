"""The Streamlit pieces that pages are built from."""

from dashboard.components.asking import answer, filters, level, load, missing, targets
from dashboard.components.figures import chart, extract, table
from dashboard.components.record_list import records
from dashboard.components.tiles import Tile, tiles

__all__ = [
    "Tile",
    "answer",
    "chart",
    "extract",
    "filters",
    "level",
    "load",
    "missing",
    "records",
    "table",
    "targets",
    "tiles",
]
