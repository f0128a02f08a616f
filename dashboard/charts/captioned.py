"""Bars whose labels are too long to stand beside them: each under its own caption."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from dashboard.charts import axes, lettering, marks, wording
from dashboard.charts.marks import Spec
from dashboard.theme import number

ARROW = " → "
LETTERS = 42  # of a caption's line, as on a phone
LINE, BAR, GAP = 16, 14, 14  # pixels
ROLES = ("accent", "context")


def captioned_bars(
    rows: pa.Table,
    *,
    label: Sequence[str],
    value: str,
    detail: tuple[str, str],
    share: str | None = None,
    by: str | None = None,
    order: Sequence[str] = (),
    unit: str = "items",
    detail_unit: str = "hours",
) -> Spec:
    """Bars from top to bottom, each under its label, and what share of all it is.

    Several `label` columns are joined by arrows. `detail` is a column and its name,
    for the hover. Two groups `by` a column are told apart in the given order.
    """
    captions = _captions(rows, label)
    tops, height = _places(captions)
    written = [
        _written(*pair)
        for pair in zip(
            marks.values(rows, value), marks.values(rows, share), strict=True
        )
    ]
    hovers = _hovers(rows, captions, written, unit, detail, detail_unit)
    groups = marks.values(rows, by)
    shown: Sequence[str | None] = order if by else [None]
    data = [
        _bars(
            role,
            group,
            [i for i, own in enumerate(groups) if own == group],
            marks.values(rows, value),
            (tops, written, hovers),
        )
        | {"meta": value}
        for role, group in zip(ROLES, shown, strict=False)
    ]
    room = 40 if by else 0
    return marks.picture(
        data,
        height=height + 24 + room,
        showlegend=by is not None,
        barmode="overlay",
        margin=lettering.beyond(written),
        annotations=[
            _caption(words, top) for words, top in zip(captions, tops, strict=True)
        ],
        xaxis=axes.bare(unit, marks.values(rows, value)) | {"title": {"text": ""}},
        yaxis={"range": [height, 0], "visible": False},
    )


def _captions(rows: pa.Table, label: Sequence[str]) -> list[str]:
    parts = zip(*(marks.values(rows, name) for name in label), strict=True)
    return [_wrapped(ARROW.join(str(part) for part in row)) for row in parts]


def _wrapped(label: str) -> str:
    """Safe text in lines, broken before an arrow where that is possible."""
    lines: list[str] = []
    for step in label.replace(ARROW, f"\n{ARROW.lstrip()}").splitlines():
        if lines and len(lines[-1]) + 1 + len(step) <= LETTERS:
            lines[-1] += f" {step}"
        else:
            lines += textwrap.wrap(step, LETTERS, break_long_words=False)
    return "<br>".join(wording.escaped(line) for line in lines)


def _places(captions: Sequence[str]) -> tuple[list[int], int]:
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


def _hovers(
    rows: pa.Table,
    captions: Sequence[str],
    written: Sequence[str],
    unit: str,
    detail: tuple[str, str],
    detail_unit: str,
) -> list[str]:
    column, name = detail
    told = zip(captions, written, marks.values(rows, column), strict=True)
    return [
        wording.hover(
            caption,
            f"{words} {wording.escaped(unit)}",
            f"{wording.escaped(name)} {wording.said(more, detail_unit)}",
        )
        for caption, words, more in told
    ]


def _bars(
    role: str,
    group: str | None,
    index: list[int],
    amounts: Sequence[Any],
    drawn: tuple[Sequence[int], Sequence[str], Sequence[str]],
) -> Spec:
    tops, written, hovers = drawn
    return marks.bar(
        role,
        name=wording.escaped(group),
        orientation="h",
        x=marks.scaled([amounts[i] for i in index], ""),
        y=[tops[i] + BAR / 2 for i in index],
        width=BAR,
        customdata=index,
        text=[written[i] for i in index],
        textposition="outside",
        cliponaxis=False,
        hovertext=[hovers[i] for i in index],
    )


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
