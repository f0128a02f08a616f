"""A site's own tables, by a mapping, answer as ours do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta

import pytest

from dashboard import gate
from dashboard.advice import advisable
from dashboard.answers import Question
from dashboard.databases import open_database
from dashboard.errors import DatabaseError, QuestionError, SettingsError
from dashboard.filters import Filters
from dashboard.query_files import find_query
from dashboard.relations import MAPPED, RELATIONS
from dashboard.settings import Settings
from tests.databases import loading
from tests.databases.comparing import difference
from tests.databases.sites import DATABASES

ASKED = (
    "overview/matrix",
    "workload/flow_by_bucket",
    "deadlines/on_time_by_group",
    "deadlines/lead_time",
    "errors/error_rate_by_group",
    "backlog/open_by_group",
    "handoffs/summary",
    "records/overdue",
    "data/faults",
)
END = date(2026, 11, 22)
LAST_QUARTER = Filters(
    END - timedelta(days=90),
    END,
    datetime(2026, 11, 22),
    "Europe/London",
    department=("Accounts Payable", None),
)
NOON = "2026-05-04 12:00:00.000000"


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A little of the sample as a site's own file, whose data is of now."""
    path = tmp_path_factory.mktemp("own") / "own.duckdb"
    relations = loading.own_file(path, items=500, end=END)
    zone = relations["calendars"]["zone"][0].as_py()
    return open_database(Settings(f"duckdb:///{path}", zone=zone)), relations


@pytest.mark.parametrize("kind", DATABASES)
def test_answers_by_a_mapping_are_those_of_our_tables(sites, own, kind, tmp_path):
    """Each select has what our SQL gives a meaning to: colons, percents, comments."""
    reference, relations = own
    there = {name: rows for name, rows in relations.items() if name in MAPPED}
    for name in there:
        columns = ", ".join(f"own.{c}" for c in RELATIONS[name].column_names)
        (tmp_path / f"{name}.sql").write_text(
            f"select {columns} from {name} as own"
            " where 'at:noon' <> '100 %(now)s' and '12:30' > '11:45';  -- all rows"
        )
    url = getattr(loading, f"into_{kind}")(sites.server(kind), "mapped", there)
    zone = reference.state().load.zone
    mapped = open_database(
        Settings(url, mapping=str(tmp_path), zone=zone, time_limit_seconds=120)
    )
    try:
        for query in ASKED:
            has_grain = "grain" in find_query(query).parameters
            settings = (("grain", "week"),) if has_grain else ()
            question = Question(query, LAST_QUARTER, settings)
            expected = gate.ask(question, reference).rows
            said = difference(expected, gate.ask(question, mapped).rows)
            assert not said, (query, said)
    finally:
        mapped.close()


@pytest.fixture
def office(tmp_path):
    """A SQLite file with one table of an office, and a mapping; gives its database."""
    path = tmp_path / "office.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute('create table "Tickets" ("No" integer, "Came In" text)')
        connection.execute(f"insert into \"Tickets\" values (7, '{NOON}')")

    def make(**selects):
        folder = tmp_path / "mapping"
        folder.mkdir(exist_ok=True)
        for name, select in selects.items():
            (folder / f"{name}.sql").write_text(select)
        return open_database(Settings(f"sqlite:///{path}", mapping=str(folder)))

    return make


def test_a_select_over_tables_of_any_name_is_read(office):
    database = office(
        work_items='select "No" as item_id, "Came In" as received_at from "Tickets"'
    )
    state = database.state()
    assert [name for name, _ in state.tables if name in MAPPED] == ["work_items"]
    database.close()


def test_nothing_is_advised_for_what_a_mapping_reads(office):
    database = office(
        work_items='select "No" as item_id, "Came In" as received_at from "Tickets"'
    )
    with pytest.raises(QuestionError, match="copy them with `mis sync`"):
        advisable(database)


@pytest.mark.parametrize(
    ("selects", "words"),
    [
        ({}, "has no file work_items.sql"),
        ({"work_item": "select 1"}, "named after no relation .* work_items"),
        ({"work_items": "delete from x"}, "must hold one select and nothing else"),
        ({"work_items": "select 1; select 2"}, "must hold one select"),
        ({"work_items": ""}, "must hold one select"),
        ({"work_items": "select 'open"}, "cannot be read as SQL"),
    ],
)
def test_a_mapping_that_is_none_is_one_sentence(office, selects, words):
    with pytest.raises(SettingsError, match=words):
        office(**selects)


@pytest.mark.parametrize(
    ("select", "words"),
    [
        ("select 1 as item_id from nothing", "work_items.sql cannot be read.*nothing"),
        ("select 1 as item_id", "gives no column received_at"),
        (f"select 1 as item_id, '{NOON}' as received_at, 2 as x", "a column x that"),
        ("select 1 as item_id, 'noon' as received_at", "does not fit.*received_at"),
    ],
)
def test_a_select_that_does_not_fit_is_one_sentence(office, select, words):
    with pytest.raises(DatabaseError, match=words):
        office(work_items=select).state()


def test_an_unknown_mapping_is_one_sentence():
    with pytest.raises(SettingsError, match="There is no mapping nowhere"):
        open_database(Settings("sqlite:////tmp/x.db", mapping="nowhere"))
