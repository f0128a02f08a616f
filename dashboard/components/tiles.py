"""Tiles: one number each, with its change, its target and its n."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from dashboard import words
from dashboard.answers import Answer
from dashboard.components.asking import earlier
from dashboard.components.cases import choose_cases
from dashboard.filters import period_words

NARROWEST = 150  # pixels: two beside each other on a phone


@dataclass(frozen=True)
class Tile:
    """A number of an answer, of its one row or of all its rows pooled.

    `better` says which way is good; None for neither. `target` is in the unit of the
    column. A rate is shown in percent with its interval and n.
    """

    answer: Answer
    label: str
    column: str
    better: Literal["up", "down"] | None = None
    target: float | None = None
    unit: str = ""


def tiles(*shown: Tile) -> None:
    """Tiles, each against the same view one period earlier."""
    answers = {tile.answer.query.name: tile.answer for tile in shown}
    rows = {n: (_only_row(a), _only_row(earlier(a))) for n, a in answers.items()}
    grid = st.grid(4, min_column_width=NARROWEST, border=True)
    for tile in shown:
        with grid.cell():
            _tile(tile, *rows[tile.answer.query.name])
    since = shown[0].answer.question.filters.earlier()
    moment = words.moment(since.as_of, since.zone)
    st.caption(
        f"Changes are against {period_words(since.start, since.end)}, "
        f"as it stood on {moment}."
    )


def _only_row(answer: Answer) -> dict[str, Any]:
    """The one row of an answer, else all its rows pooled."""
    if answer.rows.num_rows == 1:
        return answer.rows.to_pylist()[0]
    return answer.total()


def _tile(tile: Tile, row: dict[str, Any], old: dict[str, Any]) -> None:
    now = tile.answer
    rate = next((r for r in now.query.rates if r.name == tile.column), None)
    value, was = row.get(tile.column), old.get(tile.column)
    st.metric(
        tile.label,
        words.percent(value) if rate else _number(value, tile.unit),
        _change(value, was, bool(rate), tile.unit),
        delta_color=_colour(value, was, tile.better),
        help=now.query.columns.get(tile.column) or now.query.question,
    )
    if small := _beneath(tile, row, rate):
        st.caption(small)
    counted = rate.denominator if rate else tile.column
    if counted in now.query.cases and row.get(counted):
        st.button(
            f"Show {words.count(row[counted])} cases",
            key=f"tile {now.query.name} {tile.column}",
            type="tertiary",
            on_click=choose_cases,
            args=(now, counted, {}),
        )


def _number(value: Any, unit: str) -> str:
    if value is None:
        return "–"
    text = words.count(value) if unit in ("", "days") else f"{value:,.1f}"
    return f"{text} {unit}".strip()


def _change(value: Any, was: Any, is_rate: bool, unit: str) -> str | None:
    if value is None or was is None:
        return None
    change = float(value) - float(was)
    if is_rate:
        return f"{100 * change:+.1f} points"
    digits = 0 if unit in ("", "days") else 1
    return f"{change:+,.{digits}f} {unit}".strip()


def _colour(
    value: Any, was: Any, better: str | None
) -> Literal["normal", "inverse", "off"]:
    if better is None or value is None or value == was:
        return "off"
    return "normal" if better == "up" else "inverse"


def _beneath(tile: Tile, row: dict[str, Any], rate: Any) -> str:
    """Target, n and interval in small print."""
    parts = []
    if tile.target is not None:
        shown = words.percent(tile.target) if rate else _number(tile.target, tile.unit)
        parts.append(f"target {shown}")
    if rate:
        parts.append(f"n {words.count(row.get(rate.denominator))}")
        if row.get(f"{rate.name}_state") == "ok":
            low, high = row[f"{rate.name}_low"], row[f"{rate.name}_high"]
            parts.append(f"95 %: {100 * low:.1f}–{100 * high:.1f}")
        else:
            state = row.get(f"{rate.name}_state")
            parts.append("too few to say" if state == "too_few" else "no value")
    return " · ".join(parts)
