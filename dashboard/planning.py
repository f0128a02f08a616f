"""What of a question changes its SQL, and what is bound to it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

from dashboard.access import Viewer
from dashboard.answers import Question
from dashboard.databases.state import Load
from dashboard.errors import QuestionError
from dashboard.query_files import GIVEN, Query
from dashboard.sql.shape import Chosen, Shape

GRAINS = ("day", "week", "month")


def plan(
    question: Question, query: Query, viewer: Viewer, load: Load
) -> tuple[Shape, dict[str, Any]]:
    """The shape of a question, and the values to bind. Raises QuestionError."""
    _check_moment(question.filters.as_of, load)
    values = _parameters(question, query, load)
    chosen = question.filters.chosen
    for name, wanted in chosen.items():
        _bind(values, name, wanted)
    for number, (_, wanted) in enumerate(question.where):
        _bind(values, f"where_{number}", wanted)
    if viewer.scope is not None:
        _bind(values, "scope", viewer.scope)
    if question.search:
        values["search"] = question.search
    paged = question.limit is not None
    if paged:
        values |= {"limit": question.limit, "offset": question.offset}
    shape = Shape(
        filters=tuple((name, _chosen(wanted)) for name, wanted in chosen.items()),
        scope=None if viewer.scope is None else len(viewer.scope),
        where=tuple((column, _chosen(wanted)) for column, wanted in question.where),
        search=bool(question.search),
        order=question.order,
        descending=question.descending,
        paged=paged,
        first=paged and question.offset == 0,
    )
    return shape, values


def _chosen(values: tuple[str | None, ...]) -> Chosen:
    known = sum(value is not None for value in values)
    return Chosen(known, none=known < len(values))


def _bind(values: dict[str, Any], prefix: str, wanted: tuple[str | None, ...]) -> None:
    known = [value for value in wanted if value is not None]
    values |= {f"{prefix}_{number}": value for number, value in enumerate(known)}


def _parameters(question: Question, query: Query, load: Load) -> dict[str, Any]:
    """A value for each parameter that the query declares; no others."""
    settings = dict(question.settings)
    for name in settings:
        if name not in query.parameters or name in GIVEN:
            own = [known for known in query.parameters if known not in GIVEN]
            raise QuestionError(
                f"{query.name} has no setting {name!r}; "
                f"its settings are: {', '.join(own) or 'none'}."
            )
    given = question.filters.parameters()
    given["told_until"] = _told_until(question.filters.as_of, load)
    given["known_at"] = load.as_of or _day_before(load.known_until)
    values: dict[str, Any] = {}
    for name, parameter in query.parameters.items():
        if name in GIVEN:
            values[name] = given[name]
        else:
            text = settings.get(name, parameter.default or "")
            values[name] = _setting(name, text, parameter.default or "")
    return values


def _check_moment(as_of: datetime, load: Load) -> None:
    """Refuse a moment for which no calendar counts working time; that is not 0."""
    first, last = load.calendar
    if first and last and not first <= as_of < last:
        raise QuestionError(
            f"The as-of moment lies beyond the calendar of this database, which knows "
            f"{first:%Y-%m-%d} to {last:%Y-%m-%d}: choose another."
        )


def _told_until(as_of: datetime, load: Load) -> datetime:
    """The moment up to which the data tells what happened before the as-of moment."""
    known = load.as_of or load.max_changed_at or load.known_until
    return min(as_of, known) if known else as_of


def _day_before(known_until: datetime | None) -> datetime:
    """Late enough to be now, for a live source or a replica, and the same all day."""
    known = known_until or datetime.now(UTC).replace(tzinfo=None)
    return datetime.combine(known.date() - timedelta(days=1), time())


def _setting(name: str, text: str, default: str) -> int | str:
    """A setting in the type of its default. Raises QuestionError."""
    if name == "grain" and text not in GRAINS:
        raise QuestionError(f"grain is {text!r}: choose one of {', '.join(GRAINS)}.")
    if default.isdigit():
        if not re.fullmatch("[0-9]{1,6}", text):
            raise QuestionError(f"{name} is {text!r}: write a whole number.")
        return int(text)
    return text
