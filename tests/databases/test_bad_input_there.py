"""What is wrong with a site's database is said in one sentence that names it."""

import sqlite3
from contextlib import closing

import pytest

from dashboard import gate
from dashboard.answers import Question
from dashboard.databases import open_database
from dashboard.databases.mariadb import told_version
from dashboard.databases.versions import check_version
from dashboard.errors import DatabaseError
from dashboard.settings import Settings

NOON = "2026-05-04 12:00:00.000000"


@pytest.fixture
def site(tmp_path):
    """A SQLite file made by statements; gives its database."""
    opened = []

    def make(*statements):
        path = tmp_path / "site.db"
        with closing(sqlite3.connect(path)) as connection, connection:
            for statement in statements:
                connection.execute(statement)
        opened.append(open_database(Settings(f"sqlite:///{path}")))
        return opened[-1]

    yield make
    for database in opened:
        database.close()


def received(database):
    load = database.state().load
    filters = views_of(load)
    return gate.ask(Question("workload/flow_identity", filters), database).total()


def views_of(load):
    from datetime import date, datetime

    from dashboard.filters import Filters

    return Filters(date(2026, 5, 1), date(2026, 6, 1), datetime(2026, 6, 1), load.zone)


def test_names_in_capitals_and_a_view_are_read(site):
    database = site(
        'create table "Tickets" ("Item_Id" text, "RECEIVED_AT" text)',
        f"insert into \"Tickets\" values ('1', '{NOON}')",
        'create view "WORK_ITEMS" as select * from "Tickets"',
    )
    assert received(database)["received_items"] == 1


def test_an_item_that_occurs_twice_counts_once(site):
    database = site(
        "create table work_items (item_id text, received_at text, team text)",
        f"insert into work_items values ('1', '{NOON}', 'A'), ('1', '{NOON}', 'B')",
        f"insert into work_items values ('2', '{NOON}', 'A'), (null, '{NOON}', 'A')",
    )
    assert received(database)["received_items"] == 2
    rows = gate.ask(
        Question("data/faults", views_of(database.state().load)), database
    ).rows.to_pylist()
    assert {row["fault"] for row in rows} >= {
        "with the key of another",
        "without key or receipt",
    }


def test_without_work_items_it_says_what_to_make(site):
    with pytest.raises(DatabaseError, match="no table or view work_items"):
        site("create table tickets (id text)").state()


def test_a_table_of_another_name_needs_a_view(site):
    with pytest.raises(DatabaseError, match="make a view of that name"):
        site(f"create table \"Work Items\" as select 1 as item_id, '{NOON}'").state()
    database = site(
        'drop table "Work Items"',
        'create table "Work Items" ("Item Id" text, "Received" text)',
        f"insert into \"Work Items\" values ('1', '{NOON}')",
        'create view work_items as select "Item Id" as item_id, "Received" as'
        ' received_at from "Work Items"',
    )
    assert received(database)["received_items"] == 1


def test_what_a_site_lacks_is_not_known_and_the_rest_is_answered(site):
    database = site(
        "create table work_items (item_id text, received_at text)",
        f"insert into work_items values ('1', '{NOON}')",
    )
    assert received(database)["received_items"] == 1
    on_time = Question("deadlines/on_time_by_bucket", views_of(database.state().load))
    assert gate.ask(on_time, database).total()["due_items"] == 0


@pytest.mark.parametrize(
    ("product", "told", "needed"),
    [
        ("PostgreSQL", "13.16 (Debian 13.16-0+deb11u1)", "14"),
        ("ClickHouse", "25.8.2.29", "26.3"),
        told_version("5.5.5-10.6.18-MariaDB-ubu2004"),
        told_version("10.9.8-MariaDB"),
        told_version("8.0.16"),
    ],
)
def test_a_server_that_is_too_old_says_which_is_needed(product, told, needed):
    words = f"is {product} .*too old.*brought to {needed} or later"
    with pytest.raises(DatabaseError, match=words):
        check_version(product, told, needed)


@pytest.mark.parametrize(
    ("product", "told", "needed"),
    [
        ("PostgreSQL", "14.0", "14"),
        ("PostgreSQL", "18beta1", "14"),
        ("ClickHouse", "26.3.1.1", "26.3"),
        told_version("5.5.5-10.11.6-MariaDB-0+deb12u1"),
        told_version("11.4.2-MariaDB"),
        told_version("8.4.0"),
    ],
)
def test_a_server_that_is_new_enough_is_read(product, told, needed):
    check_version(product, told, needed)


def test_without_the_receipt_it_says_what_is_missing(site):
    with pytest.raises(DatabaseError, match="received_at"):
        site("create table work_items (item_id text)").state()


def test_a_missing_driver_names_its_extra(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "dashboard.databases.mariadb", None)
    with pytest.raises(DatabaseError, match=r"install the extra mariadb"):
        open_database(Settings("mysql://reader@127.0.0.1:1/none"))
