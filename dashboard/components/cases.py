"""From a number to the records behind it, by way of the address of the records page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import gate
from dashboard.answers import Answer, Question
from dashboard.components import address
from dashboard.filters import NONE, Filters, local_time


def choose_cases(answer: Answer, column: str, row: Mapping[str, Any]) -> None:
    """Remember the records behind a number; `open_chosen` turns to them."""
    st.session_state["_chosen"] = gate.cases_behind(answer, column, row)


def open_chosen(page: Any) -> None:
    """Turn to the records page where a number was chosen in the last run."""
    question = st.session_state.pop("_chosen", None)
    if question is not None:
        wanted = {**to_address(question), **address.filters_now()}
        st.switch_page(page, query_params=wanted | _moment(question.filters))


def _moment(then: Filters) -> address.Address:
    """The as-of moment, where the number held at another than the page's."""
    if then.as_of == st.session_state["_filters"].as_of:
        return {}
    return {"as_of": [local_time(then.as_of, then.zone).isoformat(timespec="minutes")]}


def to_address(question: Question) -> dict[str, list[str]]:
    """What the records page needs to ask the same; the filters travel by themselves."""
    found = {"records": [question.query]}
    where = [
        f"{column}={value if value is not None else NONE}"
        for column, values in question.where
        for value in values
    ]
    if where:
        found["where"] = where
    if question.settings:
        found["set"] = [f"{name}={value}" for name, value in question.settings]
    return found


def pairs(texts: list[str]) -> tuple[tuple[str, tuple[str | None, ...]], ...]:
    """`column=value` texts of an address, gathered by column; (none) is no value."""
    found: dict[str, list[str | None]] = {}
    for text in texts:
        column, _, value = text.partition("=")
        found.setdefault(column, []).append(None if value == NONE else value)
    return tuple((column, tuple(values)) for column, values in found.items())
