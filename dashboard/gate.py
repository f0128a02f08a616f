"""The only road to data: a question in, an Answer out.

The gate finds the query, has scope and filters written into it, binds every value, has
it run, adds the rates that its header names, and keeps the answer for the next who ask
the same under the same scope.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
from cachetools import LRUCache

from dashboard.access import EVERYTHING, Viewer
from dashboard.answers import Answer, Question, with_figures
from dashboard.database import Database, Load
from dashboard.errors import QuestionError
from dashboard.query_files import GIVEN, Cases, Query, find_query
from dashboard.sql.checking import not_applied
from dashboard.sql.rewriting import rewrite
from dashboard.sql.shape import Chosen, Shape

CACHE_BYTES = 256_000_000
GRAINS = ("day", "week", "month")


@dataclass(frozen=True)
class _Kept:
    rows: pa.Table
    read_at: datetime


_cache: LRUCache[Any, _Kept] = LRUCache(
    CACHE_BYTES, getsizeof=lambda kept: kept.rows.nbytes + 1_000
)
_lock = threading.Lock()
_asked: dict[Any, threading.Lock] = {}


def ask(question: Question, database: Database, viewer: Viewer = EVERYTHING) -> Answer:
    """The answer to a question, from the cache where the same was asked before.

    Raises QuestionError, QueryFileError, DatabaseError or TimeLimitError.
    """
    query = find_query(question.query)
    shape, values = _plan(question, query, viewer)
    state = database.state()
    sql = rewrite(query, shape, frozenset(state.columns.items()))
    key = (state.identity, viewer.scope, sql, tuple(sorted(values.items())))
    kept = _once(key, lambda: with_figures(database.run(sql, values), query))
    return Answer(
        question=question,
        query=query,
        viewer=viewer,
        rows=kept.rows,
        read_at=kept.read_at,
        load=state.load,
        sql=sql,
        values=values,
        not_applied=not_applied(query, tuple(question.filters.chosen)),
    )


def count(
    question: Question,
    database: Database,
    viewer: Viewer = EVERYTHING,
    summing: str | None = None,
) -> int:
    """How many rows a question has, whatever its page; or the sum of a column."""
    query = find_query(question.query)
    whole = replace(question, order="", offset=0, limit=None)
    shape, values = _plan(whole, query, viewer)
    shape = replace(shape, count=True, summing=summing)
    state = database.state()
    sql = rewrite(query, shape, frozenset(state.columns.items()))
    key = (state.identity, viewer.scope, sql, tuple(sorted(values.items())))
    kept = _once(key, lambda: database.run(sql, values))
    return int(kept.rows["number"][0].as_py())


def stream(
    question: Question, database: Database, viewer: Viewer = EVERYTHING
) -> Iterator[pa.Table]:
    """All rows of a question in batches, with their figures; nothing is kept."""
    query = find_query(question.query)
    sql, values = sql_of(question, database, viewer)
    for batch in database.stream(sql, values):
        yield with_figures(pa.Table.from_batches([batch]), query)


def sql_of(
    question: Question, database: Database, viewer: Viewer = EVERYTHING
) -> tuple[str, dict[str, Any]]:
    """The SQL that a question runs, and the values that it binds; nothing is run."""
    query = find_query(question.query)
    shape, values = _plan(question, query, viewer)
    return rewrite(query, shape, frozenset(database.state().columns.items())), values


def load(database: Database) -> Load:
    """What the database says of itself."""
    return database.state().load


def forget() -> None:
    """Forget every kept answer, so that the next question reads anew."""
    with _lock:
        _cache.clear()


def cases_behind(answer: Answer, column: str, row: Mapping[str, Any]) -> Question:
    """The question for the records behind one number: column `column` of `row`.

    The values that name the records are those of the columns that the answer shares
    with the query of its cases. Raises QuestionError where a number has no records.
    """
    cases = answer.query.cases.get(column)
    if cases is None:
        raise QuestionError(f"{answer.query.name} tells no records behind {column}.")
    behind = find_query(cases.query)
    settings = tuple(
        (name, value)
        for name, value in answer.question.settings
        if name in behind.parameters
    )
    return Question(
        query=behind.name,
        filters=answer.question.filters,
        settings=settings,
        where=_where(answer.query, cases, behind, row),
    )


def _where(
    query: Query, cases: Cases, behind: Query, row: Mapping[str, Any]
) -> tuple[tuple[str, tuple[str | None, ...]], ...]:
    shared = [
        name
        for name in query.columns
        if name in behind.columns
        and name in row
        and name not in dict(cases.where)
        and name not in query.cases
    ]
    return (*cases.where, *((name, (as_text(row[name]),)) for name in shared))


def as_text(value: Any) -> str | None:
    """A value as an address and `where` hold it; None stays the group without one."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (date, datetime)):
        return str(value)
    return str(value)


def _plan(
    question: Question, query: Query, viewer: Viewer
) -> tuple[Shape, dict[str, Any]]:
    """What changes the SQL, and the values to bind."""
    values = _parameters(question, query)
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
    )
    return shape, values


def _chosen(values: tuple[str | None, ...]) -> Chosen:
    known = sum(value is not None for value in values)
    return Chosen(known, none=known < len(values))


def _bind(values: dict[str, Any], prefix: str, wanted: tuple[str | None, ...]) -> None:
    known = [value for value in wanted if value is not None]
    values |= {f"{prefix}_{number}": value for number, value in enumerate(known)}


def _parameters(question: Question, query: Query) -> dict[str, Any]:
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
    values: dict[str, Any] = {}
    for name, parameter in query.parameters.items():
        if name in GIVEN:
            values[name] = given[name]
        else:
            text = settings.get(name, parameter.default or "")
            values[name] = _setting(name, text, parameter.default or "")
    return values


def _setting(name: str, text: str, default: str) -> int | str:
    """A setting in the type of its default. Raises QuestionError."""
    if name == "grain" and text not in GRAINS:
        raise QuestionError(f"grain is {text!r}: choose one of {', '.join(GRAINS)}.")
    if default.isdigit():
        if not text.isdigit():
            raise QuestionError(f"{name} is {text!r}: write a whole number.")
        return int(text)
    return text


def _once(key: Any, run: Any) -> _Kept:
    """The kept rows for a key; several who ask at once wait for the first of them."""
    with _lock:
        if key in _cache:
            return _cache[key]
        turn = _asked.setdefault(key, threading.Lock())
    with turn:
        with _lock:
            if key in _cache:
                return _cache[key]
        try:
            kept = _Kept(run(), datetime.now(UTC).replace(tzinfo=None))
            with _lock:
                if kept.rows.nbytes + 1_000 <= _cache.maxsize:
                    _cache[key] = kept
        finally:
            with _lock:
                _asked.pop(key, None)
    return kept
