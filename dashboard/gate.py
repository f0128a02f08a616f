"""The only road to data: a question in, an Answer out.

The gate finds the query, has scope and filters written into it, binds every value, has
it run, adds the rates that its header names, and keeps the answer for the next who ask
the same under the same scope.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pyarrow as pa
from cachetools import LRUCache

from dashboard.access import EVERYTHING, Viewer
from dashboard.answers import Answer, Question, with_figures
from dashboard.databases import Database
from dashboard.databases.contract import schema_of
from dashboard.databases.state import Load, State
from dashboard.databases.stopping import Stop
from dashboard.databases.threads import beside
from dashboard.errors import QuestionError
from dashboard.planning import plan
from dashboard.query_files import Cases, Query, find_query
from dashboard.sql.checking import not_applied
from dashboard.sql.rewriting import rewrite
from dashboard.sql.wrapping import OF_ROWS

CACHE_BYTES = 256_000_000
STILL_HERE_SECONDS = 0.2
Wanted = Callable[[], object]


@dataclass(frozen=True)
class _Kept:
    rows: pa.Table
    read_at: datetime


@dataclass
class _Asking:
    """A question under way, and how many wait for it."""

    answer: Future[_Kept] = field(default_factory=Future)
    stop: Stop = field(default_factory=Stop)
    waiting: int = 0


_cache: LRUCache[Any, _Kept] = LRUCache(
    CACHE_BYTES, getsizeof=lambda kept: kept.rows.nbytes + 1_000
)
_lock = threading.Lock()
_asked: dict[Any, _Asking] = {}


def _always() -> None:
    """Whoever asks without a page waits to the end."""


def ask(
    question: Question,
    database: Database,
    viewer: Viewer = EVERYTHING,
    still_here: Wanted = _always,
) -> Answer:
    """The answer to a question, from the cache where the same was asked before.

    `still_here` is called while it waits, and may raise: then the question is given up,
    and stopped in the database unless others wait for it.

    Raises QuestionError, QueryFileError, DatabaseError or TimeLimitError.
    """
    query = find_query(question.query)
    state = database.state()
    shape, values = plan(question, query, viewer, state.load)
    sql = rewrite(query, shape, state.tables, state.dialect)
    key = _key(state, viewer, sql, values)
    contract = partial(schema_of, query, shape)
    kept = _once(
        key,
        lambda stop: with_figures(database.run(sql, values, contract, stop), query),
        still_here,
    )
    rows, of_rows = _page(kept.rows) if shape.paged else (kept.rows, None)
    found = Answer(
        question=question,
        query=query,
        viewer=viewer,
        rows=rows,
        read_at=kept.read_at,
        load=state.load,
        sql=sql,
        values=values,
        not_applied=not_applied(query, tuple(question.filters.chosen)),
        of_rows=of_rows,
    )
    return found if question.by is None else found.by(*question.by)


def _page(rows: pa.Table) -> tuple[pa.Table, int]:
    """A page without the column that says of how many rows; 0 beyond the last page."""
    of_rows = rows[OF_ROWS][0].as_py() if rows.num_rows else 0
    return rows.drop_columns([OF_ROWS]), of_rows


def count(
    question: Question,
    database: Database,
    viewer: Viewer = EVERYTHING,
    summing: str | None = None,
    still_here: Wanted = _always,
) -> int:
    """How many rows a question has, whatever its page; or the sum of a column."""
    query = find_query(question.query)
    whole = replace(question, order="", offset=0, limit=None)
    state = database.state()
    shape, values = plan(whole, query, viewer, state.load)
    counting = replace(shape, count=True, summing=summing)
    sql = rewrite(query, counting, state.tables, state.dialect)
    key = _key(state, viewer, sql, values)
    contract = partial(schema_of, query, counting)
    kept = _once(
        key, lambda stop: database.run(sql, values, contract, stop), still_here
    )
    return int(kept.rows["number"][0].as_py())


def stream(
    question: Question, database: Database, viewer: Viewer = EVERYTHING
) -> Iterator[pa.Table]:
    """All rows of a question in batches, with their figures; nothing is kept."""
    query = find_query(question.query)
    if question.by is not None:  # pooled rows are few
        yield ask(question, database, viewer).rows
        return
    state = database.state()
    shape, values = plan(question, query, viewer, state.load)
    sql = rewrite(query, shape, state.tables, state.dialect)
    for batch in database.stream(sql, values, partial(schema_of, query, shape)):
        yield with_figures(pa.Table.from_batches([batch]), query)


def sql_of(
    question: Question, database: Database, viewer: Viewer = EVERYTHING
) -> tuple[str, dict[str, Any]]:
    """The SQL that a question runs, and the values that it binds; nothing is run."""
    query = find_query(question.query)
    state = database.state()
    shape, values = plan(question, query, viewer, state.load)
    return rewrite(query, shape, state.tables, state.dialect), values


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
    filters = answer.question.filters
    if cases.as_of:
        filters = replace(filters, as_of=row[cases.as_of])
    return Question(
        query=behind.name,
        filters=filters,
        settings=settings,
        where=(
            *_where(answer.query, cases, behind, row),
            *_up_to(answer, cases, row),
            *_kept(answer, behind, row),
        ),
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
        and name not in (*query.cases, cases.up_to)
    ]
    return (*cases.where, *((name, (as_text(row[name]),)) for name in shared))


def _kept(
    answer: Answer, behind: Query, row: Mapping[str, Any]
) -> tuple[tuple[str, tuple[str | None, ...]], ...]:
    """What the question was narrowed to beyond its filters, where the row is silent."""
    return tuple(
        (column, values)
        for column, values in answer.question.where
        if column in behind.columns and column not in row
    )


def _up_to(
    answer: Answer, cases: Cases, row: Mapping[str, Any]
) -> tuple[tuple[str, tuple[str | None, ...]], ...]:
    """For a number that adds up, the values of its column from the first to this."""
    if cases.up_to is None:
        return ()
    found = set(answer.rows[cases.up_to].to_pylist())
    values = sorted(value for value in found if value <= row[cases.up_to])
    return ((cases.up_to, tuple(as_text(value) for value in values)),)


def as_text(value: Any) -> str | None:
    """A value as an address and `where` hold it; None stays the group without one."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _key(state: State, viewer: Viewer, sql: str, values: Mapping[str, Any]) -> Any:
    """What has to be equal for two questions to share an answer."""
    return state.identity, viewer.scope, sql, tuple(sorted(values.items()))


