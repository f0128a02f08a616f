"""A calculator for a manned desk: how long live contacts wait for a free person."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import words
from dashboard.answers import Answer
from dashboard.components.asking import answer
from dashboard.components.departments import choose
from dashboard.statistics.queueing import (
    answered_within,
    mean_wait,
    persons_needed,
    waits_at_all,
)

MOST = 1_000.0  # contacts in an hour, and minutes for one
SHARE, LIMIT = 0.8, 1.0  # so many are answered within so many minutes
ASSUMED = (
    "A calculator, not a measurement, for live chat and the phone alone, where "
    "somebody sits and waits. In it contacts come by chance into one queue, and nobody "
    "gives up (Erlang C); who takes several at a time counts as several persons, which "
    "is only roughly so."
)


def desk_wait() -> None:
    """How long contacts of a live channel would wait.

    Nothing without contacts, or where none has a standard time.
    """
    found = answer("customer_support/contacts_by_hour")
    if not found.total()["timed_items"]:
        return
    with st.container(border=True):
        st.markdown("##### What if: how long would a live contact wait?")
        st.caption(ASSUMED)
        channel = choose(found, "channel")
        columns = st.columns(4)
        contacts = _asked(columns[0], "Contacts in an hour", _busiest(found, channel))
        minutes = _asked(columns[1], "Minutes for one", _usual(found, channel))
        at_once = columns[2].number_input("Each takes at a time", 1, 10, 1)
        load = contacts * minutes / 60
        least = -(-persons_needed(load, minutes, SHARE, LIMIT) // at_once)
        persons = columns[3].number_input("Persons at the desk", 1, None, least)
        st.markdown(_told(load, persons * at_once, minutes))
        st.caption(
            f"{words.counted(least, 'person')} at least for {100 * SHARE:.0f} % to be "
            "answered within a minute. The first figures are those of the busiest hour "
            "of a working day of the period, and the standard time."
        )


def _asked(place: Any, name: str, first: float) -> float:
    """A number that the reader may change; that of another period is a new one."""
    value = min(max(round(first, 1), 0.1), MOST)
    asked: float = place.number_input(
        name, 0.1, MOST, value, 1.0, key=f"desk {name} {value}"
    )
    return asked


def _busiest(found: Answer, channel: str | None) -> float:
    """Contacts a working day in the busiest hour."""
    shares = [row["contacts_per_day"] or 0 for row in _rows(found, channel)]
    return max(shares)


def _usual(found: Answer, channel: str | None) -> float:
    """Standard minutes for one contact; of all channels where this one has none."""
    rows = [row for row in _rows(found, channel) if row["timed_items"]]
    rows = rows or [row for row in found.rows.to_pylist() if row["timed_items"]]
    minutes = sum(float(row["standard_minutes"]) for row in rows)
    return minutes / sum(row["timed_items"] for row in rows)


def _rows(found: Answer, channel: str | None) -> list[dict[str, Any]]:
    return [row for row in found.rows.to_pylist() if row["channel"] == channel]


def _told(load: float, persons: int, minutes: float) -> str:
    if persons <= load:
        return (
            f"**The queue never ends:** {load:,.1f} persons would be busy without a "
            f"pause, and there are {persons:,}."
        )
    return (
        f"**{words.percent(waits_at_all(load, persons))} would wait**. On average it "
        f"would be {mean_wait(load, persons, minutes):,.1f} minutes, counting those "
        "who do not wait at all; "
        f"{words.percent(answered_within(load, persons, minutes, LIMIT))} would be "
        f"answered within a minute. {load:,.1f} of {persons:,} would be busy at a time."
    )
