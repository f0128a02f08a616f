"""A tracker answers alike where it is read, and from a copy of it."""

from __future__ import annotations

import pytest

from dashboard import gate
from dashboard.answers import Question
from dashboard.databases import open_database
from dashboard.filters import Filters
from dashboard.settings import Settings
from dashboard.sources.connecting import fitting
from dashboard.sources.syncing import sync
from tests.databases.comparing import difference
from tests.databases.trackers.conftest import SERVERS
from tests.databases.trackers.figures import AS_OF, WEEK
from tests.databases.trackers.test_changes import each_tracker

ASKED = (
    "workload/flow_by_bucket",
    "backlog/open_by_group",
    "deadlines/on_time_by_group",
    "handoffs/summary",
    "data/faults",
)

# MariaDB makes each step of a long select anew, so its trackers have to be copied.
READ_WHERE_THEY_STAND = [n for n, server in SERVERS.items() if server == "postgresql"]


@pytest.fixture
def opened():
    """Databases that are closed afterwards."""
    found = []

    def open_one(url, mapping=""):
        found.append(open_database(Settings(url, mapping=mapping, zone="UTC")))
        return found[-1]

    yield open_one
    for database in found:
        database.close()


def answers(database):
    """What each question comes to; who has open work is known of now alone."""
    filters = Filters(*WEEK, AS_OF, "UTC")
    found = {q: gate.ask(Question(q, filters), database).rows for q in ASKED}
    return {
        query: rows.drop_columns(list({"unassigned_items"} & set(rows.column_names)))
        for query, rows in found.items()
    }


def compare(expected, found):
    for query, rows in expected.items():
        assert difference(rows, found[query]) == "", query


@each_tracker
def test_a_copy_answers_as_a_file_of_the_same_rows(
    tracker, figures, opened, name, tmp_path
):
    site = opened(tracker(name).url.render_as_string(hide_password=False), name)
    sync(site, tmp_path / "copy.duckdb")
    copy = opened(f"duckdb:///{tmp_path / 'copy.duckdb'}")
    compare(answers(figures(name).database), answers(copy))


@pytest.mark.parametrize("name", READ_WHERE_THEY_STAND)
def test_a_tracker_answers_where_it_stands(tracker, figures, opened, name):
    site = opened(tracker(name).url.render_as_string(hide_password=False), name)
    compare(answers(figures(name).database), answers(site))


@each_tracker
def test_a_tracker_is_known_by_its_tables(tracker, opened, name):
    url = tracker(name).url.render_as_string(hide_password=False)
    assert fitting(opened(url)) == [name]
