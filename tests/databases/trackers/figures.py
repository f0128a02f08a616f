"""Figures of a tracker, once its relations are in a file of ours."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from dashboard import gate
from dashboard.answers import Question
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.filters import Filters
from dashboard.settings import Settings
from dashboard.sources.building import new_database
from tests.databases.trackers.site import READY, Tracker
from tests.drawn import shown, table

WEEK = (date(2026, 3, 2), date(2026, 3, 9))
AS_OF = datetime(2026, 3, 9)


class Figures:
    """The answers of the week from 2 to 8 March 2026, as known at its end."""

    def __init__(self, tracker: Tracker, path: Path):
        with new_database(path, source="drawn", zone="UTC", as_of=AS_OF) as file:
            for select in sorted((READY / tracker.name).glob("*.sql")):
                rows = tracker.select(select.stem)
                file.insert(select.stem, rows.drop_columns(["changed_at"]))
        self.database = DuckDBFile(Settings(database_url=f"duckdb:///{path}"))

    def tell(self, query: str, expected: str, by: tuple[str, ...] = ()) -> None:
        """Compare a pooled answer with a drawn table."""
        filters = Filters(*WEEK, AS_OF, "UTC")
        answer = gate.ask(Question(query, filters), self.database).by(*by)
        like = table(expected)
        assert shown(answer.rows, like, "UTC") == like
