"""Where to look first: the groups that are unlike they usually are."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import words
from dashboard.analyses.unusual import Findings, Unusual, unusual
from dashboard.answers import Question
from dashboard.components.asking import ask, filters, level
from dashboard.components.control import known_baseline, since
from dashboard.components.filter_bar import reset_to
from dashboard.filters import NONE

NAMED = 12  # groups that are too few to judge
METRICS = {"on_time": "on_time_due", "error_rate": "error_rate"}


def unusual_groups() -> None:
    """The rates of groups that broke a rule of their chart in the last weeks."""
    known = {rate: known_baseline(metric) for rate, metric in METRICS.items()}
    bases = tuple((rate, base) for rate, base in known.items() if base)
    if not bases:
        return
    group, now = level(), filters()
    start = min(base.start for _, base in bases)
    end = max(now.end, *(base.end for _, base in bases))
    history = ask(
        Question(
            "overview/rates_by_week",
            replace(now, start=min(start, now.start), end=end),
            settings=(("level", group),),
        )
    )
    with st.container(border=True):
        st.markdown("##### Unlike the usual")
        found = unusual(history, bases)
        for one in found.unusual:
            _line(one, group)
        st.caption(_rest(found))


def _line(found: Unusual, group: str) -> None:
    name = found.group or NONE
    rate = words.label(found.rate).lower()
    who, what = st.columns((1, 4), vertical_alignment="center")
    who.button(
        words.plain(name),
        key=f"unusual {found.rate} {name}",
        type="tertiary",
        on_click=reset_to,
        args=(group, (found.group,)),
    )
    when = since(found.since, found.noticed, found.until)
    way = "better" if found.is_better else "worse"
    what.markdown(f"{rate} **{way}**, {when}: {found.rule}")


def _rest(found: Findings) -> str:
    """What else was judged, and how."""
    if not found.unusual and not found.usual:
        return "Too few to judge on-time and error rates of any of them by week."
    parts = [] if found.unusual else ["Nothing stands out from chance."]
    parts.append(
        f"{words.counted(found.usual, 'other rate')} as usual: on time and error rates "
        "of the last four complete weeks, each beside its own usual range. Choose a "
        "name to see it alone."
    )
    parts += [
        _unjudged(rate, [name for of, name in found.too_few if of == rate])
        for rate in dict.fromkeys(rate for rate, _ in found.too_few)
    ]
    return " ".join(parts)


def _unjudged(rate: str, groups: list[str | None]) -> str:
    named = [words.plain(name or NONE) for name in groups[:NAMED]]
    more = f" and {len(groups) - NAMED} more" if len(groups) > NAMED else ""
    return (
        f"Too few by week to judge the {words.label(rate).lower()} of "
        f"{', '.join(named)}{more}."
    )
