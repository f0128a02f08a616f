"""Ask any query over a view, and the one table of what a relation leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pyarrow as pa
from hypothesis import settings
from hypothesis import strategies as st

from dashboard import gate
from dashboard.access import EVERYTHING, Viewer
from dashboard.answers import Answer, Question
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.query_files import all_queries
from tests.metamorphic.histories import LONG, View

cases = settings(
    max_examples=770 if LONG else 25,
    derandomize=not LONG,
    deadline=None,
    print_blob=True,
)
QUERIES = tuple(all_queries())
GRAINED = tuple(n for n, q in all_queries().items() if "grain" in q.parameters)
Row = dict[str, Any]


def ask(
    database: DuckDBFile,
    name: str,
    view: View,
    viewer: Viewer = EVERYTHING,
    *,
    where: tuple = (),
    order: str = "",
    descending: bool = False,
    offset: int = 0,
    limit: int | None = None,
    **chosen: tuple[str | None, ...],
) -> Answer:
    question = Question(
        name,
        view.filters(**chosen),
        settings=(("grain", view.grain),) if name in GRAINED else (),
        where=where,
        order=order,
        descending=descending,
        offset=offset,
        limit=limit,
    )
    return gate.ask(question, database, viewer)


def rows(answer: Answer) -> list[Row]:
    return answer.rows.to_pylist()


def bag(found: Iterable[Row], *without: str) -> Counter:
    """Rows in no order, each as often as it is there."""
    return Counter(
        tuple((n, v) for n, v in row.items() if n not in without) for row in found
    )


# What a relation leaves out, and why. The relations not named here leave out nothing
# beyond what their test says in its first line.
WITHOUT_ROWS = {
    "data/parts": "tells of loads, not of work",
    "data/load_history": "tells of loads, not of work",
    "data/load": "tells of loads, not of work",
    "data/refused_rows": "tells of files, not of work",
    "data/targets": "tells targets, which no filter thins",
}
TWICE_HELD = {
    "backlog/cumulative_flow": "an item that two groups had entered a status in both",
    "records/entries": "the same",
}
NOT_TIMED = {
    **WITHOUT_ROWS,
    "filters/values": "tells every value that there ever was, whatever the moment",
    "data/faults": "tells what is wrong with the file, whatever the moment",
    "records/faults": "the same",
    "data/rules": "the same",
    "data/failing_by_month": "the same",
    "records/data_health": "the same",
}
# What is usual, and what the source tells at all, is found among all items, so that
# others may change what is odd, or what is lacking.
USUAL = {
    "data/rules": "a copy is a twin, and makes more of a kind usual",
    "data/failing_by_month": "the same",
    "records/data_health": "the same",
}
# Whether its kind of work is urgent is told of an item by the row of a department that
# a narrower scope does not see.
KIND_TOLD = ("urgent", "important")
LEFT_OUT: dict[str, dict[str, str]] = {
    "filtered": WITHOUT_ROWS | USUAL,
    "additive by department": TWICE_HELD,
    "additive by team": TWICE_HELD,
    "additive by scope": {"backlog/urgent_important": "see KIND_TOLD"},
    "later": NOT_TIMED,
    "all values": {
        **WITHOUT_ROWS,
    },
    "shifted": {
        "data/load": "tells when the file was built",
        "errors/mix_by_month": "months have not all 28 days",
        "records/faults": "writes dates as words",
    },
    "rebuilt": {"data/load": "tells when the file was built"},
    "renamed": {"data/load": "tells when the file was built"},
    "scoped rows": {
        **TWICE_HELD,
        "backlog/days_of_work": "its last 20 working days begin with the first item seen",
        "data/targets": "targets of everybody are in every scope",
        "filters/values": "its rows without a department are counts of all",
    },
    "doubled": WITHOUT_ROWS | USUAL,
}


def fit(relation: str, names: Iterable[str] = QUERIES) -> tuple[str, ...]:
    return tuple(n for n in names if n not in LEFT_OUT.get(relation, {}))


def some(names: Iterable[str], most: int = 5) -> st.SearchStrategy[list[str]]:
    """A handful of queries for one case; over the cases all have their turn."""
    names = tuple(names)
    return st.lists(
        st.sampled_from(names),
        min_size=min(most, len(names)),
        max_size=most,
        unique=True,
    )


# Counts beside those with cases that add up over groups of items.
HOURS = ("open_hours", "standard_hours", "due_hours", "done_hours", "received_hours")
ADDED = (*HOURS, "net_flow_items", "open_from_items", "open_to_items", "residual_items")
# Counts with cases that say something of more than the row.
CUMULATED = ("cumulative_items",)
STOCKS = ("open_items", "open_hours", "overdue_items", "due_today_items", "left_items")
STOCKS += ("open_from_items", "open_to_items", "unassigned_items")
# Columns that tell about a row and name no group.
NO_KEYS = ("basis", "oldest_item_id")


def additive(answer: Answer, without: Iterable[str] = ()) -> tuple[str, ...]:
    """The counts of an answer that add up: over groups of items, or over days."""
    query = answer.query
    found = [
        name
        for name in query.columns
        if (name in query.cases and query.cases[name].up_to is None) or name in ADDED
    ]
    if query.name == "filters/values":
        found = ["items"]
    if query.name == "overview/last_weeks":
        found = ["received_items", "due_items", "on_time_items", "open_items"]
    return tuple(name for name in found if name not in without)


def group_keys(answer: Answer) -> tuple[str, ...]:
    """The columns that name a row."""
    kinds = dict(zip(answer.rows.column_names, answer.rows.schema.types, strict=True))
    numbers = ("weekday", "hour", "age_days", "days_late", "band_number")
    return tuple(
        name
        for name in answer.query.columns
        if name not in (*NO_KEYS, *answer.query.cases)
        and (
            name in numbers
            or pa.types.is_string(kinds[name])
            or pa.types.is_temporal(kinds[name])
            or (pa.types.is_boolean(kinds[name]) and name in ("urgent", "important"))
        )
    )


def sums(
    found: Iterable[Row], keys: Iterable[str], columns: Iterable[str]
) -> dict[tuple, tuple]:
    """The sums of columns by keys; rows of nothing are left out."""
    keys, columns = tuple(keys), tuple(columns)
    totals: dict[tuple, list[Decimal]] = {}
    for row in found:
        total = totals.setdefault(
            tuple(row[k] for k in keys), [Decimal(0)] * len(columns)
        )
        for place, column in enumerate(columns):
            total[place] += Decimal(str(row[column] or 0))
    # Hours are of a sixtieth: a sum of parts differs in a last place that nobody sees.
    rounded = {k: tuple(round(x, 6) for x in total) for k, total in totals.items()}
    return {k: total for k, total in rounded.items() if any(total)}


def columns_of(answer: Answer, *names: str) -> list[tuple]:
    return [tuple(row[n] for n in names) for row in rows(answer)]
