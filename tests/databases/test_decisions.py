"""The file of a relation is the relation, on every database."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from dashboard import gate
from dashboard.answers import Question
from dashboard.databases import open_database
from dashboard.decisions.rows import written
from dashboard.filters import Filters
from dashboard.query_files import find_query
from dashboard.relations import MAPPED
from dashboard.settings import Settings
from tests.databases import loading
from tests.databases.comparing import difference
from tests.databases.sites import DATABASES
from tests.decisions.conftest import put

END = date(2026, 11, 22)
LAST_QUARTER = Filters(
    END - timedelta(days=90),
    END,
    datetime(2026, 11, 22),
    "Europe/London",
)
DECIDED = (
    *("data/targets", "data/targets_over_time", "data/annotations", "data/owners"),
    *("data/owners_over_time", "deadlines/runway"),
)
OF_CALENDARS = (
    *("data/calendars", "data/opening_hours", "data/special_days"),
    *("deadlines/lead_time", "backlog/open_by_group"),
)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A little of the sample as a site's own file, and its relations."""
    path = tmp_path_factory.mktemp("own") / "own.duckdb"
    return path, loading.own_file(path, items=200, end=END)


@pytest.fixture
def folder(tmp_path):
    """Targets, remarks and owners; texts that each database has to keep."""
    found = tmp_path / "decisions"
    put(
        found,
        "targets",
        """
        metric      | department       | team | value | valid_from | valid_to
        on_time_due | -                | -    | 0.85  | 2026-01-01 | 2026-11-21
        on_time_due | -                | -    | 0.9   | 2026-11-21 | -
        on_time_due | Accounts Payable | -    | 0.123456789012345 | - | -
        open        | Accounts Payable | it's | 12    | -          | -
        """,
    )
    put(
        found,
        "annotations",
        """
        starts_on  | ends_on    | department | remark               | author | written_at
        2026-10-01 | -          | -          | 100 % of :noon \\ Ü😀 | Ada    | 2026-10-02T08:00:00
        2026-10-01 | 2026-10-03 | -          | "two""quotes"        | Ada    | 2026-10-02T08:00:00.5
        2026-10-01 | -          | -          | later                | Ada    | 2026-11-23T08:00:00
        """,
    )
    put(
        found,
        "owners",
        """
        department       | owner | contact     | valid_from | valid_to
        Accounts Payable | Bob   | -           | -          | 2026-11-22
        Accounts Payable | Cyd   | cyd@x.org   | 2026-11-22 | -
        """,
    )
    return found


ON_ONE_SERVER = [
    pytest.param(kind, marks=pytest.mark.xdist_group(kind)) for kind in DATABASES
]


@pytest.fixture(params=ON_ONE_SERVER)
def pair(request, sites, own, folder):
    """The same rows in DuckDB and in another database, both under one folder."""
    path, relations = own
    kind = request.param
    name = f"decided_{request.node.callspec.id}_{request.function.__name__[5:15]}"
    there = {k: rows for k, rows in relations.items() if k in MAPPED}
    if "own_days" in request.function.__name__:
        there = relations
    url = getattr(loading, f"into_{kind}")(sites.server(kind), name.lower(), there)
    opened = [
        open_database(
            Settings(
                place,
                zone="Europe/London",
                decisions=str(folder),
                time_limit_seconds=180,
            )
        )
        for place in (f"duckdb:///{path}", url)
    ]
    yield opened
    for database in opened:
        database.close()


def same(pair, queries):
    """Whether both give the same answers, none of them empty."""
    for query in queries:
        has_grain = "grain" in find_query(query).parameters
        settings = (("grain", "week"),) if has_grain else ()
        question = Question(query, LAST_QUARTER, settings)
        expected, found = (gate.ask(question, database).rows for database in pair)
        assert difference(expected, found) == "", query
        assert expected.num_rows, query


def test_what_is_decided_is_the_same_on_every_database(pair):
    same(pair, DECIDED)
    question = Question("data/targets", LAST_QUARTER)
    for database in pair:
        told = gate.ask(question, database).rows.to_pylist()
        assert [row["value"] for row in told if row["metric"] == "on_time_due"] == [
            *(0.123456789012345, 0.9)
        ]


def test_an_edited_file_counts_for_the_next_question(pair, folder):
    question = Question("data/targets", LAST_QUARTER)
    counted = [gate.ask(question, database).rows.num_rows for database in pair]
    put(folder, "targets", "metric | value\nopen | 1")
    after = [gate.ask(question, database).rows.num_rows for database in pair]
    (folder / "targets.csv").write_text("metric,value\n")
    none = [gate.ask(question, database).rows.num_rows for database in pair]
    assert (counted, after, none) == ([3, 3], [1, 1], [0, 0])


def test_decided_calendars_count_working_time_on_every_database(pair, folder):
    _decide_calendars(folder)
    same(pair, OF_CALENDARS)
    for database in pair:
        rows = gate.ask(Question("data/calendars", LAST_QUARTER), database).rows
        hours = dict(
            zip(
                rows["calendar"].to_pylist(), rows["day_hours"].to_pylist(), strict=True
            )
        )
        assert hours == {"all week": 14.0, "office": 3.0}


def test_own_days_that_agree_stand_with_what_was_derived(pair, own, folder):
    """Others are read by the calendars that were decided, and every page says so."""
    _, relations = own
    for name in ("calendar_windows", "calendar_exceptions", "calendars"):
        rows = relations[name].to_pylist()
        (folder / f"{name}.csv").write_bytes(written(name, rows))
    site = pair[1]
    assert "item_stays" in dict(site.state().tables)
    assert site.state().load.notices == ()
    _decide_calendars(folder)
    assert "item_stays" not in dict(site.state().tables)
    assert "anew for each question" in site.state().load.notices[0]
    same(pair, OF_CALENDARS[:4])


def _decide_calendars(folder):
    """Three hours a day in the office, and long days elsewhere."""
    days = "\n".join(
        f"office | {day} | 10:00 | 13:00\nall week | {day} | 06:00 | 20:00"
        for day in range(1, 8)
    )
    put(folder, "calendar_windows", f"calendar | weekday | opens | closes\n{days}")
    closed = "calendar | day | reason\noffice | 2026-10-05 | moving house"
    put(folder, "calendar_exceptions", closed)
    named = "office | Europe/London | true\nall week | Europe/London | false"
    put(folder, "calendars", f"calendar | zone | is_default\n{named}")
