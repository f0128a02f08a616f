"""Building a database is all or nothing, whatever an earlier builder left behind."""

from datetime import datetime

import pytest

from dashboard.sources.building import new_database

ABOUT = {"source": "test", "zone": "UTC", "as_of": datetime(2026, 1, 1)}


def test_what_a_killed_builder_left_is_cleared_away(tmp_path):
    spilled = tmp_path / ".a.duckdb.999999999.building.tmp"
    spilled.mkdir()
    (spilled / "block").write_text("x")
    (tmp_path / ".a.duckdb.999999999.building").write_text("x")
    with new_database(tmp_path / "a.duckdb", **ABOUT):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["a.duckdb"]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.duckdb"
    with new_database(path, **ABOUT):
        pass
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError), new_database(path, **ABOUT):
        raise ZeroDivisionError
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["a.duckdb"]
