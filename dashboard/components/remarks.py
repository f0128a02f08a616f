"""Remarks on the days of a chart: on it, and below it in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import streamlit as st

from dashboard import charts
from dashboard.analyses.remarks import concerning
from dashboard.answers import Answer
from dashboard.components.asking import answer as asked
from dashboard.filters import period_words
from dashboard.words import plain

IN_SIGHT = 4  # remarks under a chart; more would push the next one away
Numbered = list[list[charts.Remark]]


def remarked(answer: Answer, spec: dict[str, Any]) -> tuple[dict[str, Any], Numbered]:
    """A chart with the remarks that concern it, and these by the number on it."""
    if not charts.has_days(spec):
        return spec, []
    drawn = {trace.get("meta") for trace in spec["data"]}
    metrics = frozenset(m.key for m in answer.query.metrics if m.column in drawn)
    told, values = asked("data/annotations"), asked("filters/values")
    shown = answer.question.filters
    return charts.remarked(spec, concerning(told, values, shown, metrics))


def listed(remarks: Numbered, key: str) -> None:
    """The remarks in words under their chart; many wait until wanted, but on paper."""
    lines = [
        f"**{number}:** {plain(_said(remark))}"
        for number, group in enumerate(remarks, 1)
        for remark in group
    ]
    if not lines:
        return
    told = "  \n".join(lines)
    if len(lines) <= IN_SIGHT:
        st.caption(told)
        return
    with st.popover(f"{len(lines)} remarks", type="tertiary", key=f"{key} remarks"):
        st.markdown(told)
    with st.container(key=f"paper {key}"):
        st.caption(told)


def in_words(remarks: Numbered) -> str:
    """The remarks as a part of what a chart is to those who cannot see it."""
    said = [_said(remark) for group in remarks for remark in group]
    return f" Remarks: {'; '.join(said)}" if said else ""


def _said(remark: charts.Remark) -> str:
    first, last, words = remark
    return f"{period_words(first, last + timedelta(days=1))} · {words}"
