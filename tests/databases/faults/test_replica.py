"""A replica that is behind its source answers, and says up to when it knows."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from dashboard import gate
from dashboard.databases import direct
from dashboard.questions import default_as_of
from tests.databases import servers
from tests.databases.faults import failing
from tests.databases.faults.failing import ITEMS, PostgreSQLSite, ask, eventually, later
from tests.test_pages import opened, said

BEHIND = "a replica that is behind its source: what happened after"


@pytest.fixture(scope="module")
def source():
    """A site whose facts arrive all the time."""
    with failing.running("postgresql") as found:
        found.told("drop table load_log")
        yield found


@pytest.fixture(scope="module")
def replica(source):
    with (
        servers.folder() as folder,
        servers.replica(folder / "server", source.server) as server,
    ):
        yield PostgreSQLSite(server, source.url(port=server.port))


@pytest.fixture
def database(replica):
    found = replica.opened(limit=30)
    yield found
    found.close()


@pytest.fixture
def soon_behind(monkeypatch):
    """A second is long, so that the test is short."""
    monkeypatch.setattr(direct, "BEHIND", timedelta(seconds=1))
    monkeypatch.setattr(direct, "FRESH_SECONDS", 1)


def add(source, item):
    source.told(
        f"insert into work_items (item_id, received_at) values ('{item}', now())"
    )


@pytest.mark.usefixtures("soon_behind")
def test_a_replica_that_keeps_up_is_as_good_as_its_source(source, replica, database):
    add(source, "before")
    assert eventually(lambda: ask(database) == ITEMS + 1)
    time.sleep(2)  # nothing happens at the source, and that is no delay
    load = database.state().load
    assert load.known_until is None
    assert default_as_of(load) > datetime.now(UTC).replace(tzinfo=None)


@pytest.mark.usefixtures("soon_behind")
def test_a_replica_that_is_behind_answers_and_says_so(
    source, replica, database, monkeypatch
):
    assert eventually(lambda: database.state().load.known_until is None)
    replica.told("select pg_wal_replay_pause()")
    stopped = datetime.now(UTC).replace(tzinfo=None)
    add(source, "after")
    known = ask(database)
    assert eventually(lambda: database.state().load.known_until)
    load = database.state().load
    assert load.known_until <= stopped
    assert default_as_of(load) == load.known_until.replace(second=0, microsecond=0)
    monkeypatch.setenv("MIS_DATABASE_URL", replica.reader)
    gate.forget()
    page = opened("overview")
    assert [said(error) for error in page.error] == []
    assert BEHIND in str([said(warning) for warning in page.warning])
    replica.told("select pg_wal_replay_resume()")
    assert eventually(lambda: ask(database) == known + 1)
    assert eventually(lambda: database.state().load.known_until is None)


@pytest.mark.usefixtures("soon_behind")
def test_a_replica_that_lost_its_source_says_so(source, replica, database):
    source.server.stop()
    try:
        assert eventually(lambda: database.state().load.known_until, 10)
        assert ask(database) >= ITEMS
    finally:
        source.server.start()
    assert eventually(lambda: database.state().load.known_until is None, 15)


def test_a_question_in_the_way_of_the_replica_is_one_sentence(source, replica, refused):
    database = replica.opened(limit=20)
    source.told("alter default privileges grant select on tables to reader")
    for number in range(failing.TRIES):
        source.told(f"create table passing_{number} as select 1 as n")
        assert eventually(
            lambda table=f"passing_{number}": replica.told(
                f"select 1 from pg_class where relname = '{table}'"
            )
        )
        sql = f"select count(*) as n from passing_{number}, {failing.CROSSED}"
        dropping = later(0.5, lambda: source.told(f"drop table passing_{number}"))  # noqa: B023
        refused(database, "stopped this question", 2.5, sql)
        dropping.join()
    database.close()
