"""One contender of bench.scale, in a process of its own.

It is told over a pipe what to do, a word and a question at a time, and sends back what
came of it. Every process is new, so that none has the memory or the caches of another.
"""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from bench.questions import QUESTIONS
from dashboard import gate
from dashboard.answers import Question
from dashboard.databases import Database, open_database
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.settings import Settings


class Contender:
    """A process that answers the questions of one database in one way."""

    def __init__(self, url: str, by_hand: bool = False):
        new = multiprocessing.get_context("spawn")
        self._pipe, there = new.Pipe()
        self._process = new.Process(target=_serve, args=(there, url, by_hand))
        self._process.start()
        there.close()

    def values(self, name: str) -> list[pa.Table]:
        """The answers to a question; this warms it."""
        return self._told("values", name)

    def milliseconds(self, name: str) -> float:
        """How long a question takes once, nothing kept."""
        return self._told("milliseconds", name)

    def peak(self) -> float:
        """The most memory that the process has had, in GiB."""
        return self._told("peak", "")

    def end(self) -> None:
        """End the process, and wait for it."""
        self._pipe.send(None)
        self._process.join()

    def _told(self, what: str, name: str) -> Any:
        self._pipe.send((what, name))
        return self._pipe.recv()


def _serve(pipe: Connection, url: str, by_hand: bool) -> None:
    database = open_database(
        Settings(url, time_limit_seconds=600, accept_writing_role=True)
    )
    kept: dict[str, Callable[[], list[pa.Table]]] = {}
    while told := pipe.recv():
        what, name = told
        if what == "peak":
            pipe.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)
            continue
        if name not in kept:
            way = _by_hand if by_hand else _by_gate
            kept[name] = way(QUESTIONS[name], database)
        start = time.perf_counter()
        answers = kept[name]()
        took = 1000 * (time.perf_counter() - start)
        pipe.send(answers if what == "values" else took)
    database.close()


def _by_gate(
    questions: list[Question], database: Database
) -> Callable[[], list[pa.Table]]:
    """Ask through the gate, with none of the answers kept."""

    def run() -> list[pa.Table]:
        gate.forget()
        return [gate.ask(question, database).rows for question in questions]

    return run


def _by_hand(
    questions: list[Question], database: Database
) -> Callable[[], list[pa.Table]]:
    """Send the same SQL on an open connection of DuckDB, fetched to the same end."""
    assert isinstance(database, DuckDBFile)
    with database._using() as (_, engine):
        connection = engine.connect().connection.driver_connection
        statements = [_written(q, database, engine) for q in questions]
    assert connection is not None
    return partial(_fetched, connection, statements)


def _written(
    question: Question, database: DuckDBFile, engine: sa.Engine
) -> tuple[str, list[Any]]:
    """The SQL of a question as its driver takes it, with its values in order."""
    sql, values = gate.sql_of(question, database)
    written = sa.text(sql).bindparams(**values).compile(engine)
    return str(written), [written.params[name] for name in written.positiontup or []]


def _fetched(
    connection: Any, statements: list[tuple[str, list[Any]]]
) -> list[pa.Table]:
    return [
        connection.execute(sql, values).to_arrow_table() for sql, values in statements
    ]
