"""What holds for every query file: its form, and counts that equal their records."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from dashboard import gate
from dashboard.answers import Question
from dashboard.filters import Filters
from dashboard.query_files import all_queries
from dashboard.sql.checking import check_all, parse

NAMES = tuple(all_queries())
COUNTING = tuple(name for name, query in all_queries().items() if query.cases)
PERIOD = (date(2026, 8, 24), date(2026, 11, 23))
# How a page may narrow a query, and how many rows to compare then.
VIEWS = {
    "all": ({}, None, 6),
    "department": ({"department": ("Accounts Payable",)}, None, 2),
    "outsourced": ({"employment": ("outsourced",)}, None, 2),
    "team": ({"team": ("AP Invoices",)}, None, 2),
    "urgent": ({"priority": ("High",)}, None, 2),
    "months": ({}, "month", 2),
    "past": ({}, None, 2),
}
PAST = timedelta(days=45)
ALWAYS = ("all", "past")  # the others in turn, each of them with some of the queries
LONG = bool(os.environ.get("MIS_TEST_LONG"))


def _viewed():
    """Query and view: each with each in a long run."""
    for place, name in enumerate(COUNTING):
        has_grain = "grain" in all_queries()[name].parameters
        fit = [view for view, (_, grain, _) in VIEWS.items() if has_grain or not grain]
        others = [view for view in fit if view not in ALWAYS]
        for view in fit if LONG else (*ALWAYS, others[place % len(others)]):
            yield name, view


def test_files_are_valid():
    check_all(NAMES)


def test_columns_are_written_out():
    starred = [
        name
        for name, query in all_queries().items()
        if any(part.is_star for part in parse(query).selects)
    ]
    assert starred == []


def test_rows_have_an_order():
    queries = all_queries().items()
    assert [n for n, query in queries if not parse(query).args.get("order")] == []


def test_every_query_has_a_test_of_its_own():
    here = Path(__file__)
    others = [path for path in here.parent.glob("test_*.py") if path != here]
    text = "".join(path.read_text() for path in others)
    assert [name for name in NAMES if f'"{name}"' not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_query_answers(name, small_sample):
    answer = gate.ask(_question(name, "all", small_sample), small_sample)
    declared = answer.query.columns
    assert set(declared) <= set(answer.rows.column_names)


@pytest.mark.parametrize(("name", "view"), list(_viewed()))
def test_count_equals_its_records(name, view, small_sample):
    """The number of a cell is the number of rows, or their sum, that a click lists.

    Every column of every query, in its views; of its rows a sample (`_spread`).
    """
    answer = gate.ask(_question(name, view, small_sample), small_sample)
    for column, cases in answer.query.cases.items():
        known = [row for row in answer.rows.to_pylist() if row[column] is not None]
        for row in _spread(known, column, VIEWS[view][2]):
            behind = gate.cases_behind(answer, column, row)
            number = gate.count(behind, small_sample, summing=cases.summing)
            assert (column, number) == (column, row[column]), behind.where


def _question(name, view, database):
    chosen, grain, _ = VIEWS[view]
    load = database.state().load
    as_of = load.as_of - PAST if view == "past" else load.as_of
    filters = Filters(*PERIOD, as_of, load.zone, **chosen)
    has_grain = grain and "grain" in all_queries()[name].parameters
    return Question(name, filters, settings=(("grain", grain),) if has_grain else ())


def _spread(rows, column, most):
    """Rows from first to last, with the largest count and one of a group without name."""
    if len(rows) <= most:
        return rows
    largest = max(rows, key=lambda row: row[column] or 0)
    nameless = [row for row in rows if None in row.values() and row[column]][:1]
    step = len(rows) / most
    return [largest, *nameless, *(rows[int(i * step)] for i in range(most))]
