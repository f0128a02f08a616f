"""What stands at the top of each page: its filters in words, and how fresh it is."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from dashboard import gate, words
from dashboard.answers import Question
from dashboard.components.asking import answer, count, filters, load
from dashboard.components.freshness import warn_of_old_data
from dashboard.filters import (
    LABELS,
    NONE,
    Filters,
    day_words,
    local_time,
    midnight,
)
from dashboard.words import moment, plain

SETTLED = timedelta(weeks=4)  # after which most of what came before is over
FAULTS_TOLD = 2  # kinds in words; the others by their number


def header(title: str) -> None:
    """Title, filter sentence, as-of, zone, freshness, refresh and notices."""
    now, about = filters(), load()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(title, anchor=False)
        st.button(
            "Refresh", icon=":material/refresh:", type="tertiary", on_click=gate.forget
        )
    st.markdown(f"**{plain(now.sentence())}**")
    fresh = (
        f" · newest change {moment(about.max_changed_at, about.zone)}"
        if about.max_changed_at
        else ""
    )
    st.caption(f"As of {moment(now.as_of, now.zone)} · {now.zone}{fresh}")
    if about.is_sample:
        st.info(
            "Sample data of an invented company. The page Import, under "
            "Administration, takes files of your own; the README says how to read a "
            "database.",
            icon=":material/science:",
        )
    _notices()


def _notices() -> None:
    about = load()
    for notice in about.notices:
        st.warning(plain(notice))
    if about.refused_rows:
        st.warning(
            f"{words.count(about.refused_rows)} rows of {plain(about.source)} could "
            "not be read; Records and extracts lists them with the reason."
        )
    _faults()
    if about.known_until and about.as_of is None:
        st.warning(
            "The operations database is a replica that is behind its source: what "
            f"happened after {moment(about.known_until, about.zone)} is not known here."
        )
    warn_of_old_data()
    _begins(filters())
    if filters().chosen and _items(filters()) == 0:
        st.warning(_which_filter_empties(filters()))


def _begins(shown: Filters) -> None:
    """That data which begins with the period makes its first weeks look too good."""
    first = load().first_received_at
    if first is None or first < midnight(shown.start, shown.zone) - SETTLED:
        return
    if first < shown.as_of:
        day = day_words(local_time(first, shown.zone).date())
        st.info(
            f"Items from before {day} are not in the data, so the first weeks look too "
            "good: little is open, and what was late already is missing. Much of the "
            "growth of open work comes from that, and the oldest item and durations "
            "look shorter than they are."
        )


def _faults() -> None:
    """One line for all that the data tells and cannot be, the most frequent first."""
    found = answer("data/faults").rows.to_pylist()
    if not found:
        return
    found.sort(key=lambda row: -row["rows"])
    told = [
        f"{words.counted(row['rows'], row['kind'])} {row['fault']} ({row['effect']})"
        for row in found[:FAULTS_TOLD]
    ]
    if more := sum(row["rows"] for row in found[FAULTS_TOLD:]):
        told.append(f"{words.counted(more, 'other fault')}")
    st.warning(plain(f"{'; '.join(told)}. Records and extracts lists them."))


def _items(narrowed: Filters) -> int:
    return count(Question("records/items", narrowed))


def _which_filter_empties(now: Filters) -> str:
    for name, values in now.chosen.items():
        without = _items(now.without(name))
        if without:
            shown = ", ".join(value or NONE for value in values)
            return (
                f"Nothing matches: the filter {LABELS[name].lower()} ({plain(shown)}) "
                f"leaves no items; without it there are {words.count(without)}."
            )
    return "No items match these filters together: remove some of them."
