"""SQLite: only read, exact to the microsecond, and of the types of the contract."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime

import duckdb
import pyarrow as pa
import pytest
import sqlglot

pytest.importorskip("adbc_driver_sqlite")

from dashboard.databases import open_database
from dashboard.databases.sqlite import SQLite
from dashboard.databases.stopping import Stop
from dashboard.errors import DatabaseError, TimeLimitError
from dashboard.query_files import all_queries
from dashboard.settings import Settings
from dashboard.sql.checking import parse
from dashboard.sql.dialects import Dialect
from dashboard.sql.dialects.duckdb import macros
from dashboard.sql.dialects.kinds import kind_of, kinds_in
from dashboard.sql.portable import Portable
from dashboard.sql.rewriting import kinds_of
from dashboard.sql.shape import Shape

NOON = "2026-05-04 12:00:00.000000"


@pytest.fixture
def made(tmp_path):
    """Make a file by statements; gives the database of it."""

    opened = []

    def make(*statements: str, **settings) -> SQLite:
        path = tmp_path / "site ?#%.db"
        with closing(sqlite3.connect(path)) as connection, connection:
            for statement in statements:
                connection.execute(statement)
        url = f"sqlite:///{path}".replace("%", "%25").replace("?", "%3F")
        opened.append(SQLite(Settings(url, **settings)))
        return opened[-1]

    yield make
    for database in opened:
        database.close()


@pytest.fixture
def items(made):
    """A file with one item."""
    return made(
        "create table work_items (item_id text, received_at timestamp, team text)",
        f"insert into work_items values ('1', '{NOON}', 'A')",
    )


def asked(database: SQLite, sql: str, schema: dict, **values):
    """The rows of portable SQL."""
    tree = sqlglot.parse_one(sql, dialect=Portable)
    text = Dialect("sqlite", "Europe/Berlin").write(tree)
    return database.run(text, values, lambda: pa.schema(schema), Stop()).to_pylist()


def test_a_missing_file_is_told_and_not_made(tmp_path):
    path = tmp_path / "none.db"
    with pytest.raises(DatabaseError, match=r"none\.db is not there"):
        open_database(Settings(f"sqlite:///{path}")).state()
    assert not path.exists()


def test_what_is_no_database_is_told_in_one_sentence(tmp_path):
    path = tmp_path / "text.db"
    path.write_text("no database at all" * 100)
    with pytest.raises(DatabaseError, match="not a database") as told:
        SQLite(Settings(f"sqlite:///{path}")).state()
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "statement",
    ["delete from work_items", "create table more (x)", "create temp table more (x)"],
)
def test_nothing_can_be_written(items, statement):
    connection = items.connect()
    cursor = connection.cursor()
    with pytest.raises(Exception, match=r"readonly|query_only"):
        cursor.execute(statement)
    cursor.close()
    connection.close()


def test_types_are_those_of_the_contract_whatever_comes_first(made):
    rows = 120_000  # more than two batches
    database = made(
        "create table work_items (item_id, received_at, team, amount, is_urgent, n)",
        "with recursive numbers (i) as (select 1 union all select i + 1 from numbers"
        f" where i < {rows}) insert into work_items select i, case when i = {rows} then"
        f" '{NOON}' end, case when i = {rows} then 'B' end, case when i < {rows} then 1"
        f" else 1.5 end, case when i = {rows} then 1 end, case when i = {rows} then"
        " 9007199254740993 end from numbers",
    )
    schema = pa.schema(
        {
            "received_at": pa.timestamp("us"),
            "team": pa.string(),
            "amount": pa.decimal128(18, 4),
            "is_urgent": pa.bool_(),
            "n": pa.int64(),
        }
    )
    sql = f"select {', '.join(schema.names)} from work_items order by item_id"
    found = database.run(sql, {}, lambda: schema, Stop())
    assert found.num_rows == rows
    assert found.schema == schema
    last = list(found.slice(rows - 1).to_pylist()[0].values())
    assert [str(value) for value in last] == [
        *("2026-05-04 12:00:00", "B", "1.5000", "True", "9007199254740993")
    ]


def test_no_row_has_the_types_of_the_contract_too(items):
    schema = {"team": pa.string(), "days": pa.int64(), "at": pa.timestamp("us")}
    assert (
        asked(items, "select team, 1, received_at from work_items where false", schema)
        == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-04 12:00:00.999999",
        "2026-10-25 00:59:59.999999",
        "2026-03-29 01:00:00.000001",
        "2026-12-31 23:59:59.999999",
        "1999-12-31 23:30:00.000000",
        "2024-02-29 22:59:59.500000",
    ],
)
def test_functions_of_time_are_exact(items, text):
    calls = (
        "local_time(:t) as a, day_of(:t) as b, hour_of(:t) as c,"
        " week_start(day_of(:t)) as d, month_start(day_of(:t)) as e,"
        " weekday_of(day_of(:t)) as f, bucket_end(day_of(:t), 'month') as g,"
        " bucket_end(day_of(:t), 'week') as h, days_after(day_of(:t), -60) as i,"
        " days_between(day_of(:u), day_of(:t)) as j, hours_between(:u, :t) as k,"
        " utc_day_of(:t) as l, worked_seconds(:t, :u, :v) as m"
    )
    values = {
        "t": datetime.fromisoformat(text),
        "u": datetime(2000, 1, 1, 0, 0, 0, 1),
        "v": datetime(2026, 6, 1),
    }
    with duckdb.connect() as duck:
        for macro in macros("Europe/Berlin"):
            duck.execute(macro)
        sql = f"select {calls}".replace(":", "$")
        expected = duck.execute(sql, values).to_arrow_table()
    found = asked(items, f"select {calls}", expected.schema, **values)
    assert found == expected.to_pylist()


def test_sums_of_decimals_meet_a_threshold_exactly(made):
    database = made(
        "create table work_items (item_id text, received_at timestamp,"
        " handling_minutes real)",
        "with recursive numbers (i) as (select 1 union all select i + 1 from numbers"
        " where i < 20000) insert into work_items"
        f" select i, '{NOON}', 0.1 from numbers",
    )
    sql = (
        "select sum(handling_minutes) <= 2000 as met, sum(handling_minutes) >= 2000"
        " as reached, 3 * min(handling_minutes) - 0.3 = 0 as even,"
        " cast(sum(handling_minutes) as varchar) as told,"
        " cast(sum(handling_minutes) > 3 as varchar) as flag from work_items"
    )
    flag, text = pa.bool_(), pa.string()
    found = asked(
        *(database, sql),
        {"met": flag, "reached": flag, "even": flag, "told": text, "flag": text},
    )
    assert list(found[0].values()) == [True, True, True, "2000.00", "true"]


def test_text_of_any_collation_is_told_apart_by_code_points(made):
    database = made(
        "create table work_items (item_id text, received_at timestamp,"
        " team text collate nocase, status text collate rtrim)",
        f"insert into work_items values ('1', '{NOON}', 'a', 'x')",
        f"insert into work_items values ('2', '{NOON}', 'A', 'x ')",
        f"insert into work_items values ('3', '{NOON}', 'b', null)",
    )
    columns = dict(dict(database.state().tables)["work_items"].columns)
    sql = (
        f"with told as (select {columns['team']} as team, {columns['status']} as status"
        " from work_items) select team, count(status) as n from told group by team"
        " having min(status) = 'x' or team in ('A', 'B') order by team"
    )
    found = asked(database, sql, {"team": pa.string(), "n": pa.int64()})
    assert found == [{"team": "A", "n": 1}, {"team": "a", "n": 1}]


@pytest.mark.parametrize(
    "value", ["'2026-05-04T12:00:00Z'", "'2026-05-04 12:00:00'", "1777896000", "'noon'"]
)
def test_instants_of_another_form_are_refused(made, value):
    database = made(
        "create table work_items (item_id text, received_at timestamp)",
        f"insert into work_items values ('1', {value})",
    )
    with pytest.raises(DatabaseError, match="The column received_at of the operations"):
        database.state()


def test_other_numbers_and_texts_are_cast(made):
    database = made(
        "create table work_items (item_id integer, received_at text, amount text,"
        " standard_minutes integer)",
        f"insert into work_items values (12, '{NOON}', '12.50', 7)",
    )
    columns = dict(dict(database.state().tables)["work_items"].columns)
    assert columns["item_id"] == "as_text(item_id)"
    assert columns["amount"] == "as_money(amount)"
    assert columns["standard_minutes"] == "standard_minutes"


def test_values_are_bound_whatever_they_hold(items):
    odd = "a'b\"c%d:e\\f;--日本\n"
    found = asked(
        items,
        "select coalesce(:a, team) as a, nullif(:b, team) as b, coalesce(:a, :b) as c,"
        " abs(:n) as n, cast(:d as date) as d from work_items",
        {
            **{name: pa.string() for name in "abc"},
            "n": pa.int64(),
            "d": pa.date32(),
        },
        a=odd,
        b=None,
        n=2**63 - 1,
        d=date(2026, 5, 4),
    )
    assert list(found[0].values()) == [odd, None, odd, 2**63 - 1, date(2026, 5, 4)]


def test_rows_are_no_longer_read_after_the_deadline(made):
    database = made("create table work_items (item_id text)", time_limit_seconds=0.001)
    sql = (
        "with recursive numbers (i) as (select 1 union all select i + 1 from numbers"
        " where i < 1000000) select i from numbers"
    )
    with pytest.raises(TimeLimitError, match=r"longer than 0\.001 seconds"):
        list(database.stream(sql, {}, lambda: pa.schema({"i": pa.int64()})))


@pytest.mark.parametrize("capitals", ["ÀÉÎÕØ", "ΑΒΓ", "ДЖЯЁ", "ŁŐŠȘ", "ԱԲ", "Ấ", "ABC"])
def test_a_search_finds_text_in_any_case(items, capitals):
    sql = "select contains_text(:x, :part) as found, lower(:x) as small"
    found = asked(
        *(items, sql),
        {"found": pa.bool_(), "small": pa.string()},
        x=f"- {capitals} -",
        part=capitals.lower(),
    )
    assert found == [{"found": True, "small": f"- {capitals.lower()} -"}]


@pytest.mark.parametrize("name", sorted(all_queries()))
def test_kinds_are_those_that_duckdb_finds(name):
    from dashboard.databases.contract import schema_of

    query = all_queries()[name]
    tree, given = parse(query), kinds_of(query, Shape())
    known = kinds_in(tree, given)
    for column, field in zip(tree.selects, schema_of(query, Shape()), strict=True):
        kind = kind_of(column, known, given)
        assert kind in ("", of_type(field.type)), field.name


def of_type(kind: pa.DataType) -> str:
    """The kind of a column of an answer."""
    if pa.types.is_decimal(kind):
        return {0: "count", 2: "minutes", 4: "money", 6: "seconds"}[kind.scale]
    names = {
        "string": "text",
        "timestamp[us]": "instant",
        "date32[day]": "date",
        "bool": "flag",
        "double": "value",
    }
    return names.get(str(kind), "count")
