"""Which departments have a page of their own, and what it says without rows."""

from __future__ import annotations

import streamlit as st

from dashboard import gate, words
from dashboard.access import EVERYTHING
from dashboard.answers import Answer, Question
from dashboard.components.asking import count, database, filters, missing
from dashboard.errors import MisError
from dashboard.query_files import find_query
from dashboard.questions import read_filters


def extended() -> frozenset[str]:
    """The departments of which the database has more to tell; asked once, then kept.

    None where nothing can be read: the page that is shown says why.
    """
    try:
        unfiltered = read_filters(gate.load(database()), None, None, None, {})
        question = Question("data/extensions", unfiltered)
        rows = gate.ask(question, database(), EVERYTHING).rows
    except MisError:
        return frozenset()
    return frozenset(rows["extension"].to_pylist())


def choose(answer: Answer, column: str) -> str | None:
    """The value of a column that the reader chooses; figures of others stay apart."""
    values = list(dict.fromkeys(answer.rows[column].to_pylist()))
    chosen: str | None = st.selectbox(
        words.label(column),
        values,
        key=f"choose {column}",
        persist_state="session",
        format_func=words.value,
        width=260,
    )
    return chosen


def only_with(records: str) -> None:
    """End the page in words where the filters leave none of its records."""
    question = Question(records, filters())
    if count(question) == 0:
        missing(
            f"There are no {find_query(records).title.lower()} for "
            f"{words.plain(filters().sentence())}: choose a longer period, or fewer "
            "filters."
        )
        st.stop()
