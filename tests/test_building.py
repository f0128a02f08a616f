"""Building a database is all or nothing, whatever an earlier builder left behind."""

import os
from contextlib import contextmanager
from datetime import datetime

import pytest

from dashboard.errors import DatabaseError
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


@contextmanager
def ordinary_user():
    """Nobody in particular: root may write anywhere."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(was)


def test_a_folder_that_may_not_be_written_is_one_sentence(tmp_path):
    tmp_path.chmod(0o555)
    try:
        with (
            ordinary_user(),
            pytest.raises(DatabaseError, match="cannot be written .Permission denied"),
            new_database(tmp_path / "a.duckdb", **ABOUT),
        ):
            pass
    finally:
        tmp_path.chmod(0o755)
    assert list(tmp_path.iterdir()) == []


def test_what_a_living_builder_writes_is_left_alone(tmp_path):
    unfinished = tmp_path / f".a.duckdb.{os.getppid()}.building"
    unfinished.write_text("x")
    with new_database(tmp_path / "a.duckdb", **ABOUT):
        pass
    assert unfinished.read_text() == "x"
