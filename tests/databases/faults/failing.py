"""The same site on servers that fail: what each needs to be asked, slowed and counted."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import adbc_driver_postgresql.dbapi as postgresql
import pyarrow as pa
import pymysql
import pytest
import sqlalchemy as sa

from dashboard.databases.direct import Direct
from dashboard.databases.mariadb import MariaDB
from dashboard.databases.postgresql import PostgreSQL
from dashboard.databases.stopping import Stop
from dashboard.errors import DatabaseError
from dashboard.relations import RELATIONS
from dashboard.settings import Settings
from sample_data.build import build
from tests.databases import loading, servers

TRIES = 20
LIMIT = 1.0
ITEMS = 2_000
UNREACHED = "cannot be reached"
LOST = "connection was lost"
CROWDED = "Many people"
TOO_LONG = "took longer than 1 seconds"
COUNT = pa.schema([("n", pa.int64())])
QUICK = "select count(*) as n from work_items"
RULES = "select setting from pg_settings where name = 'hba_file'"
CROSSED = "work_items a, work_items b, work_items c"
SLOW = f"select count(*) as n from {CROSSED}"


class Site(ABC):
    """A server with the sample, and a user who may only read it."""

    kind: type[Direct]
    owner: str  # who may do all
    reader_name: str  # as `grant` wants it
    write: str  # a statement that the user must not run
    refusal: str  # what the server says of it
    connects: int  # how many connections the driver makes for one

    def __init__(self, server: servers.Server, reader: str):
        self.server, self.reader = server, reader

    def url(self, user: str = "reader", **parts: object) -> str:
        """The URL of a user, of another password, port or database where given."""
        found = sa.make_url(self.reader).set(username=user, **parts)
        return found.render_as_string(hide_password=False)

    def opened(self, url: str = "", limit: float = LIMIT) -> Direct:
        """The database as the dashboard reads it."""
        return self.kind(Settings(url or self.reader, time_limit_seconds=limit))

    @abstractmethod
    def told(self, sql: str) -> list[tuple]:
        """What the server tells its owner."""

    @abstractmethod
    def sessions(self) -> int:
        """How many connections the reader has on the server."""

    @abstractmethod
    def connections_ever(self) -> int:
        """How many connections the server has had, that of this question included."""

    @abstractmethod
    def lock(self) -> None:
        """Make a user `locked`, who needs a password."""


class PostgreSQLSite(Site):
    kind = PostgreSQL
    reader_name = "reader"
    owner = "owner"
    write = "delete from work_items returning 1 as n"
    refusal = "read-only transaction"
    connects = 2  # the first to learn the types

    def told(self, sql):
        url = self.url(self.owner)
        with (
            postgresql.connect(url, autocommit=True) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def sessions(self):
        sql = "select count(*) from pg_stat_activity where usename = 'reader'"
        return self.told(sql)[0][0]

    def connections_ever(self):
        time.sleep(1.2)  # until they are counted
        sql = "select sessions from pg_stat_database where datname = 'ops'"
        return self.told(sql)[0][0]

    def lock(self):
        self.told("create role locked login password 'right'")
        rules = Path(self.told(RULES)[0][0])
        asked = "host all locked 127.0.0.1/32 scram-sha-256\n"
        rules.write_text(asked + rules.read_text())
        self.told("select pg_reload_conf()")
        time.sleep(0.5)


class MariaDBSite(Site):
    kind = MariaDB
    reader_name = "reader@'%'"
    owner = "root"
    write = "delete from work_items returning 1 as n"
    refusal = "READ ONLY transaction"
    connects = 1

    def told(self, sql):
        url = sa.make_url(self.reader)
        with (
            pymysql.connect(
                host=url.host, port=url.port, user="root", database="ops"
            ) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
            return list(cursor.fetchall())

    def __init__(self, server, reader):
        """Rights are those to tables: those to a database hold until one leaves it."""
        super().__init__(server, reader)
        self.told("revoke select on ops.* from reader@'%'")
        for relation in RELATIONS:
            self.told(f"grant select on ops.{relation} to reader@'%'")

    def sessions(self):
        sql = (
            "select count(*) from information_schema.processlist where user = 'reader'"
        )
        return self.told(sql)[0][0]

    def connections_ever(self):
        return int(self.told("show global status like 'Connections'")[0][1])

    def lock(self):
        self.told("create user locked@'%' identified by 'right'")


SITES = {"postgresql": PostgreSQLSite, "mariadb": MariaDBSite}


@contextmanager
def running(kind: str) -> Iterator[Site]:
    """A site on a server of a kind; skips where there is none here."""
    try:
        with (
            servers.folder() as folder,
            getattr(servers, kind)(folder / "server") as server,
        ):
            yield SITES[kind](server, loaded(kind, server.url, folder))
    except servers.EngineMissingError as error:
        pytest.skip(f"SKIPPED ENGINE: {kind} ({error})")


def loaded(kind: str, url: str, folder: Path) -> str:
    """The URL of the reader of a small sample in the server of the URL."""
    build(folder / "small.duckdb", items=ITEMS, end=date(2026, 11, 22))
    relations = loading.relations_of(folder / "small.duckdb")
    return getattr(loading, f"into_{kind}")(url, "ops", relations)


def ask(database: Direct, sql: str = QUICK) -> int:
    """The one number of a select."""
    return database.run(sql, {}, lambda: COUNT, Stop())["n"][0].as_py()


def answers(database: Direct) -> bool:
    """Whether it answers, and rightly."""
    try:
        return ask(database) == ITEMS
    except DatabaseError:
        return False


def eventually(holds, seconds: float = 5.0) -> bool:
    """Whether something comes to hold in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


def later(seconds: float, act) -> threading.Timer:
    """Do something after a while, beside."""
    timer = threading.Timer(seconds, act)
    timer.start()
    return timer
