"""Figures of a tracker, once its relations are in a file of ours."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from dashboard import gate
from dashboard.answers import Answer, Question
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
                told = [name for name in rows.column_names if name != "changed_at"]
                file.insert(select.stem, rows.select(told))
        self.database = DuckDBFile(Settings(database_url=f"duckdb:///{path}"))

    def flow(self, expected: str) -> None:
        """What came and went."""
        self._tell("workload/flow_by_bucket", expected, "bucket_on")

    def open(self, expected: str) -> None:
        """What was open, by team."""
        self._tell("backlog/open_by_group", expected, "team")

    def on_time(self, expected: str) -> None:
        """What was promised for the week, by department."""
        self._tell("deadlines/on_time_by_group", expected, "department")

    def handoffs(self, expected: str) -> None:
        """How often what was done had changed hands."""
        self._tell("handoffs/summary", expected)

    def faults(self) -> list[str | None]:
        """What the source tells that cannot be."""
        return self._ask("data/faults").rows["fault"].to_pylist()

    def _tell(self, query: str, expected: str, *by: str) -> None:
        like = table(expected)
        assert shown(self._ask(query).by(*by).rows, like, "UTC") == like

    def _ask(self, query: str) -> Answer:
        filters = Filters(*WEEK, AS_OF, "UTC")
        return gate.ask(Question(query, filters), self.database)
