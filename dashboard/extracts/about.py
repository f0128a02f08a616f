"""What a reader of an extract has to know, beside its rows."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from dashboard import gate
from dashboard.access import Viewer
from dashboard.answers import Question, with_figures
from dashboard.databases import Database
from dashboard.databases.state import Load
from dashboard.filters import NONE
from dashboard.query_files import Query, find_query
from dashboard.sql.checking import not_applied


def describe(
    question: Question, database: Database, viewer: Viewer, load: Load
) -> dict[str, Any]:
    """What a reader of the rows has to know: the question, its moment, its source."""
    query, filters = find_query(question.query), question.filters
    sql, values = gate.sql_of(question, database, viewer)
    zone = filters.zone
    return {
        "query": query.name,
        "title": query.title,
        "question": query.question,
        "grain": query.grain,
        "filters": {
            name: [value if value is not None else NONE for value in chosen]
            for name, chosen in filters.chosen.items()
        },
        "filters_in_words": filters.sentence(),
        "owners": _owners(question, database, viewer),
        "filters_not_applied": list(not_applied(query, tuple(filters.chosen))),
        "first_day": filters.start.isoformat(),
        "first_day_not_counted": filters.end.isoformat(),
        "as_of": iso(filters.as_of, zone),
        "zone": zone,
        "settings": dict(question.settings),
        "where": {
            name: [value if value is not None else NONE for value in chosen]
            for name, chosen in question.where
        },
        "search": question.search,
        "pooled_by": None if question.by is None else list(question.by),
        "columns": {
            name: _meaning(query, name)
            for name in column_names(question, database, viewer)
        },
        "source": _source(load),
        "scope": None if viewer.scope is None else list(viewer.scope),
        "sql": sql,
        "values": {name: _plain(value) for name, value in values.items()},
        "made_at": iso(datetime.now(UTC).replace(tzinfo=None, microsecond=0), zone),
        "program": f"mis-dashboard {_version()}",
    }


def column_names(question: Question, database: Database, viewer: Viewer) -> list[str]:
    """The columns of an extract: those of the query, then its figures.

    Pooled, only what it is pooled by and what adds up.
    """
    if question.by is not None:
        return gate.ask(question, database, viewer).rows.column_names
    query = find_query(question.query)
    empty = pa.table({name: pa.array([], pa.float64()) for name in query.columns})
    return with_figures(empty, query).column_names


def _owners(
    question: Question, database: Database, viewer: Viewer
) -> list[dict[str, Any]]:
    """Who answers for the data of the chosen departments."""
    chosen = question.filters.department
    if not chosen:
        return []
    owners = gate.ask(Question("data/owners", question.filters), database, viewer)
    return [row for row in owners.rows.to_pylist() if row["department"] in chosen]


def _source(load: Load) -> dict[str, Any]:
    return {
        "name": load.source,
        "newest_change_at": iso(load.max_changed_at, load.zone),
        "rows": load.rows,
        "refused_rows": load.refused_rows,
        "is_sample": load.is_sample,
    }


def _meaning(query: Query, name: str) -> str:
    """What a column means: the header's words, or how the gate made it."""
    if name in query.columns:
        return query.columns[name]
    for figure in (*query.rates, *query.ratios):
        endings = {
            figure.name: f"{figure.numerator} / {figure.denominator}",
            f"{figure.name}_low": f"lower end of the 95 % interval of {figure.name}",
            f"{figure.name}_high": f"upper end of the 95 % interval of {figure.name}",
            f"{figure.name}_state": f"whether {figure.name} can be shown",
        }
        if name in endings:
            return endings[name]
    return f"whether {name.removesuffix('_state')} can be shown"


def iso(instant: datetime | None, zone: str) -> str | None:
    """A UTC instant as ISO 8601 with the offset of the zone."""
    if instant is None:
        return None
    return instant.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).isoformat()


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | str) else str(value)


def _version() -> str:
    try:
        return version("mis-dashboard")
    except PackageNotFoundError:
        return "(not installed)"
