"""Words drawn beside marks, and the room that they need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.charts import marks, wording
from dashboard.charts.marks import Spec
from dashboard.theme import number

End = tuple[str, float, str]  # a line's name, its last value and its role


def end_labels(ends: Sequence[End], low: float, high: float) -> list[Spec]:
    """Names beside the ends of lines, apart from each other."""
    shifts = _apart([y for _, y, _ in ends], low, high)
    return [
        {
            "text": wording.short(name, 16),
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


def ends(name: str, y: Sequence[float | None], role: str) -> list[End]:
    """The end of a line, if anything of it is drawn."""
    shown = [value for value in y if value is not None]
    return [(name, shown[-1], role)] if shown else []


def reach(data: Sequence[Spec], *more: float | None) -> tuple[float, float]:
    """The lowest and the highest value drawn."""
    drawn = [y for trace in data for y in trace["y"]] + list(more)
    known = [y for y in drawn if y is not None]
    return min(known, default=0.0), max(known, default=1.0)


def room(names: Iterable[str]) -> Spec:
    """Margins with room for names at the ends of lines."""
    longest = max((min(len(name), 16) for name in names), default=0)
    return {"l": 8, "r": 14 + 7 * longest, "t": 14, "b": 8}


def beyond(words: Iterable[str], top: int = 8) -> Spec:
    """Margins with room for the words after the longest bar."""
    longest = max((len(word) for word in words), default=0)
    return {"l": 8, "r": 16 + 8 * longest, "t": top, "b": 8}


def legend_rows(names: Sequence[str]) -> int:
    """Pixels above a chart for its legend, wrapped as on a phone."""
    width = sum(7 * len(name) + 46 for name in names)
    return 20 * (1 + width // 340)


def notes(
    notes: Sequence[tuple[int, str, int | None]],
    column: str,
    x: float = 0,
    is_left: bool = True,
    role: str = "muted",
) -> Spec:
    """Words where there is nothing to draw, as (row on screen, words, row number)."""
    return marks.scatter(
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


def dashes(
    values: Sequence[Any], column: str, index: Sequence[int | None]
) -> list[Spec]:
    """A dash where a bar has no value."""
    pairs = enumerate(zip(values, index, strict=True))
    missing = [(at, number(None, "count"), row) for at, (v, row) in pairs if v is None]
    return [notes(missing, column)] if missing else []
