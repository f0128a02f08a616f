"""The only road to data: a question in, an Answer out.

The gate finds the query, has scope and filters written into it, binds every value, has
it run, adds the rates that its header names, and keeps the answer for the next who ask
the same under the same scope.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
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
from dashboard.errors import QuestionError
from dashboard.planning import plan
from dashboard.query_files import Cases, Query, find_query
from dashboard.sql.checking import not_applied
from dashboard.sql.rewriting import rewrite
from dashboard.sql.wrapping import OF_ROWS

CACHE_BYTES = 256_000_000


@dataclass(frozen=True)
class _Kept:
    rows: pa.Table
    read_at: datetime


_cache: LRUCache[Any, _Kept] = LRUCache(
    CACHE_BYTES, getsizeof=lambda kept: kept.rows.nbytes + 1_000
)
_lock = threading.Lock()
_asked: dict[Any, Future[_Kept]] = {}


def ask(question: Question, database: Database, viewer: Viewer = EVERYTHING) -> Answer:
    """The answer to a question, from the cache where the same was asked before.

    Raises QuestionError, QueryFileError, DatabaseError or TimeLimitError.
    """
    query = find_query(question.query)
    state = database.state()
    shape, values = plan(question, query, viewer, state.load)
    sql = rewrite(query, shape, state.tables, state.dialect)
    key = _key(state, viewer, sql, values)
    contract = partial(schema_of, query, shape)
    kept = _once(key, lambda: with_figures(database.run(sql, values, contract), query))
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
    kept = _once(key, lambda: database.run(sql, values, contract))
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


def _once(key: Any, run: Callable[[], pa.Table]) -> _Kept:
    """The kept rows for a key; who asks meanwhile gets the answer, or the error."""
    with _lock:
        if key in _cache:
            return _cache[key]
        under_way, is_first = _asked.get(key), key not in _asked
        if under_way is None:
            under_way = _asked[key] = Future()
    if is_first:
        _run(key, run, under_way)
    return under_way.result()


def _run(key: Any, run: Callable[[], pa.Table], answer: Future[_Kept]) -> None:
    try:
        kept = _Kept(run(), datetime.now(UTC).replace(tzinfo=None))
    except BaseException as error:
        with _lock:
            del _asked[key]
        answer.set_exception(error)
        return
    with _lock:
        del _asked[key]
        if kept.rows.nbytes + 1_000 <= _cache.maxsize:
            _cache[key] = kept
    answer.set_result(kept)
