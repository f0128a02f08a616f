"""Rows of an answer as a table on the screen."""

from __future__ import annotations

import re
import textwrap
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from dashboard import words
from dashboard.answers import Answer
from dashboard.components.widths import widths
from dashboard.theme import number

CAPITALS = 1.2  # how much wider capitals and digits are than letters
MEANING = 66  # letters of a meaning that are shown; the definition has all


def show_grid(answer: Answer, columns: tuple[str, ...] = (), **options: Any) -> None:
    """The rows of an answer as a table on the screen, and nothing more."""
    shown = frame(answer, columns)
    config = {name: _column(answer, name) for name in shown.columns}
    for name, pixels in _widths(shown, config).items():
        config[name]["width"] = pixels
    st.dataframe(
        shown, hide_index=True, placeholder="–", column_config=config, **options
    )


def _widths(shown: pd.DataFrame, config: dict[str, Any]) -> dict[str, int]:
    kinds = {name: column.get("type_config", {}) for name, column in config.items()}
    lines = [name for name in config if name.endswith("_line")]
    return widths(
        {name: column["label"] for name, column in config.items()},
        {n: _longest(shown[n], kinds[n]) for n in config if n not in lines},
        texts=[n for n, kind in kinds.items() if not kind and not n.endswith("_id")],
        lines=lines,
    )


def _longest(cells: pd.Series, kind: dict[str, Any]) -> int:
    """Characters of the longest cell, as it is written."""
    if kind.get("type") in ("date", "datetime"):
        return len(
            "24 Nov 2026, 12:00" if kind["type"] == "datetime" else "24 Nov 2026"
        )
    if kind.get("type") == "number":
        largest = cells.abs().max()
        places = re.findall(r"\.(\d)f", kind["format"]) or ["0"]
        sign = 2 * kind["format"].endswith("%")
        return 1 if pd.isna(largest) else len(f"{largest:,.{places[0]}f}") + sign
    wide = CAPITALS if str(cells.name).endswith("_id") else 1
    return round(wide * max((len(str(cell)) for cell in cells), default=0))


def show_lines(answer: Answer, columns: tuple[str, ...], **options: Any) -> None:
    """The one row of an answer, a line for each column: name, figure, meaning."""
    st.dataframe(
        pd.DataFrame(
            {
                "figure": [words.label(name) for name in columns],
                "value": [_written(answer, name) for name in columns],
                "meaning": [
                    textwrap.shorten(
                        answer.query.columns[name], MEANING, placeholder=" …"
                    )
                    for name in columns
                ],
            }
        ),
        hide_index=True,
        column_config={
            "figure": st.column_config.Column("Figure", width=180),
            "value": st.column_config.Column("Value", alignment="right", width=80),
            "meaning": st.column_config.TextColumn("Meaning", width=520),
        },
        height="content",
        **options,
    )


def _written(answer: Answer, name: str) -> str:
    """The figure of a column in the first row, in words."""
    is_count = pa.types.is_integer(answer.rows.schema.field(name).type)
    return number(answer.rows[name][0].as_py(), "count" if is_count else "tenths")


def frame(answer: Answer, columns: tuple[str, ...] = ()) -> pd.DataFrame:
    """Rows for a screen: local times, rates in percent."""
    rows, zone, shares = answer.rows, answer.question.filters.zone, _shares(answer)
    shown = rows.select(columns or _shown(answer)).to_pandas()
    for name in shown.columns:
        kind = rows.schema.field(name).type
        if str(kind).startswith("timestamp"):
            shown[name] = local(shown[name], zone)
        elif str(kind).startswith("decimal"):
            shown[name] = shown[name].astype("float64")
        elif name in shares:
            shown[name] = shown[name] * 100
        elif str(kind) == "bool":
            shown[name] = shown[name].map({True: "yes", False: "no"})
        elif str(kind) == "string" and name in answer.query.columns:
            shown[name] = shown[name].fillna(words.NONE)
    return shown


def local(instants: pd.Series, zone: str) -> pd.Series:
    """UTC instants as wall time in a zone."""
    return instants.dt.tz_localize("UTC").dt.tz_convert(zone).dt.tz_localize(None)


def _shown(answer: Answer) -> list[str]:
    """All columns but the bounds and states, which the figures say themselves."""
    own = [*answer.query.columns, *_shares(answer)]
    own += [*(ratio.name for ratio in answer.query.ratios), *answer.added]
    return [name for name in dict.fromkeys(own) if name in answer.rows.column_names]


def _shares(answer: Answer) -> list[str]:
    found = []
    for rate in answer.query.rates:
        found += [rate.name, f"{rate.name}_weighted"]
    found += [q.name for q in answer.query.ratios if answer.query.is_share(q.name)]
    return [name for name in found if name in answer.rows.column_names]


def _column(answer: Answer, name: str) -> Any:
    meaning = answer.query.columns.get(name) or answer.added.get(name)
    config = st.column_config
    if name.endswith("_line"):
        shown = words.label(name.removesuffix("_line"))
        return config.LineChartColumn(
            "Trend",
            help=f"{shown} week by week, without weeks of too few",
        )
    if name in _shares(answer):
        return config.NumberColumn(
            words.label(name), help=_rate_words(answer, name), format="%.1f %%"
        )
    kind = str(answer.rows.schema.field(name).type)
    if kind.startswith("timestamp"):
        return config.DatetimeColumn(
            words.label(name), help=meaning, format="D MMM YYYY, HH:mm"
        )
    if kind.startswith("date"):
        return config.DateColumn(words.label(name), help=meaning, format="D MMM YYYY")
    if kind.startswith("decimal"):
        exact = f"%,.{_places(answer.rows[name])}f"
        return config.NumberColumn(words.label(name), help=meaning, format=exact)
    if kind.startswith("double"):
        shown = "%,.2f" if _is_fine(answer, name) else "%,.1f"
        return config.NumberColumn(words.label(name), help=meaning, format=shown)
    if kind.startswith("int"):
        return config.NumberColumn(words.label(name), help=meaning, format="localized")
    return config.Column(words.label(name), help=meaning)


def _is_fine(answer: Answer, name: str) -> bool:
    """Whether a ratio is so small that one decimal place would hide differences."""
    if name not in {ratio.name for ratio in answer.query.ratios}:
        return False
    largest = pc.max(answer.rows[name]).as_py()
    return largest is not None and largest < 10


def _places(amounts: pa.ChunkedArray) -> int:
    """Decimal places that show every amount as it is, two at least."""
    whole_cents = pc.all(pc.equal(amounts, pc.round(amounts, 2))).as_py()
    return 2 if whole_cents is not False else amounts.type.scale


def _rate_words(answer: Answer, name: str) -> str:
    for quotient in (*answer.query.rates, *answer.query.ratios):
        if quotient.name == name:
            divided = (
                f"{words.label(quotient.numerator)} divided by "
                f"{words.label(quotient.denominator).lower()}"
            )
            is_rate = quotient in answer.query.rates
            few = "; empty below 20, where a rate would be chance" if is_rate else ""
            return divided + few
    return ""
