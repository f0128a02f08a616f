"""The stories that the sample tells are flagged by the chart that is there for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard import gate
from dashboard.analyses.baselines import baseline
from dashboard.analyses.control import controlled
from dashboard.analyses.funnels import compared
from dashboard.answers import Question
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.filters import Filters
from dashboard.settings import Settings
from sample_data.build import build

END = date(2026, 11, 22)
WEEKS = 13


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("stories") / "operations.duckdb"
    build(path, items=200_000, end=END)
    return DuckDBFile(Settings(database_url=f"duckdb:///{path}"))


@pytest.fixture
def ask(sample):
    """Ask for the last 13 weeks, or from another day on."""

    def asked(query, start=None, settings=(), **chosen):
        load = gate.load(sample)
        last = END + timedelta(days=1)
        start = start or last - timedelta(weeks=WEEKS, days=last.weekday())
        filters = Filters(start, last, load.as_of, load.zone, **chosen)
        return gate.ask(Question(query, filters, settings=settings), sample)

    return asked


def signals(ask, query, figure, metric, settings=(), **chosen):
    """The rules that the last 13 weeks break, by the baseline that the page takes."""
    shown = ask(query, settings=settings, **chosen)
    decisions = ask("data/baselines").rows.to_pylist()
    first = shown.load.first_received_at
    known = baseline(decisions, metric, shown.question.filters, first)
    history = ask(query, start=known.start, settings=settings, **chosen)
    return controlled(shown, history, figure, known).found


def test_the_overloaded_team_stands_out_in_receipts_and_on_time(ask):
    team = {"team": ("AP Invoices",)}
    found = signals(
        ask, "workload/flow_by_bucket", "received_items", "received", **team
    )
    assert any("above the usual range" in one.rule for one in found)
    found = signals(
        ask, "deadlines/on_time_by_bucket", "on_time", "on_time_due", **team
    )
    assert any("below the usual range" in one.rule for one in found)


def test_the_department_in_trouble_stands_out_on_time_and_on_the_funnel(ask):
    found = signals(
        ask,
        "deadlines/on_time_by_bucket",
        "on_time",
        "on_time_due",
        department=("Compliance",),
    )
    assert any("below the usual range" in one.rule for one in found)
    groups = ask("deadlines/on_time_by_group").by("team")
    assert ("Compliance Checks", "below") in compared(groups, "on_time").different


def test_the_changed_form_stands_out_between_errors_and_on_the_funnel(ask):
    found = signals(
        ask,
        "errors/good_items_between",
        "good_items",
        "error_rate",
        settings=(("severity", "any"),),
        department=("Data Entry",),
    )
    assert any("seven in a row below the usual" in one.rule for one in found)
    groups = ask("errors/error_rate_by_group").by("team")
    above = [team for team, side in compared(groups, "error_rate").different]
    assert above
    assert all(team.startswith("DE ") for team in above)


def test_the_changed_form_is_the_first_error_to_mend(ask):
    types = ask("errors/error_types", department=("Data Entry",))
    assert types.rows["error_type"][0].as_py() == "Wrong date"


def test_a_team_without_a_story_is_as_usual_on_time(ask):
    found = signals(
        ask,
        "deadlines/on_time_by_bucket",
        "on_time",
        "on_time_due",
        team=("HR Onboarding",),
    )
    assert not [one for one in found if "usual range" in one.rule]
