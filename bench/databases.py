"""What the gate costs a question, and what fetching through it costs a driver.

    python -m bench.databases

Starts its own PostgreSQL. Ratios of one run; contenders take turns.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import adbc_driver_postgresql.dbapi as driver
import pyarrow as pa

from dashboard import gate
from dashboard.answers import Question
from dashboard.databases import open_database
from dashboard.databases.postgresql import PostgreSQL
from dashboard.databases.stopping import Stop
from dashboard.filters import Filters
from dashboard.query_files import all_queries
from dashboard.settings import SAMPLE, Settings
from dashboard.sql import rewriting
from tests.databases import servers

ROUNDS = 5
ROWS = 1_000_000
TABLE = """
    create table work_items as
    select
        'item ' || n as item_id, 'Department ' || n % 12 as department,
        'Team ' || n % 60 as team, 'Person ' || n % 1500 as employee,
        'Kind ' || n % 24 as work_type, 'High' as priority, 'E-mail' as channel,
        'open' as status,
        timestamp '2024-11-01' + n * interval '63 seconds' as received_at,
        timestamp '2024-11-02' + n * interval '63 seconds' as started_at,
        timestamp '2024-11-06' + n * interval '63 seconds' as due_at,
        case when n % 16 > 0 then timestamp '2024-11-04' + n * interval '63 seconds' end
            as completed_at,
        cast(12.5 as numeric(12, 2)) as standard_minutes,
        cast(n % 90 as numeric(12, 2)) as handling_minutes,
        cast(n * 0.01 as numeric(18, 4)) as amount
    from generate_series(1, 1000000) as n
"""
SELECT = "select * from work_items"
KINDS = {
    **dict.fromkeys(
        (
            *("item_id", "department", "team", "employee", "work_type"),
            *("priority", "channel", "status"),
        ),
        pa.string(),
    ),
    **dict.fromkeys(
        ("received_at", "started_at", "due_at", "completed_at"), pa.timestamp("us")
    ),
    "standard_minutes": pa.decimal128(12, 2),
    "handling_minutes": pa.decimal128(12, 2),
    "amount": pa.decimal128(18, 4),
}


def milliseconds(run) -> float:
    start = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - start)


def gate_overhead() -> None:
    """Parse, check, rewrite and bind every query of the sample; nothing is run."""
    database = open_database(Settings(f"duckdb:///{SAMPLE}"))
    load = database.state().load
    assert load.as_of
    end = load.as_of.date() + timedelta(days=1)
    chosen = {"department": ("Payroll",)}
    filters = Filters(end - timedelta(days=90), end, load.as_of, load.zone, **chosen)
    first, again = [], []
    for name in sorted(all_queries()):
        question = Question(name, filters)
        rewriting.rewrite.cache_clear()
        first.append(milliseconds(lambda q=question: gate.sql_of(q, database)))
        again.append(milliseconds(lambda q=question: gate.sql_of(q, database)))
    for words, times in (("first", first), ("kept", again)):
        median, most = statistics.median(times), max(times)
        print(f"gate, {words:<6} median {median:7.2f} ms, most {most:7.2f} ms")


def fetching(url: str) -> None:
    """All rows through the driver alone, and through the database of the gate."""
    database = PostgreSQL(Settings(url, accept_writing_role=True))
    schema = pa.schema(list(KINDS.items()))
    with driver.connect(url, autocommit=True) as connection:

        def alone() -> None:
            with connection.cursor() as cursor:
                cursor.execute(SELECT)
                assert cursor.fetch_arrow_table().num_rows == ROWS

        def ours() -> None:
            found = database.run(SELECT, {}, lambda: schema, Stop())
            assert found.num_rows == ROWS

        times = [(milliseconds(alone), milliseconds(ours)) for _ in range(ROUNDS)]
    a, b = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"1,000,000 x 15: driver {a:,.0f} ms, ours {b:,.0f} ms, ratio {b / a:.2f}")
    database.close()


def main() -> None:
    gate_overhead()
    with (
        tempfile.TemporaryDirectory() as folder,
        servers.postgresql(Path(folder) / "server") as server,
    ):
        owner = driver.connect(server.url, autocommit=True)
        with owner, owner.cursor() as cursor:
            cursor.execute(TABLE)
        fetching(server.url)


if __name__ == "__main__":
    main()
