"""What becomes of a question when its database fails: a sentence in time, no more."""

import threading
import time
from datetime import date

import adbc_driver_postgresql.dbapi as driver
import pyarrow as pa
import pytest

from dashboard.databases.postgresql import PostgreSQL
from dashboard.databases.stopping import Stop
from dashboard.errors import DatabaseError
from dashboard.settings import Settings
from sample_data.build import build
from tests.databases import loading, servers

pytestmark = pytest.mark.xdist_group("faults")

TRIES = 20
LIMIT = 1.0
UNREACHED = "cannot be reached"
LOST = "connection was lost"
CROWDED = "Many people"
TOO_LONG = "took longer than 1 seconds"
COUNT = pa.schema([("n", pa.int64())])
QUICK = "select count(*) as n from work_items"
SLOW = "select count(*) as n from work_items a, work_items b, work_items c"


@pytest.fixture(scope="module")
def server():
    try:
        with (
            servers.folder() as folder,
            servers.postgresql(folder / "server") as server,
        ):
            build(folder / "small.duckdb", items=2_000, end=date(2026, 11, 22))
            relations = loading.relations_of(folder / "small.duckdb")
            server.reader = loading.into_postgresql(server.url, "ops", relations)
            yield server
    except servers.EngineMissingError as error:
        pytest.skip(f"SKIPPED ENGINE: postgresql ({error})")


@pytest.fixture
def database(server):
    opened = PostgreSQL(Settings(server.reader, time_limit_seconds=LIMIT))
    assert ask(opened) == 2_000
    yield opened
    opened.close()
    assert eventually(lambda: connections(server) == 0), "connections left behind"


def ask(database, sql=QUICK):
    return database.run(sql, {}, lambda: COUNT, Stop())["n"][0].as_py()


def refused(database, words, seconds, sql=QUICK):
    """The question fails with these words, in time, and never with a traceback."""
    start = time.monotonic()
    with pytest.raises(DatabaseError, match=words) as told:
        ask(database, sql)
    took = time.monotonic() - start
    assert took <= seconds, f"{took:.1f} s"
    assert "127.0.0.1" not in str(told.value)


def eventually(holds, seconds=5.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


def answers(database):
    try:
        return ask(database) == 2_000
    except DatabaseError:
        return False


def connections(server):
    """How many the reader has on the server."""
    with driver.connect(server.url) as connection, connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_stat_activity where usename = 'reader'")
        return cursor.fetchall()[0][0]


def later(seconds, act):
    timer = threading.Timer(seconds, act)
    timer.start()
    return timer


@pytest.mark.timeout(600)
def test_a_server_that_is_down_is_said_to_be_within_two_seconds(server, database):
    for _ in range(TRIES):
        server.stop()
        refused(database, f"{UNREACHED}|{LOST}", 2)
        refused(database, UNREACHED, 2)
        server.start()
        assert eventually(lambda: answers(database))


@pytest.mark.timeout(600)
def test_a_server_killed_under_a_question_loses_it_whole(server, database):
    for _ in range(TRIES):
        killing = later(0.3, server.kill)
        refused(database, LOST, 2.3, SLOW)
        killing.join()
        server.start()
        assert eventually(lambda: answers(database))


@pytest.mark.timeout(600)
def test_a_slow_question_is_stopped_on_the_server(server, database):
    for _ in range(TRIES):
        refused(database, TOO_LONG, LIMIT + 1, SLOW)
        assert ask(database) == 2_000
        assert eventually(lambda: connections(server) <= 1, 2)


@pytest.mark.timeout(600)
def test_a_stalled_server_holds_nobody_beyond_the_limit(server, database):
    for _ in range(TRIES):
        freezing = later(0.3, server.freeze)
        refused(database, UNREACHED, LIMIT + 3.3, SLOW)
        freezing.join()
        refused(database, UNREACHED, 0.2)
        server.thaw()
        assert eventually(lambda: answers(database), 6)


@pytest.mark.timeout(600)
def test_a_full_pool_asks_for_patience(database):
    for _ in range(TRIES // 4):  # 3 s each
        held = [database._pool.connect() for _ in range(8)]
        refused(database, CROWDED, 3.5)
        for connection in held:
            connection.close()
        assert ask(database) == 2_000


def test_a_right_withdrawn_is_said_and_given_again_works(server, database):
    with driver.connect(server.reader.replace("reader@", "owner@")) as owner:
        for _ in range(TRIES):
            execute(owner, "revoke select on work_items from reader")
            refused(database, "permission denied", 2)
            execute(owner, "grant select on work_items to reader")
            assert eventually(lambda: answers(database), 2)


def test_a_column_that_is_gone_fails_its_own_question_only(server, database):
    sql = "select count(department) as n from employees"
    with driver.connect(server.reader.replace("reader@", "owner@")) as owner:
        for _ in range(TRIES):
            execute(owner, "alter table employees rename department to was")
            refused(database, "column.*does not exist", 2, sql)
            assert ask(database) == 2_000
            execute(owner, "alter table employees rename was to department")
            assert ask(database, sql)


def test_a_user_who_could_write_is_refused(server):
    url = server.reader.replace("reader@", "owner@")
    with pytest.raises(DatabaseError, match="can write.*accept_writing_role"):
        PostgreSQL(Settings(url)).state()
    accepted = PostgreSQL(Settings(url, accept_writing_role=True))
    assert accepted.state().load.zone == "Europe/London"
    with pytest.raises(DatabaseError, match="read-only transaction"):
        accepted.run(
            "delete from work_items returning 1 as n", {}, lambda: COUNT, Stop()
        )
    accepted.close()


def test_a_wrong_password_is_never_told(server):
    with driver.connect(server.url) as owner:
        execute(owner, "alter role reader password 'right'")
    wrong = server.reader.replace("reader@", "reader:S3cret@").replace("/ops", "/none")
    with pytest.raises(DatabaseError) as told:
        PostgreSQL(Settings(wrong)).state()
    assert "no database of that name" in str(told.value)
    assert "S3cret" not in str(told.value)


def execute(connection, sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
    connection.commit()
