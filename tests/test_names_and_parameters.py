"""What a statement says by name: tables and columns in it, values beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import adbc_driver_sqlite.dbapi as adbc
import duckdb
import pytest

from dashboard.databases.parameters import numbered
from dashboard.sql.names import as_ours, quoted

NAMES = ["Ticket Number", "order", "Größe", 'a "quoted" one', '"', "x; drop table y--"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("connect", [duckdb.connect, sqlite3.connect])
def test_a_table_and_a_column_may_have_any_name(connect, name):
    with closing(connect(":memory:")) as connection:
        connection.execute(f"create table {quoted(name)} ({quoted(name)} varchar)")
        connection.execute(f"insert into {quoted(name)} values ('kept')")
        found = connection.execute(f"select {quoted(name)} from {quoted(name)}")
        assert (found.description[0][0], found.fetchall()) == (name, [("kept",)])


def test_a_name_may_hold_the_mark_that_its_database_puts_around_it():
    assert quoted("a `name`", "`") == "`a ``name```"


@pytest.mark.parametrize(
    ("name", "written"),
    [("item_id", "item_id"), ("Item_ID", '"Item_ID"'), ("ITEM_ID", '"ITEM_ID"')],
)
def test_a_name_of_ours_is_in_quotes_where_its_case_differs(name, written):
    assert as_ours(name) == written


STATEMENT = "select :later || :first || :later, '12:30', '2026-01-01 12\\:30'"


def test_a_value_is_told_by_its_number_as_often_as_it_is_named():
    text, names = numbered(STATEMENT)
    assert names == ("later", "first")
    assert text == "select $1 || $2 || $1, '12:30', '2026-01-01 12:30'"


@pytest.mark.parametrize("connect", [duckdb.connect, adbc.connect])
def test_each_value_reaches_the_places_of_its_name(connect):
    text, names = numbered(STATEMENT)
    values = {"first": "1", "later": "2"}
    with (
        closing(connect(":memory:")) as connection,
        closing(connection.cursor()) as cursor,
    ):
        cursor.execute(text, [values[name] for name in names])
        assert cursor.fetchall() == [("212", "12:30", "2026-01-01 12:30")]
