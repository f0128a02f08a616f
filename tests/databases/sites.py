"""A site for each supported database and data set: the same rows, read where they are."""

from __future__ import annotations

import os
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from dashboard.databases import Database, open_database
from dashboard.filters import Filters
from dashboard.settings import ROOT, Settings
from dashboard.sources.importing import import_files
from sample_data.build import build
from tests.databases import loading, servers

DATABASES = ("postgresql", "mariadb", "sqlite", "clickhouse")
DATA = ("sample", "boston_311")
BOSTON = ROOT.parent / "shared" / "data" / "boston_311_2011h2.csv.gz"

# data set -> its filter sets: what is chosen, and the grain
VIEWS = {
    "sample": (
        ({}, "day"),
        ({"department": ("Accounts Payable", None)}, "week"),
        ({"team": ("AP Invoices",), "priority": ("High", "Normal")}, "month"),
    ),
    "boston_311": (
        ({}, "week"),
        ({"department": ("PWDx", None)}, "month"),
        ({"channel": ("Constituent Call",)}, "day"),
    ),
}


class Sites:
    """Databases by kind and data set, made when first asked for."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.running = ExitStack()
        self._files: dict[str, Path] = {}
        self._relations: dict[str, dict[str, pa.Table]] = {}
        self._servers: dict[str, str] = {}
        self._sites: dict[tuple[str, str], Database] = {}

    def reference(self, data: str) -> Database:
        """The data set in DuckDB."""
        return opened(f"duckdb:///{self.file(data)}")

    def site(self, kind: str, data: str) -> Database:
        """The data set in another database."""
        if (kind, data) not in self._sites:
            into = getattr(loading, f"into_{kind}")
            self.file(data)
            url = into(self.server(kind), data, self._relations[data])
            self._sites[kind, data] = opened(url)
        return self._sites[kind, data]

    def server(self, kind: str) -> str:
        """The URL of its owner; for an embedded database, of a folder."""
        if kind not in self._servers:
            self._servers[kind] = self._started(kind)
        return self._servers[kind]

    def file(self, data: str) -> Path:
        """The DuckDB file of a data set."""
        if data not in self._files:
            path = _build(data, self.folder / f"{data}.duckdb")
            self._relations[data] = loading.relations_of(path)  # before it is opened
            self._files[data] = path
        return self._files[data]

    def _started(self, kind: str) -> str:
        start = getattr(servers, kind, None)
        if start is None:
            return str(self.folder / kind)
        try:
            return self.running.enter_context(start(self.folder / kind)).url
        except servers.EngineMissingError as error:
            words = f"SKIPPED ENGINE: {kind} ({error})"
            if kind in os.environ.get("MIS_REQUIRE", "").split(","):
                pytest.fail(words)
            pytest.skip(words)


def opened(url: str) -> Database:
    """A database by its URL."""
    return open_database(Settings(database_url=url, time_limit_seconds=60))


def _build(data: str, path: Path) -> Path:
    if data == "sample":
        build(path, items=20_000, end=date(2026, 11, 22))
    elif BOSTON.exists():
        import_files("boston_311", [BOSTON], path)
    else:
        pytest.skip(f"{BOSTON} is not there")
    return path


def views(database: Database, data: str) -> list[tuple[Filters, str]]:
    """The filter sets of a data set, over its last 120 days."""
    load = database.state().load
    assert load.as_of
    end = load.as_of.date() + timedelta(days=1)
    start = end - timedelta(days=120)
    return [
        (Filters(start, end, load.as_of, load.zone, **chosen), grain)
        for chosen, grain in VIEWS[data]
    ]
