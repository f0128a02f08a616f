"""Pointing the dashboard at a database that nobody has mapped yet."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial

import pytest
from click.testing import CliRunner

from dashboard.cli import cli
from dashboard.databases import open_database
from dashboard.settings import Settings
from dashboard.sources import connecting
from dashboard.sources.headings import likely_columns

NOON = "2026-05-04 12:00:00.000000"


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A folder with the database of an office; gives the URL of it."""
    path = tmp_path / "office.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            'create table "Tickets" ("Ticket Number" text, "Date received" text,'
            ' "Assigned to" text, "Colour" text)'
        )
        connection.execute(f"insert into \"Tickets\" values ('7', '{NOON}', 'Ann', '')")
    monkeypatch.chdir(tmp_path)
    return f"sqlite:///{path}"


def test_connecting_writes_a_draft_and_settings_that_answer(office, tmp_path):
    told = CliRunner().invoke(cli, ["connect", office], input="1\nEurope/Paris\n")
    assert told.exit_code == 0, told.output
    assert "It can only read." in told.output
    draft = (tmp_path / "mapping" / "work_items.sql").read_text()
    assert '"Ticket Number" as item_id' in draft
    assert '"Date received" as received_at' in draft
    assert "--     Colour" in draft
    assert 'zone = "Europe/Paris"' in (tmp_path / "mis.toml").read_text()
    assert (tmp_path / "mis.toml").stat().st_mode & 0o077 == 0
    items = CliRunner().invoke(cli, ["ask", "data/load"])
    assert items.exit_code == 0, items.output


def test_connecting_writes_over_nothing(office, tmp_path):
    (tmp_path / "mapping").mkdir()
    told = CliRunner().invoke(cli, ["connect", office], input="1\nEurope/Paris\n")
    assert told.exit_code == 1
    assert "mapping is there already" in told.output


def test_a_url_that_leads_nowhere_is_one_sentence(office):
    told = CliRunner().invoke(cli, ["connect", "sqlite:////nowhere/at/all.db"])
    assert told.exit_code == 1
    assert "is not there" in told.output


def test_a_table_and_its_columns_may_be_called_by_words_of_sql(tmp_path):
    path = tmp_path / "office.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            'create table "order" (id text, received text, "group" text)'
        )
    database = open_database(Settings(f"sqlite:///{path}"))
    [(table, columns)] = connecting.tables_of(database).items()
    draft = connecting.draft(database, table, columns)
    found = database.look(partial(database.columns_of, select=draft.sql))
    assert [name for name, _ in found] == list(draft.columns)


@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
def test_whether_a_user_can_write_is_tried(sites, kind):
    reader = sites.site(kind, "sample").url.render_as_string(hide_password=False)
    owner = sites.server(kind).rsplit("/", 1)[0] + "/sample"
    for url, expected in ((reader, False), (owner, True)):
        database = open_database(Settings(url))
        tables = connecting.tables_of(database)
        assert connecting.can_write(database, tables) is expected
        database.close()
        found = database.look(lambda c: _items(c))
        assert found > 1000


def _items(connection):
    cursor = connection.cursor()
    cursor.execute("select count(*) from work_items")
    [(found,)] = cursor.fetchall()
    cursor.close()
    return found


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (
            "Date Out|Case No|Date In",
            "item_id=Case No received_at=Date In completed_at=Date Out",
        ),
        (
            "createdAt|closedAt|id",
            "item_id=id received_at=createdAt completed_at=closedAt",
        ),
        ("Opened (UTC)|Team|Prio", "received_at=Opened (UTC) team=Team priority=Prio"),
        ("Colour|Shape", ""),
    ],
)
def test_columns_are_known_by_what_they_are_called(headings, expected):
    found = likely_columns(headings.split("|"))
    assert " ".join(f"{ours}={theirs}" for ours, theirs in found.items()) == expected
