"""Whether the data is fresh and adds up: in words on every page, in full on its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from dashboard.analyses.freshness import (
    Part,
    latest_first,
    parts_of,
    with_ages,
)
from dashboard.answers import Question
from dashboard.components.asking import answer, ask, load
from dashboard.components.figures import table
from dashboard.components.tiles import NARROWEST
from dashboard.questions import read_filters
from dashboard.settings import read_settings
from dashboard.words import counted, lasting, moment, plain

COLUMNS = (
    *("part", "freshness", "newest_at", "age_hours"),
    *("expected_hours", "finished_at"),
)


def warn_of_old_data() -> None:
    """What is late, by how much and since when; and rows that a load lost."""
    now = _now()
    late = latest_first(_parts(needs_age=False), now)
    if late:
        st.warning(_late(late, now), icon=":material/schedule:")
    for row in answer("data/parts").rows.to_pylist():
        if row["residual_rows"]:
            st.warning(
                f"The last load of {plain(row['part'])} does not add up: "
                f"{counted(row['residual_rows'], 'row')} of the source are not "
                "accounted for. Data health has the counts."
            )


def freshness() -> None:
    """Tiles of the part that matters most, and a line for each part."""
    now, parts = _now(), _parts(needs_age=True)
    if not parts:
        st.info("The database tells nothing that happened, so nothing can be old.")
        return
    first = next(iter(latest_first(parts, now)), None) or _oldest(parts, now)
    _tiles(first, now)
    table(
        with_ages(answer("data/parts"), parts, now),
        columns=COLUMNS,
        title="How fresh each part is",
        note="A part is late when its newest change is older than was expected of it. "
        "Where nobody said what to expect, nothing is late: say it in the mapping "
        "(fresh_within), or in the setting of that name for a database that is read "
        "where it stands.",
    )


def _tiles(part: Part, now: datetime) -> None:
    judged = part.state(now).replace("not said", "not judged")
    since = _lasting(now - part.loaded_at) if part.loaded_at else "read live"
    expected = lasting(part.expected) if part.expected else "not said"
    due = f"by {_moment(part.due_at)}" if part.due_at else ""
    shown = (
        ("Data is", judged, plain(part.name)),
        ("Age of the data", _lasting(part.age(now)), _moment(part.newest_at)),
        ("Expected within", expected, due),
        ("Since the last load", since, _moment(part.loaded_at)),
    )
    grid = st.grid(4, min_column_width=NARROWEST, border=True)
    for label, value, small in shown:
        with grid.cell():
            st.metric(label, value)
            st.caption(small)


def _late(late: list[Part], now: datetime) -> str:
    """How old the oldest part is, what was expected, and since when it is late."""
    part = late[0]
    what = "newest change" if part.newest_at else "last load"
    said = (
        f"Old data: the {what} in {plain(part.name)} is of {_moment(part.told_at)}, "
        f"{_lasting(part.age(now))} ago. One was expected within "
        f"{_lasting(part.expected)}, so it is late since {_moment(part.due_at)}."
    )
    if part.newest_at and part.loaded_at and part.loaded_at > part.newest_at:
        said += f" The last load ended on {_moment(part.loaded_at)}."
    if others := len(late) - 1:
        said += f" {counted(others, 'other part').capitalize()} too."
    return f"{said} Data health has more."


def _moment(instant: datetime | None) -> str:
    return moment(instant, load().zone) if instant else ""


def _lasting(time: timedelta | None) -> str:
    return "–" if time is None else lasting(time)


def _parts(needs_age: bool) -> list[Part]:
    """The parts of the last load; of a database without loads, all of it as one."""
    hours = read_settings().fresh_within
    usual = timedelta(hours=hours) if hours else None
    found = parts_of(answer("data/parts"), answer("data/load"), usual)
    if found or not (usual or needs_age):
        return found
    newest = _newest_change()
    return [Part(load().source, newest, None, usual)] if newest else []


def _newest_change() -> datetime | None:
    """Of everything up to now, whatever the page is narrowed to."""
    unfiltered = read_filters(load(), None, None, None, {})
    [row] = ask(Question("data/newest_change", unfiltered)).rows.to_pylist() or [{}]
    found: datetime | None = row.get("newest_at")
    return found


def _oldest(parts: list[Part], now: datetime) -> Part:
    return max(parts, key=lambda part: part.age(now) or timedelta())


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
