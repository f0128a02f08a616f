"""What a figure means: its definition, and all that it rests on."""

from __future__ import annotations

import pyarrow.compute as pc
import streamlit as st

from dashboard import words
from dashboard.answers import Answer
from dashboard.components.asking import answer as asked
from dashboard.glossary import Definition, formula, shown_in
from dashboard.query_files import GIVEN, Query


def definition(answer: Answer) -> None:
    """Question, metrics, columns, filters that do not reach it, and its basis."""
    query = answer.query
    st.markdown(f"**{query.title}.** {query.question}")
    st.caption(query.grain)
    st.markdown("\n".join([*map(metric_line, shown_in(query)), *_columns(answer)]))
    if answer.not_applied:
        names = ", ".join(words.label(name).lower() for name in answer.not_applied)
        st.markdown(f"These filters do not apply to all of it: **{names}**.")
    st.caption(rests_on(answer))


def of_number(query: Query, column: str) -> str:
    """What one number means."""
    shown = {metric.column: metric.key for metric in query.metrics}
    defined = {found.metric.key: found for found in shown_in(query)}
    if column in shown:
        return _said(defined[shown[column]])
    return f"{formula(query, column)}."


def metric_line(found: Definition) -> str:
    """A metric as a line of a list: name, formula, unit, edge cases, version, owner."""
    return f"- {_said(found)}"


def _said(found: Definition) -> str:
    metric = found.metric
    edges = f" Edge cases: {metric.edge_cases}." if metric.edge_cases else ""
    return (
        f"**{found.name}** ({found.unit}; {metric.better}): {found.formula}.{edges} "
        f"*{metric.key}, version {metric.version}, owner: {metric.owner}.*"
    )


def _columns(answer: Answer) -> list[str]:
    """The other columns, quotients and settings, and how rates and times are shown."""
    query = answer.query
    told = {metric.column for metric in query.metrics}
    meanings = {**query.columns, **answer.added}
    lines = [
        f"- {words.label(name)}: {meaning}"
        for name, meaning in meanings.items()
        if name not in told
    ]
    lines += [
        f"- {words.label(quotient.name)}: {formula(query, quotient.name)}"
        for quotient in (*query.rates, *query.ratios)
        if quotient.name not in told
    ]
    if query.rates:
        lines.append("- Rates have a Wilson 95 % interval and are shown from n = 20.")
    if query.percentiles:
        lines.append(
            "- Percentiles are nearest-rank: half from 5 values, 85 % from 20, 95 % "
            "from 60."
        )
    settings = [name for name in query.parameters if name not in GIVEN]
    return lines + [f"- {name}: {query.parameters[name].meaning}" for name in settings]


def rests_on(answer: Answer) -> str:
    """The file, n, as-of moment, zone, calendar, and how fresh it is."""
    now, load = answer.question.filters, answer.load
    parts = [answer.query.file, *_counts(answer)]
    parts.append(f"as of {words.moment(now.as_of, now.zone)}, {now.zone}")
    own = [
        row["calendar"]
        for row in asked("data/calendars").rows.to_pylist()
        if row["is_default"]
    ]
    parts += [f"calendar {words.plain(name)}, or that of the work" for name in own]
    if load.max_changed_at:
        parts.append(f"newest change {words.moment(load.max_changed_at, now.zone)}")
    parts.append(f"read {words.moment(answer.read_at, now.zone)}")
    return " · ".join(parts)


def _counts(answer: Answer) -> list[str]:
    """How many items stand behind each rate."""
    names = dict.fromkeys(rate.denominator for rate in answer.query.rates)
    known = [name for name in names if name in answer.rows.column_names]
    sums = {name: pc.sum(answer.rows[name]).as_py() for name in known}
    return [
        f"n {words.count(total)} {words.label(name).lower()}"
        for name, total in sums.items()
    ]
