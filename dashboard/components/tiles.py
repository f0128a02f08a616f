"""Tiles: one number each, with its change, its target and its n."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from dashboard import words
from dashboard.analyses.changes import has_changed
from dashboard.answers import Answer
from dashboard.components.asking import earlier
from dashboard.components.cases import choose_cases
from dashboard.components.definition import of_number, rests_on
from dashboard.filters import midnight, period_words
from dashboard.query_headers import Quotient
from dashboard.theme import number, unsigned

NARROWEST = 150  # pixels: two beside each other on a phone


@dataclass(frozen=True)
class Tile:
    """A number of an answer, of its one row or of all its rows pooled.

    `better` says which way is good; None for neither, and for what may change by chance
    and is not tested: counts of what happens seldom. `target` is in the unit of the
    column. A rate is shown in percent with its interval and n. `note` stands beneath.
    """

    answer: Answer
    label: str
    column: str
    better: Literal["up", "down"] | None = None
    target: float | None = None
    unit: str = ""
    note: str = ""


def tiles(*shown: Tile) -> None:
    """Tiles, each against the same view one period earlier."""
    answers = {tile.answer.query.name: tile.answer for tile in shown}
    begins = _data_begins(shown[0].answer)
    rows = {
        name: (_only_row(now), {} if begins else _only_row(earlier(now)))
        for name, now in answers.items()
    }
    bases = {name: rests_on(now) for name, now in answers.items()}
    grid = st.grid(4, min_column_width=NARROWEST, border=True)
    for tile in shown:
        with grid.cell():
            name = tile.answer.query.name
            _tile(tile, *rows[name], bases[name])
    st.caption(begins or _compared(shown[0].answer))


def _data_begins(now: Answer) -> str:
    """Why there is no change to show: the period before was not wholly in the data."""
    since, first = now.question.filters.earlier(), now.load.first_received_at
    if first is None or midnight(since.start, since.zone) >= first:
        return ""
    return (
        f"No changes are shown: the data begins on {words.moment(first, since.zone)}, "
        f"and the period before would be {period_words(since.start, since.end)}."
    )


def _compared(now: Answer) -> str:
    since = now.question.filters.earlier()
    return (
        f"Changes are against {period_words(since.start, since.end)}, "
        f"as it stood on {words.moment(since.as_of, since.zone)}. Green is better and "
        "red is worse: of a rate, where chance does not explain the change; of a count "
        "of what waits or is overdue, as counted. Grey does not judge: it may be "
        "chance, or neither way is better."
    )


def _only_row(answer: Answer) -> dict[str, Any]:
    """The one row of an answer, else all its rows pooled."""
    if answer.rows.num_rows == 1:
        return answer.rows.to_pylist()[0]
    return answer.total()


def _tile(tile: Tile, row: dict[str, Any], old: dict[str, Any], basis: str) -> None:
    now = tile.answer
    rate = next((r for r in now.query.rates if r.name == tile.column), None)
    value, was = row.get(tile.column), old.get(tile.column)
    is_share = now.query.is_share(tile.column)
    change = _change(value, was, is_share, tile)
    is_clear = has_changed(tile.column, row, old) if rate else _is_count(tile)
    st.metric(
        tile.label,
        words.percent(value) if is_share else _number(value, tile),
        change,
        delta_color=_colour(change, tile.better) if is_clear else "off",
        delta_arrow="auto" if _is_some(change) else "off",
        help=f"{of_number(now.query, tile.column)}\n\n{basis}",
    )
    if small := _beneath(tile, row, rate):
        st.caption(small)
    counted = _counted(now, tile.column)
    is_told = value is not None or row.get(f"{tile.column}_state") != "no_value"
    if is_told and counted in now.query.cases and row.get(counted):
        st.button(
            "Show the cases"  # of which the number is a sum
            if now.query.cases[counted].summing
            else words.counted(row[counted], "case", "Show "),
            key=f"tile {now.query.name} {tile.column}",
            type="tertiary",
            on_click=choose_cases,
            args=(now, counted, {}),
        )


def _counted(now: Answer, column: str) -> str:
    """The count whose records stand behind a tile: of a quotient, the whole."""
    for quotient in (*now.query.rates, *now.query.ratios):
        if quotient.name == column:
            return quotient.denominator
    return column


def _is_count(tile: Tile) -> bool:
    """Whether it counts: no test says whether a ratio or a percentile changed."""
    query = tile.answer.query
    ratios = {ratio.name for ratio in query.ratios}
    return tile.column not in ratios | set(query.percentiles)


def _digits(tile: Tile) -> int:
    if tile.column in {ratio.name for ratio in tile.answer.query.ratios}:
        return 2
    return 0 if tile.unit in ("", "days") else 1


def _number(value: Any, tile: Tile) -> str:
    if value is None:
        return "–"
    return _with_unit(f"{value:,.{_digits(tile)}f}", tile.unit)


def _with_unit(written: str, unit: str) -> str:
    """A number with its unit, of which there may be one: 1 day."""
    shown = unsigned(written)
    is_one = shown.lstrip("+-") == "1"
    return f"{shown} {unit.removesuffix('s') if is_one else unit}".strip()


def _change(value: Any, was: Any, is_share: bool, tile: Tile) -> str | None:
    if value is None or was is None:
        return None
    change = float(value) - float(was)
    if is_share:
        return number(change, "points")
    return _with_unit(f"{change:+,.{_digits(tile)}f}", tile.unit)


def _colour(
    change: str | None, better: str | None
) -> Literal["normal", "inverse", "off"]:
    """Whether up is good; nothing is good or bad about what rounds to no change."""
    if better is None or not _is_some(change):
        return "off"
    return "normal" if better == "up" else "inverse"


def _is_some(change: str | None) -> bool:
    return bool(change and re.search("[1-9]", change))


def _shown_target(tile: Tile) -> str:
    if tile.answer.query.is_share(tile.column):
        return words.percent(tile.target)
    return _number(tile.target, tile)


def _beneath(tile: Tile, row: dict[str, Any], rate: Quotient | None) -> str:
    """Target, and what a rate rests on, in small print."""
    parts = [tile.note] if tile.note else []
    if tile.target is not None:
        parts.append(f"Target {_shown_target(tile)}")
    if rate:
        parts.append(_behind(rate, row))
    return ". ".join(parts)


def _behind(rate: Quotient, row: dict[str, Any]) -> str:
    """What a rate is of, and how exact it is."""
    noun = ["item", *re.findall("[a-z]+(?=s_|s$)", rate.denominator)][-1]
    of = f"of {words.counted(row.get(rate.denominator) or 0, noun)}"
    state = row.get(f"{rate.name}_state")
    if state != "ok":
        return f"Too few to say: {of}" if state == "too_few" else ""
    low, high = row[f"{rate.name}_low"], row[f"{rate.name}_high"]
    between = f"{100 * low:.1f} and {100 * high:.1f}\u00a0%"
    return f"{of.capitalize()}; the true value most likely lies between {between}"
