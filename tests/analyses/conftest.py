"""Answers over drawn relations, for analyses to work on."""

from datetime import date, datetime
from itertools import count

import pytest

from dashboard import gate
from dashboard.answers import Question
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.filters import Filters, utc
from dashboard.settings import Settings
from tests import drawn

ZONE = "Europe/Berlin"


@pytest.fixture
def asked(tmp_path):
    """Ask a query over drawn relations: a function of query, period and settings."""

    numbers = count()

    def build(given, as_of=datetime(2027, 1, 1)):
        path = tmp_path / f"drawn{next(numbers)}.duckdb"
        drawn.build(path, given, zone=ZONE, as_of=utc(as_of, ZONE))
        database = DuckDBFile(Settings(database_url=f"duckdb:///{path}"))

        def ask(query, start: date, end: date, **settings):
            filters = Filters(start, end, utc(as_of, ZONE), ZONE)
            question = Question(query, filters, settings=tuple(settings.items()))
            return gate.ask(question, database)

        return ask

    return build
