"""A copy that is killed, or runs out of space, leaves the state of before."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import sqlite3
import time
from contextlib import closing

import duckdb
import pytest

from dashboard.databases import open_database
from dashboard.errors import DatabaseError
from dashboard.settings import Settings
from dashboard.sources.syncing import sync

LONG = bool(os.environ.get("MIS_TEST_LONG"))
KILLS = 100 if LONG else 5
LIMITS = 50 if LONG else 4
ROWS = 5_000
SELECT = "select no as item_id, team, came_in as received_at, touched as changed_at"

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["dashboard.sources.syncing"])


class Source:
    """A SQLite database whose every item is in the team of its version."""

    def __init__(self, folder):
        self.path, self.copy = folder / "office.db", folder / "copy.duckdb"
        (folder / "mapping").mkdir()
        (folder / "mapping" / "work_items.sql").write_text(f"{SELECT} from tickets")
        self.settings = Settings(f"sqlite:///{self.path}", mapping=f"{folder}/mapping")

    def version(self, number):
        """Put all items into another team; half of the versions tell when."""
        moment = f"2026-05-04 12:{number % 60:02}:00.000000"
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute("drop table if exists tickets")
            connection.execute("create table tickets (no, team, came_in, touched)")
            connection.executemany(
                "insert into tickets values (?, ?, ?, ?)",
                [(f"{n}", f"v{number}", moment, moment) for n in range(ROWS)],
            )

    def started(self, run=None):
        """A process that copies it."""
        process = processes.Process(target=run or copied, args=(self,))
        process.start()
        return process

    def held(self):
        """The version that the copy holds, all of it."""
        with duckdb.connect(str(self.copy), read_only=True) as connection:
            [(first, last, items, stays, logs)] = connection.execute("""
                select
                    min(team), max(team), count(*),
                    (select count(distinct item_id) from item_stays),
                    (select count(*) from load_log)
                from work_items
            """).fetchall()
        assert first == last
        assert (items, stays, logs) == (ROWS, ROWS, 1)
        return int(first.removeprefix("v"))


def copied(source):
    """Copy it, whole: told moments repeat after an hour."""
    sync(open_database(source.settings), source.copy, whole=True)


@pytest.fixture
def source(tmp_path):
    found = Source(tmp_path)
    found.version(1)
    found.started().join()
    assert found.held() == 1
    return found


def test_a_copy_that_is_killed_leaves_the_old_state_or_the_new_one(source):
    begun = time.monotonic()
    source.started().join()
    duration = time.monotonic() - begun
    moments, held, cut = random.Random(5), 1, 0
    for number in range(2, 2 + KILLS):
        source.version(number)
        process = source.started()
        time.sleep(moments.uniform(0, duration))
        process.kill()
        process.join()
        assert source.held() in (held, number)
        cut += process.exitcode == -signal.SIGKILL
        held = source.held()
    assert cut >= KILLS // 2
    source.version(1_000)
    source.started().join()
    assert source.held() == 1_000
    left = {path.name for path in source.copy.parent.iterdir()}
    assert left == {"office.db", "copy.duckdb", "mapping"}


def limited(source, limit, told):
    """Copy it where no file may grow beyond so many bytes, and tell what was said."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        copied(source)
        told.send("")
    except DatabaseError as error:
        told.send(str(error))


def test_a_copy_without_space_is_one_sentence_and_the_old_state(source):
    size = source.copy.stat().st_size
    refused = 0
    for number in range(2, 2 + LIMITS):
        source.version(number)
        limit = size * (number - 1) // (LIMITS + 2)
        ours, theirs = processes.Pipe()
        process = processes.Process(target=limited, args=(source, limit, theirs))
        process.start()
        said = ours.recv()
        process.join()
        if said:
            refused += 1
            assert "cannot be" in said
            assert source.held() == 1
    assert refused >= LIMITS // 2
