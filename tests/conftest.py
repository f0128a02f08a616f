"""What several suites share."""

from datetime import date

import pytest

from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.settings import Settings
from sample_data.build import build


@pytest.fixture(scope="session")
def small_sample(tmp_path_factory):
    """A database with a small sample, 8,000 items."""
    path = tmp_path_factory.mktemp("small_sample") / "operations.duckdb"
    build(path, items=8_000, end=date(2026, 11, 22))
    return DuckDBFile(Settings(database_url=f"duckdb:///{path}"))