def _once(key: Any, run: Callable[[Stop], pa.Table], still_here: Wanted) -> _Kept:
    """The kept rows for a key; who asks meanwhile gets the answer, or the error."""
    with _lock:
        if key in _cache:
            return _cache[key]
        asking, is_first = _asked.get(key), key not in _asked
        if asking is None:
            asking = _asked[key] = _Asking()
        asking.waiting += 1
    if is_first:
        beside(partial(_run, key, run, asking))
    try:
        return _waited(asking.answer, still_here)
    finally:
        _leave(key, asking)


def _waited(answer: Future[_Kept], still_here: Wanted) -> _Kept:
    """The answer, as soon as it is there; `still_here` raises where nobody wants it."""
    while True:
        with suppress(TimeoutError):
            answer.exception(STILL_HERE_SECONDS)
        still_here()
        if answer.done():
            return answer.result()


def _leave(key: Any, asking: _Asking) -> None:
    """Stop what nobody waits for any more; who asks it now asks it anew."""
    with _lock:
        asking.waiting -= 1
        if asking.waiting or asking.answer.done():
            return
        if _asked.get(key) is asking:
            del _asked[key]
    asking.stop.now()


def _run(key: Any, run: Callable[[Stop], pa.Table], asking: _Asking) -> None:
    kept, failed = None, None
    try:
        kept = _Kept(run(asking.stop), datetime.now(UTC).replace(tzinfo=None))
    except BaseException as error:
        failed = error
    with _lock:
        if _asked.get(key) is asking:
            del _asked[key]
        if kept and kept.rows.nbytes + 1_000 <= _cache.maxsize:
            _cache[key] = kept
    if kept:
        asking.answer.set_result(kept)
    else:
        asking.answer.set_exception(failed)
