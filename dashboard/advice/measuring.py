"""How long a question takes through the gate, before and after advice is followed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import timedelta

from dashboard import gate
from dashboard.advice.piece import Piece
from dashboard.answers import Question
from dashboard.databases.direct import Direct
from dashboard.errors import QuestionError, TimeLimitError
from dashboard.filters import Filters, local_time
from dashboard.query_files import find_query
from dashboard.questions import default_as_of

DAYS = 90  # of the period asked for
ROUNDS = 3
LONG = 3_000  # milliseconds; what takes so long is asked once
FIRST_ROWS = 200
# A session that reads only becomes one that writes, on a copy alone.
WRITING = {
    "postgresql": (
        "set default_transaction_read_only = off",
        "set statement_timeout = 0",
    ),
    "mariadb": ("set session transaction read write", "set max_statement_time = 0"),
}

Took = float | None
"""Milliseconds; None for a question that was stopped at the time limit."""


def took(piece: Piece, database: Direct) -> Took:
    """The best of a few times of the question that gains by a piece."""
    times = []
    try:
        question = _question(piece, database)
        for _ in range(ROUNDS):
            gate.forget()
            start = time.perf_counter()
            gate.ask(question, database)
            times.append(1000 * (time.perf_counter() - start))
            if times[-1] > LONG:
                break
    except TimeLimitError:
        return None
    return min(times)


def effects(pieces: list[Piece], copy: Direct) -> Iterator[tuple[Took, Took]]:
    """The times before and after each piece is followed on a copy, one by one.

    In the end all of it is taken back. Raises QuestionError, DatabaseError.
    """
    if copy.dialect not in WRITING:
        raise QuestionError(
            "A copy to measure on has to be a PostgreSQL or MariaDB database."
        )
    with ExitStack() as undoing:
        for piece in pieces:
            before = took(piece, copy)
            for number, statement in enumerate(piece.statements):
                _run(copy, (statement,))
                if number == 0:  # from now on there is something to take back
                    undoing.callback(_run, copy, piece.undo)
            yield before, took(piece, copy)


def _run(copy: Direct, statements: tuple[str, ...]) -> None:
    """Change the copy, over a connection that nothing else uses."""
    with closing(copy.connect()) as connection:
        for statement in (*WRITING[copy.dialect], *statements):
            try:
                with closing(connection.cursor()) as cursor:
                    cursor.execute(statement)
            except copy.errors as error:
                raise copy.in_words(error) from error
    copy.forget()


def _question(piece: Piece, database: Direct) -> Question:
    """The question of a piece: over a quarter, narrowed as the oldest open item is."""
    load = gate.load(database)
    as_of = default_as_of(load)
    end = local_time(as_of, load.zone).date() + timedelta(days=1)
    filters = Filters(end - timedelta(days=DAYS), end, as_of, load.zone)
    if piece.narrowed:
        oldest = Question("records/overdue", filters, limit=1)
        for row in gate.ask(oldest, database).rows.to_pylist():
            filters = filters.narrowed(**{n: (row[n],) for n in piece.narrowed})
    query = find_query(piece.query)
    settings = (("grain", "week"),) if "grain" in query.parameters else ()
    limit = FIRST_ROWS if piece.query.startswith("records/") else None
    return Question(query.name, filters, settings=settings, limit=limit)
