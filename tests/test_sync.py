"""What a copy of a busy database holds, and what it says of each load."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import duckdb
import pytest

from dashboard import gate
from dashboard.databases import open_database
from dashboard.errors import DatabaseError
from dashboard.settings import Settings
from dashboard.sources import syncing
from dashboard.sources.syncing import sync

SELECTS = {
    "work_items": "select no as item_id, team, came_in as received_at,"
    " done as completed_at, touched as changed_at from tickets",
    "work_events": "select no as item_id, at as event_at, kind, team,"
    " at as changed_at from changes",
    "employees": "select name as employee, team from people",
}
MADE = """
    create table tickets (no, team, came_in, done, touched);
    create table changes (no, at, kind, team);
    create table people (name, team);
"""


class Office:
    """A SQLite database of an office, its mapping, and the copy of it."""

    def __init__(self, folder):
        self.path, self.copy = folder / "office.db", folder / "copy.duckdb"
        mapping = folder / "mapping"
        mapping.mkdir()
        for name, select in SELECTS.items():
            (mapping / f"{name}.sql").write_text(select)
        self.settings = Settings(
            f"sqlite:///{self.path}", mapping=str(mapping), zone="UTC"
        )
        self.told(MADE)

    def told(self, script):
        """Change the database of the office."""
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.executescript(script)

    def tickets(self, *rows):
        """Put tickets in, or others in their place: no, team, came, done, changed."""
        for row in rows:
            no, team, *times = row.split()
            times = [
                None if t == "-" else f"2026-05-{t} 12:00:00.000000" for t in times
            ]
            with closing(sqlite3.connect(self.path)) as connection, connection:
                connection.execute("delete from tickets where no = ?", [no])
                connection.execute(
                    "insert into tickets values (?, ?, ?, ?, ?)", [no, team, *times]
                )

    def sync(self, **given):
        """Copy it; gives the lines of the load, a text for each relation."""
        source = open_database(self.settings)
        try:
            report = sync(source, self.copy, **given)
        finally:
            source.close()
        return {
            line.part: f"{line.source_rows} = {line.inserted_rows} new"
            f" + {line.updated_rows} changed + {line.unchanged_rows} as they were"
            f" - {line.deleted_rows} gone"
            for line in report.lines
        }

    def ask(self, sql):
        with duckdb.connect(str(self.copy), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def items(self):
        return self.ask("select item_id, team from work_items order by item_id")


@pytest.fixture
def office(tmp_path):
    found = Office(tmp_path)
    found.tickets("1 A 04 - 04", "2 A 04 05 05", "3 B 05 - 05")
    return found


def test_the_first_copy_holds_all_rows(office):
    assert office.sync()["work_items"] == (
        "3 = 3 new + 0 changed + 0 as they were - 0 gone"
    )
    assert office.items() == [("1", "A"), ("2", "A"), ("3", "B")]


def test_the_next_copy_tells_what_is_new_changed_and_as_it_was(office):
    office.sync()
    office.tickets("3 A 05 - 06", "4 B 06 - 06")
    assert office.sync()["work_items"] == (
        "4 = 1 new + 1 changed + 2 as they were - 0 gone"
    )
    assert office.items() == [("1", "A"), ("2", "A"), ("3", "A"), ("4", "B")]


def test_a_deleted_row_is_found_at_once_because_the_counts_differ(office):
    office.sync()
    office.told("delete from tickets where no = '1'")
    assert office.sync()["work_items"] == (
        "2 = 0 new + 0 changed + 2 as they were - 1 gone"
    )
    assert office.items() == [("2", "A"), ("3", "B")]


def test_a_change_that_is_not_told_is_found_when_all_is_compared(office):
    office.sync()
    office.told("update tickets set team = 'C' where no = '1'")
    assert "0 changed" in office.sync()["work_items"]
    assert "1 changed" in office.sync(whole=True)["work_items"]
    assert office.items()[0] == ("1", "C")


def test_all_is_compared_once_a_day(office, monkeypatch):
    office.sync()
    office.told("update tickets set team = 'C' where no = '1'")
    monkeypatch.setattr(syncing, "WHOLE_EVERY", syncing.timedelta(0))
    assert "1 changed" in office.sync()["work_items"]


def test_nothing_new_changes_nothing(office):
    office.sync()
    before = office.ask("select * from item_stays order by all")
    for line in office.sync().values():
        assert " 0 new + 0 changed" in line
        assert line.endswith("0 gone")
    assert office.ask("select * from item_stays order by all") == before


@pytest.mark.parametrize(
    "change",
    [
        "update tickets set done = '2026-05-07 12:00:00.000000',"
        " touched = '2026-05-07 12:00:00.000000' where no = '1'",
        "insert into changes values ('3', '2026-05-06 12:00:00.000000',"
        " 'transferred', 'C')",
        "delete from tickets where no = '2'",
        "insert into people values ('Ann', 'A')",
    ],
)
def test_what_is_derived_is_that_of_a_whole_copy(office, change):
    office.sync()
    office.told(change)
    office.sync()
    tables = ("item_stays", "item_stages", "item_clocks", "item_handoffs", "item_steps")
    found = [office.ask(f"select * from {t} order by all") for t in tables]
    office.copy.unlink()
    office.sync()
    assert found == [office.ask(f"select * from {t} order by all") for t in tables]


def test_a_reader_gets_the_new_state_without_a_restart(office):
    office.sync()
    database = open_database(Settings(f"duckdb:///{office.copy}"))
    assert gate.load(database).rows == 3
    office.tickets("4 B 06 - 06")
    office.sync()
    assert gate.load(database).rows == 4
    database.close()


def test_each_load_is_kept_in_the_history(office):
    office.sync()
    office.tickets("4 B 06 - 06")
    office.sync(expected_minutes=60)
    assert office.ask("""
        select source_rows, inserted_rows, held_rows, expected_minutes
        from load_lines
        where part = 'work_items'
        order by finished_at
    """) == [(3, 3, 3, None), (4, 1, 4, 60)]


def test_what_cannot_be_read_leaves_the_copy_as_it_was(office):
    office.sync()
    office.told("drop table people")
    with pytest.raises(DatabaseError, match=r"employees\.sql cannot be read"):
        office.sync()
    assert len(office.items()) == 3


def test_what_was_imported_or_made_is_never_replaced_by_a_copy(office):
    office.sync()
    with duckdb.connect(str(office.copy)) as connection:
        connection.execute("drop table sync_marks")
    before = office.copy.read_bytes()
    with pytest.raises(DatabaseError, match="holds data that is no copy"):
        office.sync()
    assert office.copy.read_bytes() == before


def test_the_copy_of_another_source_is_begun_anew(office):
    office.sync()
    with duckdb.connect(str(office.copy)) as connection:
        connection.execute("update load_log set source = 'another'")
    assert "3 new" in office.sync()["work_items"]
