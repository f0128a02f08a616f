"""Copy the relations of a DuckDB file into a PostgreSQL of its own, and keep it up.

    python -m bench.into_postgresql FILE FOLDER

FOLDER is new; `mis advise` is followed there. It prints the URL of a role that may only
read, and serves until it is ended.
"""

from __future__ import annotations

import sys
from pathlib import Path

import adbc_driver_postgresql.dbapi as driver
import duckdb

from dashboard.advice import advice
from dashboard.databases import open_database
from dashboard.databases.direct import Direct
from dashboard.relations import RELATIONS
from dashboard.settings import Settings
from tests.databases import servers
from tests.databases.loading import KINDS

BATCH_ROWS = 500_000
MEMORY = "alter system set shared_buffers = '4GB'"


def copy(file: str, url: str) -> None:
    """Fill the tables, as a batch of rows at a time."""
    with (
        duckdb.connect(file, read_only=True) as source,
        driver.connect(url) as connection,
        connection.cursor() as cursor,
    ):
        has = source.execute("select table_name from duckdb_tables()").fetchall()
        for name, relation in RELATIONS.items():
            if (name,) not in has:
                continue
            kinds = KINDS["postgresql"]
            columns = ", ".join(f"{c.name} {kinds[c.kind]}" for c in relation.columns)
            cursor.execute(f"create table {name} ({columns})")
            rows = source.execute(f"select * from {name}")  # noqa: S608
            for batch in rows.to_arrow_reader(BATCH_ROWS):
                cursor.adbc_ingest(name, batch, mode="append")
        cursor.execute("create role reader login")
        cursor.execute("grant select on all tables in schema public to reader")
        connection.commit()


def follow(url: str) -> None:
    """Do what is advised, and have its statistics known."""
    database = open_database(Settings(url, accept_writing_role=True))
    assert isinstance(database, Direct)
    pieces = advice(database)
    database.close()
    with driver.connect(url, autocommit=True) as connection, connection.cursor() as c:
        for piece in pieces:
            for statement in piece.statements:
                c.execute(statement)
        c.execute("vacuum analyze")


def main(file: str, folder: str) -> None:
    with servers.postgresql(Path(folder)) as server:
        with driver.connect(server.url, autocommit=True) as held, held.cursor() as c:
            c.execute(MEMORY)
        server.stop()
        server.start()
        copy(file, server.url)
        follow(server.url)
        print(server.url.replace("owner@", "reader@"), flush=True)
        server.process.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
