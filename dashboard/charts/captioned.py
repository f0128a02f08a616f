"""Bars whose labels are too long to stand beside them: each under its own caption."""

from __future__ import annotations

import textwrap
from typing import Any

import pyarrow as pa

from dashboard.charts import axes, lettering, marks, wording
from dashboard.charts.marks import Spec
from dashboard.theme import number

LETTERS = 42  # of a caption's line, as on a phone
LINE, BAR, GAP = 17, 14, 14  # pixels


def captioned_bars(
    rows: pa.Table,
    *,
    label: str,
    value: str,
    share: str,
    detail: str,
    detail_name: str,
    unit: str = "items",
    detail_unit: str = "hours",
) -> Spec:
    """Bars from top to bottom, each under its label in full, with its share written.

    `detail` is a further number of each row that the hover tells.
    """
    columns = (label, value, share, detail)
    listed = list(zip(*(marks.values(rows, name) for name in columns), strict=True))
    captions = [_wrapped(row[0]) for row in listed]
    tops, height = _places(captions)
    written = [_written(row[1], row[2]) for row in listed]
    bars = marks.bar(
        "accent",
        name=wording.titled(value),
        orientation="h",
        x=marks.scaled([row[1] for row in listed], unit),
        y=[top + BAR / 2 for top in tops],
        width=BAR,
        customdata=list(range(rows.num_rows)),
        meta=value,
        text=written,
        textposition="outside",
        cliponaxis=False,
        hovertext=[
            wording.hover(
                caption,
                f"{words} {wording.escaped(unit)}",
                f"{detail_name} {wording.said(row[3], detail_unit)}",
            )
            for caption, words, row in zip(captions, written, listed, strict=True)
        ],
    )
    return marks.picture(
        [bars],
        height=height + 24,
        margin=lettering.beyond(written),
        annotations=[
            _caption(words, top) for words, top in zip(captions, tops, strict=True)
        ],
        xaxis=axes.bare("%", [0.01 * (row[1] or 0) for row in listed]),
        yaxis={"range": [height, 0], "visible": False},
    )


def _wrapped(label: Any) -> str:
    """Safe text of several lines."""
    lines = textwrap.wrap(str(label), LETTERS, break_long_words=False)
    return "<br>".join(wording.escaped(line) for line in lines)


def _places(captions: list[str]) -> tuple[list[int], int]:
    """Where each bar begins, in pixels from the top, and the height of all."""
    tops, at = [], 0
    for caption in captions:
        at += LINE * (caption.count("<br>") + 1) + 4
        tops.append(at)
        at += BAR + GAP
    return tops, max(at, BAR)


def _written(amount: Any, share: Any) -> str:
    said = number(amount, "count")
    return said if share is None else f"{said} · {number(share, 'percent')}"


def _caption(words: str, top: int) -> Spec:
    return {
        "text": words,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": top - 2,
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"color": "text"},
    }
