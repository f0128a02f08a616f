"""A copy of a PostgreSQL database by `mis sync`, beside a plain one by pandas.

    python -m bench.sync FILE

FILE is a DuckDB file that bench.generated built; its items and reviews go into a
PostgreSQL of its own. The contenders take turns; each is a new process, so that its
peak memory is its own. The pandas copy reads the same tables by the same driver and
writes them as they are: nothing is made to fit, counted, compared or derived.
"""
# ruff: noqa: S608 - names are those of our relations

from __future__ import annotations

import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

import adbc_driver_postgresql.dbapi as driver
import duckdb
import pandas as pd

from dashboard.databases import open_database
from dashboard.databases.direct import Direct
from dashboard.relations import RELATIONS
from dashboard.settings import Settings
from dashboard.sources.syncing import sync
from tests.databases import servers
from tests.databases.loading import KINDS

ROUNDS = 3
CHANGED = {  # relation -> when a row of it changed
    "work_items": "coalesce(completed_at, received_at)",
    "quality_reviews": "reviewed_at",
}
NEW = """
    insert into work_items select * from (
        select 'new ' || item_id, {columns} from work_items limit 5000
    ) as rows
"""


def fill(file: str, url: str, folder: Path) -> None:
    """The tables of the source, and a mapping that tells when items changed."""
    with (
        duckdb.connect(file, read_only=True) as source,
        driver.connect(url) as connection,
        connection.cursor() as cursor,
    ):
        for name in CHANGED:
            kinds = KINDS["postgresql"]
            named = RELATIONS[name].columns
            columns = ", ".join(f"{c.name} {kinds[c.kind]}" for c in named)
            cursor.execute(f"create table {name} ({columns})")
            rows = source.execute(f"select * from {name}")
            cursor.adbc_ingest(name, rows.to_arrow_reader(100_000), mode="append")
            select = f"select *, {CHANGED[name]} as changed_at from {name}"
            (folder / f"{name}.sql").write_text(select)
        connection.commit()


def by_sync(url: str, mapping: str, copy: str) -> None:
    settings = Settings(
        url, mapping=mapping, accept_writing_role=True, time_limit_seconds=600
    )
    source = open_database(settings)
    assert isinstance(source, Direct)
    sync(source, Path(copy))
    source.close()


def by_pandas(url: str, mapping: str, copy: str) -> None:
    with duckdb.connect(copy) as connection, driver.connect(url) as source:
        for name in CHANGED:
            rows = pd.read_sql(f"select * from {name}", source)  # noqa: F841
            connection.execute(f"create or replace table {name} as select * from rows")


def measured(run, *given: str) -> tuple[float, float]:
    """Seconds and GiB of a new process."""
    new = multiprocessing.get_context("spawn")
    ours, theirs = new.Pipe()
    process = new.Process(target=_told, args=(theirs, run, given))
    process.start()
    found: tuple[float, float] = ours.recv()
    process.join()
    return found


def _told(pipe: Connection, run, given: tuple[str, ...]) -> None:
    start = time.perf_counter()
    run(*given)
    seconds = time.perf_counter() - start
    pipe.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20))


def main(file: str) -> None:
    with tempfile.TemporaryDirectory(prefix="mis-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "mapping").mkdir()
        with servers.postgresql(folder / "server") as server:
            fill(file, server.url, folder / "mapping")
            given = server.url, str(folder / "mapping")
            told: dict[str, list[tuple[float, float]]] = {}
            for number in range(ROUNDS):
                copy = folder / f"copy{number}.duckdb"
                plain = folder / f"plain{number}.duckdb"
                for kind, run, into in (
                    ("pandas, all rows", by_pandas, plain),
                    ("mis sync, all rows", by_sync, copy),
                    ("mis sync, nothing new", by_sync, copy),
                ):
                    found = measured(run, *given, str(into))
                    told.setdefault(kind, []).append(found)
                size = copy.stat().st_size / 2**20
                add(server.url)
                found = measured(by_sync, *given, str(copy))
                told.setdefault("mis sync, 5,000 new", []).append(found)
                take_back(server.url)
            for kind, times in told.items():
                seconds = [s for s, _ in times]
                print(
                    f"{kind:<24}{statistics.median(seconds):8.1f} s"
                    f" ({min(seconds):.1f}) {max(m for _, m in times):6.2f} GiB"
                )
            print(f"file of mis sync {size:,.0f} MiB")


def add(url: str) -> None:
    with driver.connect(url, autocommit=True) as connection, connection.cursor() as c:
        names = [n for n in RELATIONS["work_items"].column_names if n != "item_id"]
        columns = [
            "now()::timestamp" if n in ("received_at", "completed_at") else n
            for n in names
        ]
        c.execute(NEW.format(columns=", ".join(columns)))


def take_back(url: str) -> None:
    with driver.connect(url, autocommit=True) as connection, connection.cursor() as c:
        c.execute("delete from work_items where item_id like 'new %'")


if __name__ == "__main__":
    main(sys.argv[1])
