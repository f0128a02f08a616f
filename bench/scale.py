"""The eight questions over many items: through the gate, by hand, and elsewhere.

    python -m bench.scale FILE [URL ...]

FILE is a DuckDB file that bench.generated built; each URL is a database with the same
relations. All answers have to be equal before a time counts. Contenders take turns,
question by question, in one process, warmed once; times are medians, with the best in
brackets.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from bench.generated import AS_OF
from dashboard import gate
from dashboard.answers import Question
from dashboard.databases import Database, open_database
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.filters import Filters
from dashboard.settings import Settings
from tests.databases.comparing import difference

ROUNDS = 5
LAST = date(2026, 11, 2)  # the Monday after the last item
QUARTER = (date(2026, 7, 1), date(2026, 10, 1))
BEFORE = (date(2026, 4, 1), date(2026, 7, 1))
YEAR = (LAST - timedelta(weeks=52), LAST)
FOUR = ("Accounts Payable", "Claims", "Data Entry", "Payments")


def asked(
    query: str,
    period: tuple[date, date],
    as_of: datetime = AS_OF,
    settings: tuple[tuple[str, str], ...] = (),
    page: dict[str, Any] | None = None,
    **chosen: tuple[str, ...],
) -> Question:
    """A question of ours under filters."""
    filters = replace(Filters(*period, as_of, "UTC"), **chosen)
    return Question(query, filters, settings, **(page or {}))


# Where one question of theirs is two of ours, both are asked.
QUESTIONS = {
    "Q1 scorecard, two quarters": [
        asked("overview/matrix", QUARTER),
        asked("overview/matrix", BEFORE, datetime(2026, 7, 1)),
        asked("deadlines/lead_time", QUARTER),
    ],
    "Q2 flow, 365 days": [
        asked("workload/flow_by_bucket", YEAR, settings=(("grain", "day"),)),
        asked("backlog/open_by_bucket", YEAR, settings=(("grain", "day"),)),
    ],
    "Q3 age of open work, past": [
        asked("backlog/age_profile", QUARTER, datetime(2026, 6, 30)),
    ],
    "Q4 on time, 52 weeks by type": [
        asked("overview/rates_by_week", YEAR, settings=(("level", "work_type"),)),
    ],
    "Q5 lead time, 52 weeks": [asked("deadlines/lead_time_by_bucket", YEAR)],
    "Q6a error types, 4 depts": [asked("errors/error_types", YEAR, department=FOUR)],
    "Q6b error rate, 4 depts": [
        asked("errors/error_rate_by_bucket", YEAR, department=FOUR)
    ],
    "Q7 open work by group": [asked("backlog/open_by_group", QUARTER)],
    "Q8 longest overdue, 200": [
        asked(
            "records/overdue",
            QUARTER,
            page={"limit": 200},
            department=("Claims",),
            priority=("High", "Urgent"),
        )
    ],
}


def by_gate(questions: list[Question], database: Database) -> list[pa.Table]:
    """The answers, none of them kept."""
    gate.forget()
    return [gate.ask(question, database).rows for question in questions]


def by_hand(statements: list[tuple[str, list[Any]]], connection: Any) -> None:
    """The same SQL sent without the gate, fetched to the same end."""
    for sql, values in statements:
        connection.execute(sql, values).to_arrow_table()


def statements_of(
    questions: list[Question], database: DuckDBFile
) -> list[tuple[str, list[Any]]]:
    """The SQL of each question as its driver takes it, with its values in order."""
    found = []
    with database._using() as (_, engine):
        for question in questions:
            sql, values = gate.sql_of(question, database)
            written = sa.text(sql).bindparams(**values).compile(engine)
            names = written.positiontup or []
            found.append((str(written), [written.params[name] for name in names]))
    return found


def timed(contenders: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Milliseconds of each, taking turns."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, run in contenders.items():
            start = time.perf_counter()
            run()
            times[name].append(1000 * (time.perf_counter() - start))
    return times


def check(questions: list[Question], here: Database, there: Database) -> None:
    """Values before times. Raises SystemExit at a difference."""
    pairs = zip(by_gate(questions, here), by_gate(questions, there), strict=True)
    for question, (expected, found) in zip(questions, pairs, strict=True):
        if said := difference(expected, found):
            sys.exit(f"{question.query}: {said}")


def main(file: Path, urls: list[str]) -> None:
    def opened(url: str) -> Database:
        return open_database(
            Settings(url, time_limit_seconds=600, accept_writing_role=True)
        )

    duckdb = opened(f"duckdb:///{file}")
    assert isinstance(duckdb, DuckDBFile)
    others = {sa.make_url(url).get_backend_name(): opened(url) for url in urls}
    rows = gate.load(duckdb).rows
    print(f"{rows:,} items; ms: median (best) of {ROUNDS}; then ÷ DuckDB by hand")
    with duckdb._using() as (_, engine), engine.connect() as held:
        connection = held.connection.driver_connection
        for name, questions in QUESTIONS.items():
            for other in others.values():
                check(questions, duckdb, other)
            statements = statements_of(questions, duckdb)
            contenders: dict[str, Callable[[], object]] = {
                "by hand": partial(by_hand, statements, connection),
                "duckdb": partial(by_gate, questions, duckdb),
                **{n: partial(by_gate, questions, o) for n, o in others.items()},
            }
            times = timed(contenders)
            base = statistics.median(times["by hand"])
            told = [
                f"{n} {statistics.median(t):,.1f} ({min(t):,.1f}) "
                f"{statistics.median(t) / base:.2f}"
                for n, t in times.items()
            ]
            print(f"{name:<30}" + " | ".join(told), flush=True)
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")
    for database in (duckdb, *others.values()):
        database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
