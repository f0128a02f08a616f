"""Limits stay where their baseline is, and what breaks a rule is told in words."""

from datetime import date, datetime, timedelta

import pytest

from dashboard.analyses.baselines import Baseline, baseline
from dashboard.analyses.control import controlled, suits_shares
from dashboard.analyses.findings import Finding
from dashboard.filters import Filters

MONDAY = date(2026, 1, 5)
STEADY = (40, 42, 38, 41, 39, 43, 40, 37, 42, 41, 39, 38)  # EQ7
LATER = (44, 45, 46, 47, 48)
BASE = Baseline(MONDAY, MONDAY + timedelta(weeks=12))


def week(number: int) -> date:
    return MONDAY + timedelta(weeks=number)


def received(weekly) -> dict[str, str]:
    """As many items a week, each received at noon of its Tuesday."""
    rows = [
        f"{number}-{item} | {week(number) + timedelta(days=1)}T12:00"
        for number, items in enumerate(weekly)
        for item in range(items)
    ]
    return {"work_items": "\n".join(["item_id | received_at", *rows])}


def charted(asked, weekly, first, end, base=BASE):
    ask = asked(received(weekly), as_of=datetime.combine(week(len(weekly)), _noon()))
    query = "workload/flow_by_bucket"
    shown = ask(query, week(first), week(end))
    history = ask(query, base.start, max(week(end), base.end))
    return controlled(shown, history, "received_items", base)


def _noon():
    return datetime.min.time()


def limits(control):
    row = control.answer.rows.to_pylist()[0]
    return row["usual"], row["lower_limit"], row["upper_limit"]


def test_limits_come_from_the_baseline_alone(asked):
    """EQ7: mean 40, limits 32.75 to 47.25; the last of the new points is beyond."""
    control = charted(asked, STEADY + LATER, 12, 17)
    assert limits(control) == pytest.approx((40, 32.75, 47.25), abs=0.005)
    rule = "three of four far above the usual"  # 45, 46 and 47, with 44 before
    rule += ", and above the usual range"
    assert control.found == (Finding(week(12), week(15), week(16), rule),)
    assert control.kind == "XmR"


def test_limits_are_the_same_whatever_period_is_shown(asked):
    """EQ7, with the last weeks alone, and with those of the baseline."""
    all_weeks = charted(asked, STEADY + LATER, 0, 17)
    last_weeks = charted(asked, STEADY + LATER, 15, 17)
    assert limits(all_weeks) == limits(last_weeks)
    assert last_weeks.found == all_weeks.found
    assert last_weeks.found[0].first == week(12)


RUN = "seven in a row above the usual"


def test_a_run_counts_the_points_before_the_period(asked):
    """Seven above the usual, of which the page shows the last alone."""
    control = charted(asked, STEADY + (42,) * 7, 18, 19)
    assert control.found == (Finding(week(12), week(18), week(18), RUN),)


def test_a_run_begins_with_its_first_point_and_all_of_it_is_marked(asked):
    """Nine above the usual: noticed at the seventh."""
    control = charted(asked, (*STEADY, 39, *(42,) * 9, 39), 12, 23)
    assert control.found == (Finding(week(13), week(19), week(21), RUN),)
    marked = control.answer.rows["signal"].to_pylist()
    assert marked == [None, *[RUN] * 9, None]


def test_a_point_beyond_the_range_is_told_with_the_run_that_it_is_in(asked):
    control = charted(asked, (*STEADY, 39, 42, 42, 60, *(42,) * 4), 12, 20)
    rule = f"above the usual range, and {RUN}"
    assert control.found == (Finding(week(13), week(15), week(19), rule),)


def test_what_lies_on_the_other_side_is_another_finding(asked):
    control = charted(asked, (*STEADY, 60, 20), 12, 14)
    assert [(one.first, one.rule) for one in control.found] == [
        (week(12), "above the usual range"),
        (week(13), "below the usual range"),
    ]


def test_a_week_that_is_not_over_is_no_signal_and_has_no_limits(asked):
    weekly = (*STEADY, 40, 3)
    ask = asked(received(weekly), as_of=datetime(2026, 4, 8))
    shown = ask("workload/flow_by_bucket", week(12), week(14))
    history = ask("workload/flow_by_bucket", BASE.start, week(14))
    rows = controlled(shown, history, "received_items", BASE).answer.rows.to_pylist()
    assert [row["is_partial"] for row in rows] == [False, True]
    assert [row["signal"] for row in rows] == [None, None]
    assert rows[1]["upper_limit"] is None


def test_a_week_before_the_data_begins_is_no_signal_and_has_no_limits(asked):
    """Nothing is known of it: that nothing came then is not unlike the usual."""
    base = Baseline(week(3), week(12), begins=week(3))
    control = charted(asked, (0, 0, 17, *STEADY), 0, 15, base)
    assert control.found == ()
    told = control.answer.rows["usual"].to_pylist()
    assert [usual is None for usual in told] == [True] * 3 + [False] * 12


def test_a_baseline_of_one_point_sets_no_limits(asked):
    assert charted(asked, STEADY, 6, 12, Baseline(MONDAY, week(1))) is None


def test_fewer_than_twelve_points_are_on_trial(asked):
    assert charted(asked, STEADY, 6, 12, Baseline(MONDAY, week(8))).is_trial
    assert not charted(asked, STEADY + LATER, 12, 17).is_trial


# Rates


REVIEWS = "review_id | item_id | work_date | reviewed_at | design | defects"


