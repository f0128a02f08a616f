"""ClickHouse, as chDB runs it in this process."""

from datetime import datetime

import orjson
import pyarrow as pa
import pytest

from dashboard.databases.clickhouse import ClickHouse, typed
from dashboard.databases.stopping import Stop
from dashboard.errors import DatabaseError, TimeLimitError
from dashboard.relations import RELATIONS
from dashboard.settings import Settings
from dashboard.sql.dialects.clickhouse import STATEMENTS
from dashboard.sql.rewriting import over
from dashboard.sql.tables import Table, plain
from tests.databases.loading import into_clickhouse, relations_of

pytest.importorskip("chdb")

DERIVED = [relation.name for relation in RELATIONS.values() if relation.is_derived]
TEXT = pa.schema([("x", pa.string())])


@pytest.fixture(scope="module")
def url(tmp_path_factory, small_sample):
    folder = tmp_path_factory.mktemp("chdb")
    small_sample.state()
    relations = relations_of(small_sample.path)
    return into_clickhouse(str(folder), "site", relations)


@pytest.fixture(scope="module")
def database(url):
    database = ClickHouse(Settings(database_url=url))
    yield database
    database.close()


@pytest.mark.parametrize(
    "text", ["it's", "100% :x {x:String}", 'a\\b\t"c"\nd', "é→", ""]
)
def test_text_is_bound_as_it_is(text, database):
    found = database.run(
        "select :x as x where :x = :x", {"x": text}, lambda: TEXT, Stop()
    )
    assert found["x"].to_pylist() == [text]


def test_an_instant_is_bound_to_its_microseconds(database):
    at = datetime(1969, 12, 31, 23, 59, 59, 123456)
    schema = pa.schema([("x", pa.timestamp("us"))])
    found = database.run("select :x as x", {"x": at}, lambda: schema, Stop())
    assert found["x"].to_pylist() == [at]


def test_only_what_a_statement_names_is_bound():
    assert typed("select '%D', 12:30", {"x": 1}) == ("select '%D', 12:30", {})


def test_it_only_reads(database):
    with pytest.raises(DatabaseError, match="readonly"):
        database.run(
            "create table t (x Int64) engine = Memory", {}, lambda: TEXT, Stop()
        )


@pytest.mark.parametrize("limit", [0.5, 1])
def test_a_long_question_is_stopped(limit, url):
    hasty = ClickHouse(Settings(database_url=url, time_limit_seconds=limit))
    endless = (
        "select toString(count()) as x from numbers(1e12) where sipHash64(number) = 1"
    )
    with pytest.raises(TimeLimitError):
        hasty.run(endless, {}, lambda: TEXT, Stop())
    hasty.close()


def test_nothing_is_left_in_a_session(database):
    steps = STATEMENTS.join(
        ["CREATE OR REPLACE TEMPORARY TABLE kept_a AS\nselect 'a' as x"]
        + ["select x from kept_a"]
    )
    assert database.run(steps, {}, lambda: TEXT, Stop()).num_rows == 1
    with pytest.raises(DatabaseError, match="kept_a"):
        database.run("select x from kept_a", {}, lambda: TEXT, Stop())


def test_no_row_is_an_answer(database):
    assert (
        database.run("select 'a' as x where false", {}, lambda: TEXT, Stop()).num_rows
        == 0
    )


def test_the_days_of_a_calendar_come_with_the_question(url, database):
    """Where a database has no calendar_days, ours are bound as one text."""
    state = database.state()
    tables = {"calendar_days": Table("given_calendar_days", plain("", ["day"]).columns)}
    sql = state.dialect.write(over("select count(day) as n from calendar_days", tables))
    row = dict.fromkeys(RELATIONS["calendar_days"].column_names)
    days = orjson.dumps(
        [row | {"day": "2026-05-04", "starts_at": "2026-05-04 00:00:00.000000"}]
    )
    schema = pa.schema([("n", pa.int64())])
    found = database.run(sql, {"calendar_days": days.decode()}, lambda: schema, Stop())
    assert found["n"].to_pylist() == [1]
