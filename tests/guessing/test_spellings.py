"""Words that differ by case or spaces alone are one thing if a person says so."""

import pytest

from tests.guessing.conftest import keys

TRACKER = """
    Ticket No | Received   | Closed     | Processor | Status
    T1        | 2026-01-05 | 2026-01-15 | Ravi      | Cancelled
    T2        | 2026-01-06 | 2026-01-16 | ravi      | cancelled
    T3        | 2026-01-07 |            | Ravi      | On hold
    T4        | 2026-01-08 |            | Ann  Lee  | on  hold
    T5        | 2026-01-09 | 2026-01-19 | Ann Lee   | Cancelled
    T6        | 2026-01-09 |            | Ann Lee   | On hold
"""
ENDED = {'ended 3 of 3 Status "Cancelled" (3 rows)': "Closed"}
APART = {"spellings Processor": "", "spellings Status": ""}
ONE = {"spellings Processor": "one", "spellings Status": "one"}


def test_they_are_asked_about_once_for_all_columns(newcomer):
    newcomer.brings(TRACKER.replace("Status", "State"))
    *_, asked = newcomer.proposed().asked
    assert asked.sentence == (
        'Processor, State: words differ by case or spaces alone, such as "Ravi" (2 rows)'
        ' and "ravi" (1 row). Is each one thing?'
    )
    assert asked.keys == ("spellings Processor", "spellings State")


@pytest.mark.parametrize(
    ("answers", "persons"),
    [
        (ONE, "Ravi; Ravi; Ravi; Ann Lee; Ann Lee; Ann Lee"),
        (APART, "Ravi; ravi; Ravi; Ann  Lee; Ann Lee; Ann Lee"),
    ],
)
def test_they_are_what_is_answered(newcomer, answers, persons):
    newcomer.brings(TRACKER)
    assert newcomer.values("employee", answers | ENDED) == persons


def test_those_that_stay_apart_are_told(newcomer):
    newcomer.brings(TRACKER)
    assert (
        'Processor: "Ravi" (2 rows) and "ravi" (1 row) are not one employee: if they '
        'should be, correct the tracker, or declare same = { "ravi" = "Ravi" } in the '
        "column."
    ) in newcomer.proposed(APART).told


@pytest.mark.parametrize("answers", [ONE, APART])
def test_cancelled_work_in_any_spelling_is_ended(newcomer, answers):
    newcomer.brings(TRACKER)
    days = "coalesce(strftime(cancelled_at + interval 1 hour, '%d'), '-')"
    assert newcomer.values(days, answers | ENDED) == "15; 16; -; -; 19; -"


def test_words_that_mean_nothing_are_no_spellings(newcomer):
    newcomer.column("Processor", ["N/A", "n/a", "Ann"])
    assert keys(newcomer.proposed()) == []
