"""Make the filters of a question from what a person wrote, and check them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches

from dashboard import gate
from dashboard.access import EVERYTHING, Viewer
from dashboard.answers import Question
from dashboard.databases import Database
from dashboard.databases.state import Load
from dashboard.errors import QuestionError
from dashboard.filters import (
    DEFAULT_PRESET,
    LABELS,
    NONE,
    Filters,
    choice,
    parse_day,
    parse_moment,
    preset,
)

VALUES = "filters/values"
Written = Mapping[str, tuple[str, ...]]


def default_as_of(load: Load) -> datetime:
    """The moment for which figures hold unless another is chosen, as UTC."""
    now = datetime.now(UTC).replace(tzinfo=None) + timedelta(minutes=1)
    known = load.known_until or now
    return load.as_of or known.replace(second=0, microsecond=0)


def read_filters(
    load: Load, start: str | None, end: str | None, as_of: str | None, chosen: Written
) -> Filters:
    """Filters as written; the usual period and moment where nothing is.

    Raises QuestionError for a date, a time or a period that is none.
    """
    moment = parse_moment(as_of, load.zone) if as_of else default_as_of(load)
    usual = preset(DEFAULT_PRESET, moment, load.zone)
    return Filters(
        parse_day(start, "The start of the period") if start else usual[0],
        parse_day(end, "The end of the period") if end else usual[1],
        moment,
        load.zone,
        **{name: choice(values) for name, values in chosen.items()},
    )


def check_values(
    filters: Filters, database: Database, viewer: Viewer = EVERYTHING
) -> None:
    """Raise QuestionError for a chosen value that the database does not know."""
    if not filters.chosen:
        return
    whole = Filters(filters.start, filters.end, filters.as_of, filters.zone)
    rows = gate.ask(Question(VALUES, whole), database, viewer).rows.to_pylist()
    for name, values in filters.chosen.items():
        known = {row["value"] for row in rows if row["filter"] == name}
        for value in values:
            if value is not None and value not in known:
                raise QuestionError(_unknown(name, value, known - {None}))


def _unknown(name: str, value: str, known: set[str]) -> str:
    """The sentence for an unknown value, with the known ones that are like it."""
    spelled = {word.lower(): word for word in sorted(known)}
    near = [spelled[w] for w in get_close_matches(value.lower(), spelled, 3, 0.5)]
    near = near or [word for word in sorted(known) if value.lower() in word.lower()][:3]
    label = LABELS[name].lower()
    if near:
        hint = f"did you mean {' or '.join(near)}?"
    elif known:
        hint = f"there are {', '.join(sorted(known)[:12])}, and {NONE}."
    else:
        hint = f"this database names no {label}."
    return f"There is no {label} {value!r}: {hint}"
