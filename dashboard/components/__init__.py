"""The Streamlit pieces that pages are built from."""

from dashboard.components.asking import answer, earlier, filters, grain, load, targets
from dashboard.components.figures import chart, extract, table
from dashboard.components.tiles import Tile, tiles

__all__ = [
    "Tile",
    "answer",
    "chart",
    "earlier",
    "extract",
    "filters",
    "grain",
    "load",
    "table",
    "targets",
    "tiles",
]
