"""Small, nasty histories of work, drawn by Hypothesis and built as real databases.

Few days, few groups and few instants, so that dates meet each other, the local midnights
and the clock change of 29 March 2026.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.filters import Filters, midnight
from dashboard.relations import RELATIONS
from dashboard.settings import Settings
from dashboard.sources.building import new_database
from dashboard.sources.calendars import given_days
from tests.drawn import ARROW

# `make test-long` draws 20,000 cases at random; else all relations share about 700,
# the same ones in every run.
LONG = bool(os.environ.get("MIS_TEST_LONG"))
BERLIN = "Europe/Berlin"
FIRST, DAYS = date(2026, 3, 19), 24
LOADED_AT = datetime(2026, 4, 20, 10)
GROUPS = {
    "department": (None, "A", "B", "C"),
    "team": (None, "T1", "T2"),
    "work_type": (None, "W1", "W2"),
    "priority": (None, "High", "Low"),
    "channel": (None, "Mail", "Web"),
    "employee": (None, "E1", "E2", "E3", "E9"),  # nobody knows E9
}
EMPLOYEES = [
    {"employee": "E1", "department": "A", "employment": "own"},
    {"employee": "E2", "department": "B", "employment": "outsourced"},
    {"employee": "E3", "department": None, "employment": None},
]
KINDS = (
    *("started", "completed", "completed", "cancelled", "reopened", "reopened"),
    *("transferred", "transferred", "paused", "resumed", "paused", "resumed"),
    *("assigned", "returned", "due_changed", "status", "replied", "received"),
)
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class History:
    """Rows of relations, by name; instants are UTC without zone."""

    zone: str
    rows: dict[str, Rows]
    shift: timedelta = timedelta()  # of the calendar
    name: str = ""  # of one that several cases share

    def changed(self, **rows: Rows) -> History:
        return replace(self, rows=self.rows | rows, name="")

    def with_more(self, other: dict[str, Rows]) -> History:
        return self.changed(**{n: self.rows.get(n, []) + other[n] for n in other})

    def telling_all(self) -> History:
        known = any(item["item_id"] == "old" for item in self.rows["work_items"])
        return self if known else self.with_more(TELLS_ALL)


@st.composite
def instants(draw: st.DrawFn, zone: str = BERLIN, first: int = 0, last: int = DAYS):
    """Local midnights and the microseconds around them, and some hours of the day."""
    day = FIRST + timedelta(days=draw(days(first, last)))
    steps = (
        *(timedelta(0), timedelta(0), timedelta(0), timedelta(microseconds=-1)),
        *(timedelta(microseconds=1), timedelta(hours=2, minutes=30)),
        *(timedelta(hours=9), timedelta(hours=12), timedelta(hours=17)),
    )
    return midnight(day, zone) + draw(st.sampled_from(steps))


def days(first: int, last: int) -> st.SearchStrategy[int]:
    """Often one of a few days, so that dates meet; a Monday, a Sunday, a first of April."""
    often = [day for day in (4, 10, 11, 13) if first <= day <= last]
    return st.sampled_from(often * 8 + list(range(first, last + 1)))


def _maybe(strategy):
    return st.none() | strategy


@st.composite
def items(draw: st.DrawFn, key: str, zone: str, departments: tuple) -> dict[str, Rows]:
    """An item with its events, or with its dates alone, and its reviews."""
    item = {
        name: draw(st.sampled_from(departments if name == "department" else values))
        for name, values in GROUPS.items()
    }
    item |= {
        "item_id": key,
        "client": draw(st.sampled_from((None, "K1"))),
        "status": draw(st.sampled_from((None, "New", "Done"))),
        "received_at": draw(instants(zone, 0, 14)),
        "first_due_at": draw(_maybe(instants(zone))),
        "standard_minutes": draw(
            st.sampled_from((None, Decimal("30"), Decimal("45.5")))
        ),
        "amount": draw(st.sampled_from((None, Decimal("-3"), Decimal("10.1234")))),
    }
    item["due_at"] = draw(st.just(item["first_due_at"]) | _maybe(instants(zone)))
    reviews = [draw(_reviews(key, number)) for number in range(draw(st.integers(0, 2)))]
    events = draw(_events(item, zone, departments)) if draw(st.booleans()) else []
    if not events:
        item |= {
            "started_at": draw(_maybe(instants(zone))),
            "completed_at": draw(_maybe(instants(zone))),
            "cancelled_at": draw(
                _maybe(instants(zone, 5)) if draw(st.booleans()) else st.none()
            ),
        }
        if item["completed_at"]:
            item["cancelled_at"] = None
    return {"work_items": [item], "work_events": events, "quality_reviews": reviews}


@st.composite
def _events(
    draw: st.DrawFn, item: dict[str, Any], zone: str, departments: tuple
) -> Rows:
    """From the receipt on, in order of the source; the last end is told by the item too."""
    moments = sorted(draw(st.lists(instants(zone), max_size=6)))
    item["completed_at"] = item["cancelled_at"] = None
    found = [_event(item, item["received_at"], 1, "received")]
    found[0] |= {"department": item["department"], "team": item["team"]}
    for moment in moments:
        if moment < item["received_at"]:
            continue
        event = _event(item, moment, len(found) + 1, draw(st.sampled_from(KINDS)))
        if event["kind"] == "transferred":
            event["department"] = draw(st.sampled_from(departments))
            event["team"] = draw(st.sampled_from(GROUPS["team"]))
        if event["kind"] in ("status", "completed", "reopened"):
            event["to_status"] = draw(st.sampled_from((None, "New", "Work")))
        if event["kind"] == "due_changed":
            event["employee"] = draw(st.sampled_from((None, "E1")))
        found.append(event)
    return found


def _event(
    item: dict[str, Any], at: datetime, sequence: int, kind: str
) -> dict[str, Any]:
    names = ("department", "team", "employee", "from_status", "to_status")
    named = {"item_id": item["item_id"], "event_at": at, "sequence": sequence}
    return named | {"kind": kind} | dict.fromkeys(names)


_AFTER_WORK = tuple(
    timedelta(days=days, hours=hours) for days in (0, 1, 5) for hours in (0, 9)
)


@st.composite
def _reviews(draw: st.DrawFn, key: str, number: int) -> dict[str, Any]:
    day = FIRST + timedelta(days=draw(st.integers(0, DAYS)))
    defects = draw(st.sampled_from((0, 0, 1, 3)))
    return {
        "review_id": f"{key}.{number}",
        "item_id": key if draw(st.integers(0, 9)) else f"unknown {key}",
        "work_date": day,
        "reviewed_at": midnight(day, BERLIN) + draw(st.sampled_from(_AFTER_WORK)),
        "design": draw(st.sampled_from(("random", "random", "targeted", "customer"))),
        "defects": defects,
        "critical_defects": draw(st.sampled_from((None, 0, 1))),
        "error_type": draw(st.sampled_from((None, "Typing"))),
    }


@st.composite
def more_items(
    draw: st.DrawFn,
    most: int,
    zone: str = BERLIN,
    departments: tuple = GROUPS["department"],
    prefix: str = "i",
) -> dict[str, Rows]:
    """The relations of some items."""
    found: dict[str, Rows] = {
        "work_items": [],
        "work_events": [],
        "quality_reviews": [],
    }
    for number in range(draw(st.integers(0, most))):
        for name, rows in draw(items(f"{prefix}{number}", zone, departments)).items():
            found[name] += rows
    return found


def histories(zone: str = BERLIN) -> st.SearchStrategy[History]:
    """New ones in a long run; else some of a few dozen, each of them built once."""
    return drawn_histories(zone) if LONG else st.sampled_from(_shared(zone))


@lru_cache
def _shared(zone: str) -> list[History]:
    found: list[History] = []

    @settings(max_examples=40, derandomize=True, database=None, deadline=None)
    @given(drawn_histories(zone))
    def keep(history: History) -> None:
        found.append(replace(history, name=f"{zone} {len(found)}"))

    keep()
    return found


@st.composite
def drawn_histories(draw: st.DrawFn, zone: str) -> History:
    """Items, their events and reviews, kinds of work that change, plans."""
    rows = draw(more_items(12, zone)) | {"employees": EMPLOYEES}
    rows["work_types"] = draw(_work_types())
    rows["targets"] = [
        {"metric": "plan_std_hours", "value": 2.5}
        | dict(zip(_PLANNED, place, strict=True))
        for place in draw(st.lists(st.sampled_from(_PLANS), unique=True))
    ]
    history = History(zone, rows)
    return history.telling_all() if draw(st.integers(0, 3)) else history


_PLANNED = ("department", "team", "work_type")
_PLANS = (("A", None, None), ("B", None, None), ("A", "T1", None), ("A", None, "W1"))


@st.composite
def _work_types(draw: st.DrawFn) -> Rows:
    """Each kind of work has at most one row in force for a department, or for all."""
    turn = FIRST + timedelta(days=10)
    places = [("W1", None), ("W1", "A"), ("W2", "A"), ("W2", "B")]
    return [
        {
            "work_type": kind,
            "department": department,
            "urgent": draw(st.sampled_from((None, True, False))),
            "important": draw(st.sampled_from((None, True, False))),
            "calendar": draw(st.sampled_from((None, "NIGHT"))),
            "valid_from": start,
            "valid_to": end,
        }
        for kind, department in draw(st.lists(st.sampled_from(places), unique=True))
        for start, end in ((None, turn), (turn, None))
    ]


@dataclass(frozen=True)
class View:
    """A period, a moment and a grain to ask for."""

    start: date
    end: date
    as_of: datetime
    grain: str
    zone: str = BERLIN

    def filters(self, **chosen: Any) -> Filters:
        return Filters(self.start, self.end, self.as_of, self.zone, **chosen)


@st.composite
def views(draw: st.DrawFn, zone: str = BERLIN, grains=("day", "week", "month")) -> View:
    start = draw(days(0, DAYS - 2))
    end = draw(days(start + 1, DAYS))
    return View(
        FIRST + timedelta(days=start),
        FIRST + timedelta(days=end),
        draw(instants(zone, 4, DAYS) | st.just(LOADED_AT)),
        draw(st.sampled_from(grains)),
        zone,
    )


# Every fact is told once, long before, so that no answer is unknown for want of one.
TELLS_ALL: dict[str, Rows] = {
    "work_items": [
        {
            "item_id": "old",
            "received_at": datetime(2026, 1, 5, 9),
            "completed_at": datetime(2026, 1, 5, 15),  # as the last event tells
            "due_at": datetime(2026, 1, 8, 9),
            "employee": "E1",
            "standard_minutes": Decimal(10),
        }
    ],
    "work_events": [
        {
            "item_id": "old",
            "event_at": datetime(2026, 1, 5, 9 + n),
            "sequence": n,
            "kind": kind,
        }
        for n, kind in enumerate(
            (
                "received",
                "paused",
                "resumed",
                "due_changed",
                "completed",
                "reopened",
                "completed",
            )
        )
    ],
    "quality_reviews": [
        {
            "review_id": "old",
            "item_id": "old",
            "work_date": date(2026, 1, 9),
            "reviewed_at": datetime(2026, 1, 10),
            "design": "random",
            "defects": 1,
            "critical_defects": 1,
        }
    ],
}

_folder = TemporaryDirectory(prefix="mis-metamorphic.")
_numbers = count()
_kept: dict[str, DuckDBFile] = {}


@contextmanager
def built(history: History) -> Iterator[DuckDBFile]:
    """The database of a history; gone afterwards, unless other cases share it."""
    if history.name:
        if history.name not in _kept:
            _kept[history.name] = _build(history)
        yield _kept[history.name]
        return
    database = _build(history)
    try:
        yield database
    finally:
        database.close()
        database.path.unlink()


def _build(history: History) -> DuckDBFile:
    path = Path(_folder.name) / f"{next(_numbers)}.duckdb"
    as_of = LOADED_AT + history.shift
    with new_database(path, source="drawn", zone=history.zone, as_of=as_of) as file:
        file.insert("calendar_days", calendar(history.zone, history.shift))
        for name, rows in history.rows.items():
            if rows:
                file.insert(name, arrow(name, rows))
        file.rows = len(history.rows["work_items"])
    return DuckDBFile(Settings(database_url=f"duckdb:///{path}"))


def arrow(relation: str, rows: Rows) -> pa.Table:
    kinds = {name: RELATIONS[relation].kind(name) for row in rows for name in row}
    return pa.table(
        {n: pa.array([row.get(n) for row in rows], ARROW[k]) for n, k in kinds.items()}
    )


@lru_cache
def calendar(zone: str, shift: timedelta) -> pa.Table:
    """Office hours with a closed Friday, and nights; moved as a whole by `shift`."""
    office = [
        {"calendar": "OFFICE", "weekday": day, "opens": opens, "closes": closes}
        for day in range(1, 6)
        for opens, closes in (("09:00", "12:00"), ("13:00", "17:00"))
    ]
    night = [
        {"calendar": "NIGHT", "weekday": day, "opens": opens, "closes": closes}
        for day in range(1, 8)
        for opens, closes in (("00:00", "06:00"), ("22:00", "24:00"))
    ]
    versions = [
        {"calendar": name, "zone": zone, "is_default": name == "OFFICE"}
        for name in ("OFFICE", "NIGHT")
    ]
    closed = [{"calendar": "OFFICE", "day": date(2026, 4, 3)}]
    days = given_days(
        versions, office + night, closed, date(2025, 12, 1), date(2026, 6, 30)
    )
    return pa.Table.from_pylist(shifted(days.to_pylist(), shift), days.schema)


def shifted(rows: Rows, by: timedelta) -> Rows:
    """The same rows with every date and instant moved."""
    return [
        {n: v + by if isinstance(v, date) else v for n, v in row.items()}
        for row in rows
    ]


def copied(history: History, times: int) -> History:
    """Every item, with its events and reviews, written so often under new ids."""
    return history.changed(
        **{
            name: [
                row | {k: f"{row[k]} {n}" for k in ("item_id", "review_id") if k in row}
                for n in range(times)
                for row in history.rows[name]
            ]
            for name in ("work_items", "work_events", "quality_reviews")
        }
    )
