"""The `check` of query tests: relations drawn as text, an answer drawn as text."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dashboard import gate
from dashboard.answers import Answer, Question
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.filters import Filters, utc
from dashboard.settings import Settings
from tests import drawn

YEAR = (date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture
def check(tmp_path):
    """Ask a query over drawn relations and compare its rows with the drawn ones.

    Only the columns that `expect` draws are compared. Times are wall times of `zone`.
    Filters are given by name (`department=("AP",)`), settings in `settings`; `by` pools
    the answer first. `told_as_of` is that of the data, where it is another.
    """

    def ask(
        query: str,
        *,
        given: dict[str, str],
        expect: str,
        period_start: date = YEAR[0],
        period_end: date = YEAR[1],
        as_of: datetime = datetime(2027, 1, 1),
        zone: str = "Europe/Berlin",
        settings: dict[str, str] | None = None,
        where: tuple = (),
        by: tuple[str, ...] | None = None,
        told_as_of: datetime | None = None,
        **chosen: tuple[str | None, ...],
    ) -> Answer:
        path = tmp_path / "drawn.duckdb"
        drawn.build(path, given, zone=zone, as_of=utc(told_as_of or as_of, zone))
        filters = Filters(period_start, period_end, utc(as_of, zone), zone, **chosen)
        question = Question(
            query, filters, settings=tuple((settings or {}).items()), where=where
        )
        database = DuckDBFile(Settings(database_url=f"duckdb:///{path}"))
        answer = gate.ask(question, database)
        database.close()  # the next table is drawn into the same file
        pooled = answer if by is None else answer.by(*by)
        expected = drawn.table(expect)
        assert drawn.shown(pooled.rows, expected, zone) == expected
        return pooled

    return ask
