"""What `mis doctor` says of a connection, in the order in which to mend it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.databases import open_database
from dashboard.doctor import examine
from dashboard.query_files import all_queries
from dashboard.settings import Settings
from sample_data.build import build
from tests.office import Office

NOON = "2026-05-04 12:00:00.000000"
ITEMS = "create table work_items (item_id, received_at, team, completed_at)"
TOMORROW = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def examined(tmp_path):
    """Make a SQLite database by statements; gives the findings of a look at it."""
    path, opened = tmp_path / "site.db", []

    def look(*statements, **settings):
        with closing(sqlite3.connect(path)) as connection, connection:
            for statement in statements:
                connection.execute(statement)
        given = Settings(f"sqlite:///{path}", **settings)
        opened.append(given)
        found = []
        for finding in examine(given):
            found.append(finding)
            if finding.about == "relations":  # after it only the speed is looked at
                break
        return found

    yield look
    for settings in opened:
        open_database(settings).close()


def told(findings, about, state):
    """The words of findings of one kind, a line each."""
    return "\n".join(f.told for f in findings if (f.about, f.state) == (about, state))


def test_a_database_that_is_not_there_ends_the_look(tmp_path):
    [finding] = examine(Settings(f"sqlite:///{tmp_path}/none.db"))
    assert (finding.about, finding.state) == ("connection", "mend")
    assert "is not there" in finding.told


def test_what_is_well_is_said_as_well(examined):
    found = examined(ITEMS, f"insert into work_items values ('1', '{NOON}', 'A', null)")
    assert "answers" in told(found, "connection", "well")
    assert "can only read" in told(found, "rights", "well")
    assert told(found, "work_items", "well") == (
        "1 rows, received_at from 2026-05-04 to 2026-05-04."
    )


def test_the_speed_of_all_queries_is_told(tmp_path):
    path = tmp_path / "sample.duckdb"
    build(path, items=300)
    *_, speed = examine(Settings(f"duckdb:///{path}"))
    assert speed.about == "speed"
    assert f"of {len(all_queries())} queries" in speed.told


def test_relations_of_a_built_file_that_nobody_declared_are_named_once(tmp_path):
    office = Office(tmp_path)
    office.load("1,AP,2024-01-01,5")
    found = []
    for finding in examine(Settings(f"duckdb:///{office.database}")):
        found.append(finding)
        if finding.about == "relations":
            break
    assert not [f for f in found if "not a single row" in f.told]
    assert "work_events, " in told(found, "relations", "note")


def test_without_items_there_is_one_thing_to_mend(examined):
    found = examined("create table tickets (id)")
    assert [f.about for f in found if f.state == "mend"] == ["relations"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("'1', '1900-01-01 00:00:00.000000', 'A', null", "goes back to 1900-01-01"),
        (
            f"'1', '{TOMORROW:%Y-%m-%d %H:%M:%S}.000000', 'A', null",
            "which is still to come",
        ),
    ],
    ids=["before 2000", "to come"],
)
def test_a_date_that_cannot_be_is_to_mend(examined, row, words):
    found = examined(ITEMS, f"insert into work_items values ({row})")
    assert words in told(found, "work_items", "mend")


def test_columns_that_tell_nothing_are_named(examined):
    found = examined(
        "create table work_items (item_id, received_at, team, completed_at)",
        f"insert into work_items values ('1', '{NOON}', null, '{NOON}')",
        f"insert into work_items values ('2', '{NOON}', null, null)",
    )
    notes = told(found, "work_items", "note")
    assert "given, but empty: team" in notes
    assert "not given: department, employee" in notes
    assert "Empty in part: completed_at 50 %" in notes
    assert "Not told: work_events" in told(found, "relations", "note")


def test_a_mapping_that_does_not_fit_is_to_mend(examined, tmp_path):
    (tmp_path / "work_items.sql").write_text("select 1 as item_id from tickets")
    found = examined("create table tickets (id)", mapping=str(tmp_path))
    assert "gives no column received_at" in told(found, "mapping", "mend")


def test_a_zone_that_is_not_set_is_asked_for(examined):
    assert "your own zone" in told(examined(ITEMS), "zone", "note")
    assert "Europe/London" in told(examined(zone="Europe/London"), "zone", "well")
