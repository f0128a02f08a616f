"""The page that opens first says what is unlike the usual, and nothing else."""

from datetime import date, datetime, timedelta

import pytest

from dashboard.analyses.baselines import Baseline
from dashboard.analyses.unusual import Unusual, unusual

MONDAY = date(2026, 1, 5)
BASE = Baseline(MONDAY, MONDAY + timedelta(weeks=12))
HEAD = "item_id | department | received_at | due_at | completed_at"


def week(number: int) -> date:
    return MONDAY + timedelta(weeks=number)


@pytest.fixture
def judged(asked):
    """What is found of departments, each with (late, due) by week."""

    def found(**departments):
        rows = [HEAD]
        for name, weekly in departments.items():
            for number, (late, due) in enumerate(weekly):
                day = week(number) + timedelta(days=1)
                rows += [
                    f"{name}{number}-{item} | {name} | {day}T08:00 | {day}T12:00 | "
                    f"{day}T{'13' if item < late else '11'}:00"
                    for item in range(due)
                ]
        weeks = max(len(weekly) for weekly in departments.values())
        as_of = datetime.combine(week(weeks), datetime.min.time())
        ask = asked({"work_items": "\n".join(rows)}, as_of=as_of)
        history = ask("overview/rates_by_week", MONDAY, week(weeks))
        return unusual(history, (("on_time", BASE),))

    return found


STEADY = [(6, 40), (8, 40), (7, 42), (9, 44), (6, 38), (8, 41)] * 2


def test_a_department_that_broke_a_rule_lately_is_named(judged):
    found = judged(AP=[*STEADY, (7, 40), (25, 40)], HR=[*STEADY, (7, 40), (8, 40)])
    assert found.unusual == (
        Unusual("AP", "on_time", "below the usual range", week(13), week(13), None),
    )
    assert (found.usual, found.too_few) == (1, ())
    assert not found.unusual[0].is_better


def test_what_is_over_for_four_weeks_is_no_news(judged):
    found = judged(AP=[*STEADY, (25, 40), *[(7, 40)] * 4])
    assert (found.unusual, found.usual) == ((), 1)


def test_a_department_with_few_late_items_is_too_few_to_judge(judged):
    found = judged(AP=[(1, 40)] * 13)
    assert (found.unusual, found.usual) == ((), 0)
    assert found.too_few == (("on_time", "AP"),)


def test_it_tells_since_when_without_a_break(judged):
    found = judged(AP=[*STEADY, (7, 40), *[(25, 40)] * 6])
    assert found.unusual == (
        Unusual("AP", "on_time", "below the usual range", week(13), week(13), None),
    )


def test_a_run_began_before_it_was_noticed_and_may_be_over(judged):
    found = judged(AP=[*STEADY, (6, 40), *[(9, 40)] * 7, (6, 40)])
    run = "seven in a row below the usual"
    assert found.unusual == (
        Unusual("AP", "on_time", run, week(13), week(19), week(19)),
    )


def test_a_department_without_work_for_months_is_no_news(judged):
    found = judged(
        AP=[*STEADY, (7, 40), (25, 40)], HR=[*STEADY, *[(6, 40), (8, 40)] * 7]
    )
    assert found.unusual == ()
