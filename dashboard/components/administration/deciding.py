"""What is decided, as the page shows it, and a change of it as it was seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import gate
from dashboard.access import viewer
from dashboard.answers import Question
from dashboard.components.asking import database, load, stop
from dashboard.decisions import Change, carry_out, file_name, standing
from dashboard.decisions.rows import Row
from dashboard.errors import MisError
from dashboard.filters import day_words, local_time
from dashboard.questions import default_as_of, read_filters
from dashboard.settings import read_settings
from dashboard.words import plain

# The query that tells all rows of a relation, for where the folder has no file of it.
IN_DATABASE = {
    "targets": "data/targets_over_time",
    "calendars": "data/calendars_over_time",
    "calendar_windows": "data/opening_hours",
    "calendar_exceptions": "data/special_days",
    "annotations": "data/annotations",
    "owners": "data/owners_over_time",
}
Wanted = Callable[[], Sequence[Change]]


@dataclass(frozen=True)
class Decided:
    """The rows of relations as a reader sees them now, and the day of the figures."""

    rows: dict[str, tuple[Row, ...]]
    hashes: dict[str, str]  # of the files as they are; of none where there is none
    of_database: frozenset[str]  # the relations of which the folder has no file
    today: date

    def counting(self, relation: str) -> list[Row]:
        """The rows that count today."""
        return [row for row in self.rows[relation] if counts(row, self.today)]

    def others(self, relation: str) -> list[Row]:
        """The rows that counted before, or will."""
        return [row for row in self.rows[relation] if not counts(row, self.today)]


def counts(row: Row, day: date) -> bool:
    """Whether a row is in force on a day."""
    since, until = row.get("valid_from"), row.get("valid_to")
    return (since is None or since <= day) and (until is None or day < until)


def decided(*relations: str) -> Decided:
    """What stands now; stops the page in words where the database cannot be read."""
    found = standing(read_settings().decisions)
    rows = {
        name: found.rows[name] if name in found.rows else in_database(name)
        for name in relations
    }
    of_database = frozenset(rows) - frozenset(found.rows)
    return Decided(rows, dict(found.hashes), of_database, today())


def in_database(relation: str) -> tuple[Row, ...]:
    """All rows of a relation that the database has, whenever they count."""
    try:
        unfiltered = read_filters(gate.load(database()), None, None, None, {})
        later = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)
        filters = replace(unfiltered, as_of=max(unfiltered.as_of, later))
        question = Question(IN_DATABASE[relation], filters)
        return tuple(gate.ask(question, database(), viewer()).rows.to_pylist())
    except MisError as error:
        stop(error)


def known(name: str) -> list[str]:
    """The departments, teams or kinds of work that the data names."""
    try:
        unfiltered = read_filters(gate.load(database()), None, None, None, {})
        rows = gate.ask(Question("filters/values", unfiltered), database()).rows
    except MisError as error:
        stop(error)
    told = zip(rows["filter"].to_pylist(), rows["value"].to_pylist(), strict=True)
    return [value for kind, value in told if kind == name and value is not None]


def today() -> date:
    """The day of the figures: what is decided for an earlier one changes the past."""
    about = load()
    return local_time(default_as_of(about), about.zone).date()


def decide(shown: Decided, done: str, wanted: Wanted) -> None:
    """Carry out what a form wants, as its reader saw it; `outcome` says what came.

    What the database alone had so far is put into the files with it.
    """
    try:
        changes = list(wanted())
        folder = Path(read_settings().decisions)
        carry_out(folder, _with_taken(shown, changes), shown.hashes, viewer().name)
        st.session_state["_outcome"] = ("success", done)
    except MisError as error:
        st.session_state["_outcome"] = ("error", str(error))


def _with_taken(shown: Decided, changes: list[Change]) -> list[Change]:
    """The changes, after the rows of the database that files keep from now on."""
    taken = [
        Change(name, "taken over", after=shown.rows[name])
        for name in shown.rows
        if name in shown.of_database and shown.rows[name]
    ]
    return [*taken, *changes]


def outcome() -> None:
    """What came of the last form, and what is wrong with what stands."""
    kind, said = st.session_state.pop("_outcome", ("", ""))
    if kind == "success":
        st.success(plain(said), icon=":material/check:")
    elif kind:
        st.error(plain(said), icon=":material/error:")
    for notice in load().notices:
        st.warning(plain(notice))


def where(shown: Decided, *relations: str) -> None:
    """In which files it stands."""
    folder = read_settings().decisions
    names = ", ".join(f"{folder}/{file_name(name)}" for name in relations)
    if not folder:
        st.info("Nothing can be changed here: the setting decisions names no folder.")
    elif shown.of_database:
        st.caption(
            plain(
                f"This comes from the database so far. The first change here copies it "
                f"into {names}, and that counts from then on."
            )
        )
    else:
        st.caption(plain(f"This stands in {names}, where it can be edited as well."))
    _tell_unknown(shown, relations[0])


def _tell_unknown(shown: Decided, relation: str) -> None:
    """Name departments that the data does not: they may come, or are misspelt."""
    rows = shown.rows[relation]
    told = {row["department"] for row in rows if row.get("department")}
    if unknown := sorted(told - set(known("department"))):
        st.caption(
            plain(
                f"The data knows no department {', '.join(unknown)}: correct it, if it "
                "is misspelt."
            )
        )


def listed(rows: Sequence[dict[str, Any]], none: str) -> None:
    """Rows in words as a table, or why there are none."""
    if not rows:
        st.caption(none)
        return
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", placeholder="–")


def since(row: Row) -> str:
    """From when to when a row counts, in words."""
    first, end = row.get("valid_from"), row.get("valid_to")
    begins = f"from {day_words(first)}" if first else "always"
    return f"{begins} to before {day_words(end)}" if end else begins


def for_whom(row: Row) -> str:
    """Whom a row is about: all, or a department, a team, a kind of work."""
    named = [row.get(name) for name in ("department", "team", "work_type")]
    return " · ".join(value for value in named if value) or "All"


def chosen(key: str) -> Any:
    """What a form holds; None for nothing, or for all."""
    return st.session_state.get(key)


def choice(label: str, values: list[str], key: str) -> None:
    """A list to choose one from, or all."""
    st.selectbox(
        label, [None, *values], key=key, format_func=lambda value: value or "All"
    )


def choose_day(label: str, value: date | None, key: str) -> None:
    """A day to choose, written as in the filters."""
    st.date_input(label, value, key=key, format="DD/MM/YYYY")