def reviewed(weekly) -> dict[str, str]:
    """Each week (wrong, checked), all of its Tuesday, which were completed then too."""
    rows, items = [REVIEWS], ["item_id | received_at | completed_at"]
    for number, (wrong, checked) in enumerate(weekly):
        day = week(number) + timedelta(days=1)
        for item in range(checked):
            key = f"{number:02}-{item:02}"
            items.append(f"{key} | {day}T08:00 | {day}T09:00")
            rows.append(
                f"{key} | {key} | {day} | {day}T12:00 | random | {item < wrong:d}"
            )
    return {"quality_reviews": "\n".join(rows), "work_items": "\n".join(items)}


def test_a_rate_is_charted_with_the_scatter_of_its_baseline(asked):
    steady = [(5, 50), (6, 60), (4, 45), (7, 55), (5, 50), (6, 52)] * 2
    ask = asked(reviewed([*steady, (20, 50)]))
    query = "errors/error_rate_by_bucket"
    shown, history = (ask(query, week(w), week(13)) for w in (12, 0))
    control = controlled(shown, history, "error_rate", BASE)
    assert control.kind == "p'"
    above = Finding(week(12), week(12), week(12), "above the usual range")
    assert control.found == (above,)
    assert control.answer.added.keys() >= {"usual", "signal"}


def test_a_rate_of_few_errors_is_none_to_chart(asked):
    ask = asked(reviewed([(1, 40), (0, 40), (2, 40)]))
    few = ask("errors/error_rate_by_bucket", week(0), week(3))
    assert not suits_shares(few, "error_rate", BASE)
    ask = asked(reviewed([(6, 40), (5, 40), (4, 40)]))
    many = ask("errors/error_rate_by_bucket", week(0), week(3))
    assert suits_shares(many, "error_rate", BASE)


def test_rare_errors_are_charted_by_the_good_items_between(asked):
    """The gap before the first error shown reaches back before the period."""
    ask = asked(reviewed([(1, 30)] * 12 + [(1, 30), (3, 30)]))
    query = "errors/good_items_between"
    shown, history = (ask(query, week(w), week(14), severity="any") for w in (12, 0))
    control = controlled(shown, history, "good_items", BASE)
    assert shown.rows["good_items"].to_pylist() == [29, 29, 0, 0]
    assert control.kind == "g"
    tuesday = week(13) + timedelta(days=1)
    assert [one.last for one in control.found] == [tuesday]  # by day, as all others


# Which baseline


def decided(metric="error_rate", department=None, team=None, starts=MONDAY):
    return {
        "metric": metric,
        "department": department,
        "team": team,
        "starts_on": starts,
        "ends_on": week(30),
        "author": "A",
        "reason": "B",
        "decided_at": datetime(2026, 9, 1),
    }


def narrowed(**chosen):
    moment = datetime(2026, 11, 24, 12)
    return Filters(week(0), week(9), moment, "Europe/Berlin", **chosen)


def test_rebase_needs_a_recorded_decision(asked):
    """Author, reason and date, or the first year of the data."""
    first = datetime(2024, 11, 24, 8)  # a Sunday
    unless = baseline([], "error_rate", narrowed(), first)
    assert (unless.start, unless.end) == (date(2024, 11, 25), date(2025, 11, 24))
    assert (unless.decided_at, unless.is_growing) == (None, False)
    found = baseline([decided()], "error_rate", narrowed(), first)
    assert (found.author, found.reason, found.start) == ("A", "B", MONDAY)
    assert found.decided_at == datetime(2026, 9, 1)


def test_a_first_year_that_is_not_over_is_on_trial():
    found = baseline([], "error_rate", narrowed(), datetime(2026, 6, 3))
    assert (found.start, found.end) == (date(2026, 6, 8), date(2026, 11, 23))
    assert found.is_growing


def test_without_a_whole_week_of_data_there_is_no_baseline():
    assert baseline([], "error_rate", narrowed(), datetime(2026, 11, 23)) is None
    assert baseline([], "error_rate", narrowed(), None) is None


def test_the_baseline_of_the_department_goes_before_that_for_all():
    rows = [decided(), decided(department="AP", starts=week(4)), decided("on_time_due")]
    of = {"department": ("AP",)}
    assert baseline(rows, "error_rate", narrowed(**of), None).start == week(4)
    assert baseline(rows, "error_rate", narrowed(), None).start == MONDAY
    of = {"department": ("AP", "HR")}
    assert baseline(rows, "error_rate", narrowed(**of), None).start == MONDAY


def test_a_month_that_the_baseline_cuts_is_no_part_of_it(asked):
    """Three whole months and a day of April: the fall of April is not as usual."""
    weekly = [(5, 50)] * 13 + [(30, 50)] * 4
    ask = asked(reviewed(weekly), as_of=datetime(2026, 6, 1))
    query, months = "errors/error_rate_by_bucket", {"grain": "month"}
    shown = ask(query, date(2026, 4, 1), date(2026, 5, 1), **months)
    history = ask(query, date(2026, 1, 1), date(2026, 5, 1), **months)
    cut = Baseline(date(2026, 1, 1), date(2026, 4, 2))
    control = controlled(shown, history, "error_rate", cut)
    assert control.points == 3
    assert limits(control)[0] == pytest.approx(0.1)


def test_points_of_too_few_break_no_rule(asked):
    weekly = [(5, 50)] * 12 + [(8, 12)] * 8
    ask = asked(reviewed(weekly))
    shown, history = (
        ask("errors/error_rate_by_bucket", week(w), week(20)) for w in (12, 0)
    )
    assert controlled(shown, history, "error_rate", BASE).found == ()
