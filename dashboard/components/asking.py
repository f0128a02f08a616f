"""Ask the gate from a page, and show in words what went wrong."""

from __future__ import annotations

import logging
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import NoReturn

import pyarrow as pa
import streamlit as st

from dashboard import gate
from dashboard.access import EVERYTHING
from dashboard.analyses.targets import in_force
from dashboard.answers import Answer, Question, with_figures
from dashboard.databases import Database, open_database
from dashboard.databases.state import Load
from dashboard.errors import DatabaseError, MisError, TimeLimitError
from dashboard.filters import Filters
from dashboard.query_files import find_query
from dashboard.settings import read_settings
from dashboard.sql.checking import not_applied
from dashboard.words import plain

log = logging.getLogger("mis")


def database() -> Database:
    """The operations database of this site."""
    return open_database(read_settings())


def load() -> Load:
    """What the database says of itself; stops the page in words where it cannot."""
    try:
        return gate.load(database())
    except MisError as error:
        stop(error)


def filters() -> Filters:
    """What this page is narrowed to."""
    return st.session_state["_filters"]


def grain() -> str:
    """Day, week or month, as chosen."""
    return st.session_state["_grain"]


def answer(name: str, **settings: str) -> Answer:
    """The answer to a query under the filters of the page.

    The chosen grain is passed where the query has one. Errors are shown here: a time
    limit leaves this answer empty, anything else stops the page.
    """
    return ask(Question(name, filters(), settings=_settings(name, settings)))


def answer_of(name: str, column: str, value: str | None) -> Answer:
    """The answer to a query, of it the rows with one value of a column."""
    where = ((column, (value,)),)
    return ask(Question(name, filters(), _settings(name, {}), where))


def earlier(now: Answer) -> Answer:
    """The same question one period earlier, as the page showed it then."""
    return ask(replace(now.question, filters=now.question.filters.earlier()))


def ask(question: Question) -> Answer:
    """The answer to any question; errors are shown as in `answer`."""
    try:
        return gate.ask(question, database(), EVERYTHING, still_here)
    except TimeLimitError as error:
        st.warning(f"{find_query(question.query).title}: {plain(error)}")
        return _blank(question)
    except MisError as error:
        stop(error)


def still_here() -> None:
    """Leave the page where its reader has left it, or wants it otherwise.

    Streamlit looks for that whenever its state is read.
    """
    st.session_state.get("_filters")


def count(question: Question, summing: str | None = None) -> int:
    """How many rows a question has."""
    try:
        return gate.count(question, database(), EVERYTHING, summing, still_here)
    except MisError as error:
        stop(error)


def level() -> str:
    """What to tell apart: departments, then the teams of one, then its work types."""
    chosen = filters()
    if len(chosen.department) != 1 and _departments() > 1:
        return "department"
    return "work_type" if len(chosen.team) == 1 else "team"


def _departments() -> int:
    """How many departments the data names; of one there is nothing to tell apart."""
    rows = answer("filters/values").rows
    return sum(name == "department" for name in rows["filter"].to_pylist())


def targets() -> dict[str, float]:
    """The targets in force for what the page is narrowed to, by metric.

    Those of the department where one is chosen, else those of the whole site.
    """
    chosen = filters().department
    return targets_of(chosen[0] if len(chosen) == 1 else None)[0]


def targets_of(*departments: str | None) -> list[dict[str, float]]:
    """The targets of departments; where one has none, those of the whole site."""
    found = in_force(answer("data/targets"))
    return [{**found[None], **found.get(name, {})} for name in departments]


def missing(what: str) -> None:
    """Say that the data lacks what a part of the page needs."""
    st.info(what, icon=":material/info:")


def remark(what: str) -> None:
    """Say what the figures above mean when taken together."""
    st.info(what, icon=":material/lightbulb:")


def stop(error: MisError) -> NoReturn:
    """Say what is wrong in its own words and end the page; the log has the cause."""
    reference = secrets.token_hex(4).upper()
    log.warning("%s %s", reference, error, exc_info=error.__cause__)
    st.error(f"{plain(error)} (reference {reference})", icon=":material/error:")
    if isinstance(error, DatabaseError):
        st.button("Try again", on_click=gate.forget)
    st.stop()


def _settings(name: str, settings: dict[str, str]) -> tuple[tuple[str, str], ...]:
    known = find_query(name).parameters
    given = {"grain": grain()} if "grain" in known else {}
    return tuple({**given, **settings}.items())


def _blank(question: Question) -> Answer:
    query = find_query(question.query)
    empty = pa.table({name: pa.array([], pa.int64()) for name in query.columns})
    return Answer(
        question=question,
        query=query,
        viewer=EVERYTHING,
        rows=with_figures(empty, query),
        read_at=datetime.now(UTC).replace(tzinfo=None),
        load=load(),
        sql="",
        values={},
        not_applied=not_applied(query, tuple(question.filters.chosen)),
    )
