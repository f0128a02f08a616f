"""What becomes of a question when its database fails: a sentence in time, no more."""

import re
from contextlib import ExitStack, closing

import pytest

from dashboard import gate
from dashboard.databases import open_database
from dashboard.errors import DatabaseError
from dashboard.settings import Settings, read_settings
from tests.databases.faults.failing import (
    CROWDED,
    ITEMS,
    LIMIT,
    LOST,
    SLOW,
    TOO_LONG,
    TRIES,
    UNREACHED,
    answers,
    ask,
    eventually,
    later,
)
from tests.test_pages import opened, said

pytestmark = pytest.mark.timeout(600)


def test_a_server_that_is_down_is_said_to_be(site, database, refused):
    for _ in range(TRIES):
        site.server.stop()
        refused(database, f"{UNREACHED}|{LOST}", 2)
        refused(database, UNREACHED, 2)
        site.server.start()
        assert eventually(lambda: answers(database))


def test_a_server_killed_under_a_question_loses_it_whole(site, database, refused):
    for _ in range(TRIES):
        killing = later(0.3, site.server.kill)
        refused(database, LOST, 2.3, SLOW)
        killing.join()
        site.server.start()
        assert eventually(lambda: answers(database))


def test_a_slow_question_is_stopped_on_the_server(site, database, refused):
    for _ in range(TRIES):
        refused(database, TOO_LONG, LIMIT + 1, SLOW)
        assert ask(database) == ITEMS
        assert eventually(lambda: site.sessions() <= 1, 2)


@pytest.mark.usefixtures("impatient")
def test_a_server_that_stalls_holds_nobody_beyond_the_limit(site, database, refused):
    for _ in range(TRIES):
        freezing = later(0.3, site.server.freeze)
        refused(database, UNREACHED, LIMIT + 3.3, SLOW)
        freezing.join()
        refused(database, UNREACHED, 0.2)
        site.server.thaw()
        assert eventually(lambda: answers(database), 6)


@pytest.mark.usefixtures("impatient")
def test_a_server_that_stalled_while_nobody_asked(site, database, refused):
    for _ in range(TRIES):
        site.server.freeze()
        refused(database, UNREACHED, LIMIT + 3.3)
        refused(database, UNREACHED, 0.2)
        site.server.thaw()
        assert eventually(lambda: answers(database), 6)


def test_a_full_pool_asks_for_patience(site, refused):
    with closing(site.opened(limit=30)) as database:
        for _ in range(TRIES):  # 3 s each
            with ExitStack() as held:
                for _ in range(8):
                    held.enter_context(database.snapshot())
                refused(database, CROWDED, 3.5)
            assert ask(database) == ITEMS


def test_a_right_withdrawn_is_said_and_given_again_works(site, database, refused):
    for _ in range(TRIES):
        site.told(f"revoke select on work_items from {site.reader_name}")
        refused(database, "lacks what was asked.*denied", 2)
        site.told(f"grant select on work_items to {site.reader_name}")
        assert eventually(lambda: answers(database), 2)


def test_a_column_that_is_gone_fails_its_own_question_only(site, database, refused):
    sql = "select count(department) as n from employees"
    for _ in range(TRIES):
        site.told("alter table employees rename column department to was")
        refused(database, "lacks what was asked.*department", 2, sql)
        assert ask(database) == ITEMS
        site.told("alter table employees rename column was to department")
        assert ask(database, sql)


def test_a_page_says_so_and_works_again_without_a_restart(site, monkeypatch):
    monkeypatch.setenv("MIS_DATABASE_URL", site.reader)
    for _ in range(TRIES):
        assert not opened("backlog").error
        site.server.kill()
        gate.forget()  # what was kept a minute ago, as its reader may
        page = opened("backlog")
        assert not page.exception
        assert re.match(f".*({UNREACHED}|{LOST}).*reference", said(page.error[0]))
        site.server.start()
        assert eventually(lambda: not opened("backlog").error)
    open_database(read_settings()).close()
    assert eventually(lambda: site.sessions() == 0)


def test_a_user_who_could_write_is_refused(site):
    url = site.url(site.owner)
    with pytest.raises(DatabaseError, match="can write.*accept_writing_role"):
        site.opened(url).state()
    accepted = site.kind(Settings(url, accept_writing_role=True))
    assert accepted.state().load.zone == "Europe/London"
    with pytest.raises(DatabaseError, match=site.refusal):
        ask(accepted, site.write)
    accepted.close()


def test_a_database_that_is_not_there_is_said(site):
    with pytest.raises(DatabaseError, match="database of that name"):
        site.opened(site.url(database="none")).state()


def test_a_password_that_is_wrong_is_said_and_tried_once_a_second(site, monkeypatch):
    site.lock()
    database = site.opened(site.url("locked", password="wr0ng"))
    tried = []
    connect = database.connect
    monkeypatch.setattr(database, "connect", lambda: (tried.append(1), connect())[1])
    for _ in range(TRIES):
        with pytest.raises(DatabaseError, match="refuses the user locked") as told:
            ask(database)
        assert "wr0ng" not in str(told.value)
    assert len(tried) == 1
    database.close()
