"""A calculator for a manned desk: how long live contacts wait for a free person."""

from __future__ import annotations

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

SHARE, LIMIT = 0.8, 1.0  # so many are answered within so many minutes
ASSUMED = (
    "A calculator, not a measurement, for live chat and the phone alone, where "
    "somebody sits and waits. In it contacts come by chance into one queue, and nobody "
    "gives up (Erlang C); who takes several at a time counts as several persons, which "
    "is only roughly so."
)


def desk_wait() -> None:
    """How long contacts of a live channel would wait; nothing without contacts."""
    found = answer("customer_support/contacts_by_hour")
    if found.rows.num_rows == 0:
        return
    with st.container(border=True):
        st.markdown("##### What if: how long would a live contact wait?")
        st.caption(ASSUMED)
        channel = choose(found, "channel")
        contacts, minutes = _busiest(found, channel)
        columns = st.columns(4)
        keys = [f"desk {name} {channel}" for name in ("contacts", "minutes")]
        contacts = columns[0].number_input(
            "Contacts in an hour", 0.1, 10_000.0, contacts, 1.0, key=keys[0]
        )
        minutes = columns[1].number_input(
            "Minutes for one", 0.1, 1_000.0, minutes, 1.0, key=keys[1]
        )
        at_once = columns[2].number_input("Each takes at a time", 1, 10, 1)
        load = contacts * minutes / 60
        least = -(-persons_needed(load, minutes, SHARE, LIMIT) // at_once)
        persons = columns[3].number_input("Persons at the desk", 1, 10_000, least)
        st.markdown(_told(load, persons * at_once, minutes))
        st.caption(
            f"{words.counted(least, 'person')} at least for {100 * SHARE:.0f} % to be "
            "answered within a minute. The first figures are those of the busiest hour "
            "of a working day of the period, and the standard time."
        )


def _busiest(found: Answer, channel: str | None) -> tuple[float, float]:
    """Contacts a working day in the busiest hour, and standard minutes for one."""
    rows = [row for row in found.rows.to_pylist() if row["channel"] == channel]
    count = sum(row["contact_items"] for row in rows)
    minutes = sum(float(row["standard_minutes"] or 0) for row in rows) / count
    busiest = max(row["contacts_per_day"] or 0 for row in rows)
    return max(round(busiest, 1), 0.1), max(round(minutes, 1), 0.1)


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
