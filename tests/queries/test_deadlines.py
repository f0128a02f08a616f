"""Deadlines: are promises kept, how late is late, and how long does work take?"""

from datetime import date, datetime

import pytest

MARCH = {
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1),
    "as_of": datetime(2026, 4, 1),
}

DL1 = """
    item_id | received_at      | first_due_at     | due_at           | completed_at     | cancelled_at
    1       | 2026-02-20T09:00 | 2026-03-05T12:00 | 2026-03-05T12:00 | 2026-03-04T15:00 | -
    2       | 2026-02-20T09:00 | 2026-03-10T12:00 | 2026-03-10T12:00 | 2026-03-12T09:00 | -
    3       | 2026-02-20T09:00 | 2026-03-20T12:00 | 2026-03-20T12:00 | -                | -
    4       | 2026-02-20T09:00 | 2026-03-16T12:00 | 2026-03-16T12:00 | -                | 2026-03-13T10:00
    5       | 2026-02-20T09:00 | 2026-03-16T12:00 | 2026-03-16T12:00 | -                | 2026-03-18T10:00
    6       | 2026-02-20T09:00 | -                | -                | 2026-03-09T10:00 | -
    7       | 2026-02-20T09:00 | 2026-03-12T12:00 | 2026-03-25T12:00 | 2026-03-24T10:00 | -
    8       | 2026-02-20T09:00 | 2026-04-03T12:00 | 2026-04-03T12:00 | 2026-03-30T10:00 | -
    9       | 2026-02-20T09:00 | 2026-02-26T12:00 | 2026-02-26T12:00 | 2026-03-02T10:00 | -
    10      | 2026-02-20T09:00 | 2026-03-31T17:00 | 2026-03-31T17:00 | 2026-03-31T17:00 | -
    11      | 2026-02-20T09:00 | -                | 2026-03-18T12:00 | 2026-03-17T10:00 | -
"""


def items(*numbers):
    """Some items of DL1."""
    heading, *rows = DL1.strip().splitlines()
    kept = [row for row in rows if int(row.split("|")[0]) in numbers]
    return {"work_items": "\n".join([heading, *kept])}


@pytest.fixture
def promised(check):
    """How the promises of March stand, of some items of DL1."""

    def ask(*numbers, expect):
        check("deadlines/reconciliation", **MARCH, given=items(*numbers), expect=expect)

    return ask


# The headline and its reconciliation


def test_on_time_parts_sum_to_n(promised):
    """DL1: 3 + 2 + 1 + 1 = 7."""
    promised(
        *range(1, 12),
        expect="""
        on_time_items | late_completed_items | late_open_items | late_cancelled_items | due_items
        3             | 2                    | 1               | 1                    | 7
        """,
    )


def test_closed_only_rate_forgets_what_is_late_and_open(promised):
    """DL1: 5 of 7 closed items, where the headline has 3 of 7 promises."""
    promised(
        *range(1, 12),
        expect="""
        on_time_items | due_items | closed_on_time_items | closed_items
        3             | 7         | 5                    | 7
        """,
    )


def test_open_late_counts_in_headline(promised):
    """DL1, item 3"""
    promised(
        3,
        expect="""
        due_items | on_time_items | late_open_items | closed_items
        1         | 0             | 1               | 0
        """,
    )


def test_cancelled_before_due_is_excluded(promised):
    """DL1: item 4 leaves, item 5 stays late."""
    promised(
        *(4, 5),
        expect="""
        due_items | late_cancelled_items | cancelled_before_due_items
        1         | 1                    | 1
        """,
    )


def test_undated_is_never_on_time(promised):
    """DL1: item 6 only among the undated."""
    promised(
        6,
        expect="""
        on_time_items | due_items | undated_items | closed_on_time_items | closed_items
        0             | 0         | 1             | 0                    | 0
        """,
    )


def test_future_due_is_not_counted(promised):
    """DL1: item 8, though completed."""
    promised(
        8,
        expect="""
        on_time_items | due_items | closed_on_time_items
        0             | 0         | 1
        """,
    )


def test_first_promise_rules_headline(promised):
    """DL1: item 7 is late, though the moved date was kept."""
    promised(
        7,
        expect="""
        on_time_items | late_completed_items | closed_on_time_items
        0             | 1                    | 1
        """,
    )


def test_due_instant_is_on_time(promised):
    """DL1, item 10"""
    promised(
        10,
        expect="""
        on_time_items | due_items
        1             | 1
        """,
    )


def test_only_due_date_is_the_promise_without_a_first(promised):
    """DL1, item 11"""
    promised(
        11,
        expect="""
        on_time_items | due_items | undated_items
        1             | 1         | 0
        """,
    )


def test_nothing_promised_is_no_value(check):
    check(
        "deadlines/reconciliation",
        period_start=date(2026, 3, 10),
        period_end=date(2026, 4, 1),
        given=items(9),
        expect="""
        due_items | on_time_state | closed_items | on_time_closed_state
        0         | no_value      | 0            | no_value
        """,
    )


def test_what_happens_after_the_as_of_moment_is_unknown(check):
    """DL1 as of 17 March: item 5 is not cancelled yet, item 7 not done yet."""
    check(
        "deadlines/reconciliation",
        period_start=date(2026, 3, 1),
        period_end=date(2026, 4, 1),
        as_of=datetime(2026, 3, 17),
        given=items(5, 7),
        expect="""
        due_items | late_open_items | late_completed_items | closed_items
        2         | 2               | 0                    | 0
        """,
    )


def test_a_promise_at_the_as_of_moment_is_not_due_yet(check):
    check(
        "deadlines/reconciliation",
        period_start=date(2026, 3, 1),
        period_end=date(2026, 4, 1),
        as_of=datetime(2026, 3, 20, 12),
        given=items(3),
        expect="""
        due_items | late_open_items
        0         | 0
        """,
    )


# On time by bucket and by group


def test_promises_are_counted_in_the_week_they_fall_due(check):
    """DL1; the period cuts the first and the last week, and one has no promise."""
    check(
        "deadlines/on_time_by_bucket",
        **MARCH,
        given={"work_items": DL1},
        expect="""
        bucket_on  | due_items | on_time_items | late_completed_items | late_open_items | late_cancelled_items | is_partial
        2026-02-23 | 0         | 0             | 0                    | 0               | 0                    | yes
        2026-03-02 | 1         | 1             | 0                    | 0               | 0                    | no
        2026-03-09 | 2         | 0             | 2                    | 0               | 0                    | no
        2026-03-16 | 3         | 1             | 0                    | 1               | 1                    | no
        2026-03-23 | 0         | 0             | 0                    | 0               | 0                    | no
        2026-03-30 | 1         | 1             | 0                    | 0               | 0                    | yes
        """,
    )


def test_a_week_that_is_not_over_is_partial(check):
    check(
        "deadlines/on_time_by_bucket",
        period_start=date(2026, 3, 9),
        period_end=date(2026, 4, 6),
        as_of=datetime(2026, 3, 21),
        given=items(2, 3),
        expect="""
        bucket_on  | due_items | is_partial
        2026-03-09 | 1         | no
        2026-03-16 | 1         | yes
        """,
    )


@pytest.mark.parametrize("grain", ["week", "month"])
def test_date_only_due_means_end_of_local_day(check, grain):
    """Due 10 March, completed 10 March 16:00."""
    check(
        "deadlines/on_time_by_bucket",
        settings={"grain": grain},
        period_start=date(2026, 3, 9 if grain == "week" else 1),
        period_end=date(2026, 3, 16),
        given={
            "work_items": """
            item_id | received_at      | due_at                     | completed_at
            1       | 2026-03-02T09:00 | 2026-03-10T23:59:59.999999 | 2026-03-10T16:00
            """
        },
        expect={
            "week": """
            bucket_on  | due_items | on_time_items
            2026-03-09 | 1         | 1
            """,
            "month": """
            bucket_on  | due_items | on_time_items
            2026-03-01 | 1         | 1
            """,
        }[grain],
    )


def test_the_day_of_a_promise_is_that_of_the_zone(check):
    """23:30 UTC is already the next day in Berlin."""
    check(
        "deadlines/on_time_by_bucket",
        settings={"grain": "day"},
        period_start=date(2026, 3, 11),
        period_end=date(2026, 3, 12),
        given={
            "work_items": """
            item_id | received_at       | due_at            | completed_at
            1       | 2026-03-02T09:00Z | 2026-03-10T22:30Z | -
            2       | 2026-03-02T09:00Z | 2026-03-10T23:30Z | -
            """
        },
        expect="""
        bucket_on  | due_items | late_open_items
        2026-03-11 | 1         | 1
        """,
    )


def team(name, on_time, due):
    """Items of a team, some kept and the rest completed a day late."""
    return [
        f"{name}{n} | {name} | 2026-03-02T09:00 | 2026-03-10T12:00 |"
        f" {'2026-03-10T11:00' if n < on_time else '2026-03-11T11:00'} | -"
        for n in range(due)
    ]


DL2 = "\n".join(
    [
        "item_id | team | received_at | due_at | completed_at | cancelled_at",
        *team("A", 90, 100),
        *team("B", 5, 10),
        "C1 | C | 2026-03-02T09:00 | 2026-03-10T12:00 | - | 2026-03-09T12:00",
    ]
)


def test_rates_are_pooled_never_averaged(check):
    """DL2: 86.4 %, where averaging A and B would give 70.0 %."""
    answer = check(
        "deadlines/on_time_by_group",
        **MARCH,
        by=("team",),
        given={"work_items": DL2},
        expect="""
        team | on_time_items | due_items
        A    | 90            | 100
        B    | 5             | 10
        C    | 0             | 0
        """,
    )
    total = answer.total()
    figures = [total[f"on_time{part}"] for part in ("", "_low", "_high")]
    assert [f"{100 * figure:.1f}" for figure in figures] == ["86.4", "78.7", "91.6"]


def test_rate_below_minimum_n_is_too_few(check):
    """DL2, team B: 5 of 10 is no rate; 19 are too few, and 20 are enough."""
    rows = "\n".join([DL2, *team("D", 19, 19), *team("E", 19, 20)])
    check(
        "deadlines/on_time_by_group",
        **MARCH,
        by=("team",),
        where=(("team", ("B", "D", "E")),),
        given={"work_items": rows},
        expect="""
        team | on_time_items | due_items | on_time | on_time_low | on_time_state
        B    | 5             | 10        | -       | -           | too_few
        D    | 19            | 19        | -       | -           | too_few
        E    | 19            | 20        | 95.0%   | 76.4%       | ok
        """,
    )


@pytest.mark.parametrize("chosen", [{}, {"team": ("C",)}, {"team": ("Nobody", "C")}])
def test_empty_denominator_is_no_value(check, chosen):
    """DL2, team C: nothing due is neither 0 % nor 100 %, after any filter too."""
    answer = check(
        "deadlines/on_time_by_group",
        **MARCH,
        by=("team",),
        where=(("team", ("C",)),),
        given={"work_items": DL2},
        expect="""
        team | on_time_items | due_items | on_time | on_time_low | on_time_high | on_time_state
        C    | 0             | 0         | -       | -           | -            | no_value
        """,
        **chosen,
    )
    assert answer.total()["on_time"] is None


def test_on_time_of_a_missing_group_is_its_own_row(check):
    check(
        "deadlines/on_time_by_group",
        **MARCH,
        given={
            "work_items": """
            item_id | department | team | priority | received_at      | due_at           | completed_at
            1       | AP         | A    | high     | 2026-03-02T09:00 | 2026-03-10T12:00 | 2026-03-09T12:00
            2       | -          | -    | -        | 2026-03-02T09:00 | 2026-03-10T12:00 | -
            """
        },
        expect="""
        department | team | priority | due_items | on_time_items | late_open_items
        AP         | A    | high     | 1         | 1             | 0
        -          | -    | -        | 1         | 0             | 1
        """,
    )


def test_closed_items_are_counted_in_the_week_of_completion(check):
    """DL1"""
    check(
        "deadlines/closed_by_bucket",
        **MARCH,
        given={"work_items": DL1},
        expect="""
        bucket_on  | closed_items | closed_on_time_items | is_partial
        2026-02-23 | 0            | 0                    | yes
        2026-03-02 | 2            | 1                    | no
        2026-03-09 | 1            | 0                    | no
        2026-03-16 | 1            | 1                    | no
        2026-03-23 | 1            | 1                    | no
        2026-03-30 | 2            | 2                    | yes
        """,
    )


# Lateness

DL3 = """
    item_id | received_at      | due_at           | completed_at     | cancelled_at
    1       | 2026-03-02T09:00 | 2026-03-13T17:00 | 2026-03-14T10:00 | -
    2       | 2026-03-02T09:00 | 2026-03-13T16:00 | 2026-03-16T11:00 | -
    3       | 2026-03-02T09:00 | 2026-04-02T16:00 | -                | -
    4       | 2026-03-02T09:00 | 2026-03-11T11:30 | 2026-03-11T13:30 | -
    5       | 2026-03-02T09:00 | 2026-03-11T11:30 | -                | 2026-03-12T13:30
    6       | 2026-03-02T09:00 | 2026-03-11T11:30 | 2026-03-11T11:30 | -
"""


def test_lateness_counts_midnights_and_leaves_cancelled_items_out(check):
    """The items of DL3 in calendar days; 5 is late and cancelled, 6 on time."""
    check(
        "deadlines/lateness",
        as_of=datetime(2026, 4, 7, 10),
        given={"work_items": DL3},
        expect="""
        days_late | late_items | cumulative_items | all_items | cumulative_share
        0         | 1          | 1                | 4         | 25.0%
        1         | 1          | 2                | 4         | 50.0%
        3         | 1          | 3                | 4         | 75.0%
        5         | 1          | 4                | 4         | 100.0%
        """,
    )


def test_lateness_of_four_is_too_few(check):
    """The items of DL3, in hours round the clock."""
    check(
        "deadlines/lateness_percentiles",
        as_of=datetime(2026, 4, 7, 10),
        given={"work_items": DL3},
        expect="""
        late_items | late_hours_p50 | late_hours_p50_state
        4          | -              | too_few
        """,
    )


def test_lateness_of_open_items_runs_to_the_as_of_moment(check):
    """1 to 4 hours when completed, and 9 so far."""
    check(
        "deadlines/lateness_percentiles",
        as_of=datetime(2026, 3, 10, 21),
        given={
            "work_items": """
            item_id | received_at      | due_at           | completed_at
            1       | 2026-03-02T09:00 | 2026-03-10T12:00 | 2026-03-10T13:00
            2       | 2026-03-02T09:00 | 2026-03-10T12:00 | 2026-03-10T14:00
            3       | 2026-03-02T09:00 | 2026-03-10T12:00 | -
            4       | 2026-03-02T09:00 | 2026-03-10T12:00 | 2026-03-11T12:00
            5       | 2026-03-02T09:00 | 2026-03-10T12:00 | 2026-03-10T16:00
            """
        },
        expect="""
        late_items | late_hours_p50 | late_hours_p85_state
        5          | 4.0            | too_few
        """,
    )


# Lead time


def durations(*hours):
    """Items completed so many hours after their receipt."""
    days = [(hour // 24, hour % 24) for hour in hours]
    rows = [
        f"{n} | 2026-03-02T00:00 | 2026-03-{2 + day:02}T{hour:02}:00"
        for n, (day, hour) in enumerate(days)
    ]
    return {"work_items": "\n".join(["item_id | received_at | completed_at", *rows])}


def test_percentile_of_three_is_too_few(check):
    """DL4"""
    check(
        "deadlines/lead_time",
        given=durations(2, 4, 30),
        expect="""
        completed_items | lead_hours_p50 | lead_hours_p50_state | lead_hours_p85_state
        3               | -              | too_few              | too_few
        """,
    )


def test_percentile_is_an_observed_value(check):
    """DL4: interpolation would give 10.5 and 17.15."""
    check(
        "deadlines/lead_time",
        given=durations(*range(1, 21)),
        expect="""
        completed_items | lead_hours_p50 | lead_hours_p85 | lead_hours_p95_state
        20              | 10.00          | 17.00          | too_few
        """,
    )


DQ1 = """
    item_id | received_at      | completed_at
    1       | 2026-03-02T09:00 | 2026-03-02T12:00
    2       | 2026-03-03T09:00 | 2026-03-02T12:00
    3       | 2026-03-04T09:00 | -
    4       | 2026-03-05T09:00 | 2026-03-05T09:00
"""


def test_negative_durations_are_counted(check):
    """DQ1; item 4 lasts 0 and is valid."""
    check(
        "deadlines/lead_time",
        **MARCH,
        given={"work_items": DQ1},
        expect="""
        completed_items | negative_items | not_completed_items
        2               | 1              | 1
        """,
    )


def test_lead_time_of_nothing_is_no_value(check):
    check(
        "deadlines/lead_time",
        **MARCH,
        given=items(3),
        expect="""
        completed_items | lead_hours_p50 | lead_hours_p50_state
        0               | -              | no_value
        """,
    )


def test_lead_time_stands_in_the_week_of_completion(check):
    """DQ1, with a later completion in the week of the as-of moment."""
    check(
        "deadlines/lead_time_by_bucket",
        period_start=date(2026, 3, 2),
        period_end=date(2026, 4, 1),
        as_of=datetime(2026, 3, 11),
        given={"work_items": DQ1 + "5 | 2026-03-02T09:00 | 2026-03-09T09:00"},
        expect="""
        bucket_on  | completed_items | negative_items | lead_hours_p50_state | is_partial
        2026-03-02 | 2               | 1              | too_few              | no
        2026-03-09 | 1               | 0              | too_few              | yes
        """,
    )


# Due dates moved


def test_moved_due_dates_are_told_by_their_first(check):
    """Five moved by 1, 2, 5, 9 and 13 days, two not, one without a first date."""
    check(
        "deadlines/due_moved_by_bucket",
        **(MARCH | {"period_start": date(2026, 3, 9)}),
        given={
            "work_items": """
            item_id | received_at      | first_due_at     | due_at
            1       | 2026-03-02T09:00 | 2026-03-10T12:00 | 2026-03-11T09:00
            2       | 2026-03-02T09:00 | 2026-03-10T12:00 | 2026-03-12T12:00
            3       | 2026-03-02T09:00 | 2026-03-10T12:00 | 2026-03-15T12:00
            4       | 2026-03-02T09:00 | 2026-03-10T12:00 | 2026-03-19T12:00
            5       | 2026-03-02T09:00 | 2026-03-10T12:00 | 2026-03-23T12:00
            6       | 2026-03-02T09:00 | 2026-03-10T12:00 | 2026-03-10T12:00
            7       | 2026-03-02T09:00 | 2026-03-10T12:00 | 2026-03-10T12:00
            8       | 2026-03-02T09:00 | -                | 2026-03-10T12:00
            9       | 2026-03-02T09:00 | 2026-03-31T12:00 | 2026-03-30T12:00
            """
        },
        expect="""
        bucket_on  | dated_items | moved_items | shift_days_p50 | shift_days_p50_state | is_partial
        2026-03-09 | 7           | 5           | 5              | ok                   | no
        2026-03-16 | 0           | 0           | -              | no_value             | no
        2026-03-23 | 0           | 0           | -              | no_value             | no
        2026-03-30 | 1           | 1           | -              | too_few              | yes
        """,
    )


def test_a_due_date_is_moved_by_a_person_or_by_policy(check):
    """3 is told by no event; the change of 4 comes after the as-of moment."""
    given = {
        "work_items": """
            item_id | received_at      | first_due_at     | due_at
            1       | 2026-03-02T09:00 | 2026-03-10T12:00 | 2026-03-11T09:00
            2       | 2026-03-02T09:00 | 2026-03-10T12:00 | 2026-03-12T12:00
            3       | 2026-03-02T09:00 | 2026-03-10T12:00 | 2026-03-15T12:00
            4       | 2026-03-02T09:00 | 2026-03-10T12:00 | 2026-03-19T12:00
        """,
        "work_events": """
            item_id | event_at         | kind        | employee
            1       | 2026-03-03T09:00 | due_changed | -
            1       | 2026-03-04T09:00 | due_changed | P
            2       | 2026-03-03T09:00 | due_changed | -
            4       | 2026-04-01T09:00 | due_changed | P
        """,
    }
    check(
        "deadlines/due_moved_by_bucket",
        **(MARCH | {"period_start": date(2026, 3, 9), "period_end": date(2026, 3, 16)}),
        given=given,
        expect="""
            bucket_on  | dated_items | moved_items | moved_by_person_items
            2026-03-09 | 4           | 4           | 1
        """,
    )
    check(
        "records/due",
        **MARCH,
        given=given,
        expect="""
            item_id | is_moved | moved_by
            1       | yes      | person
            2       | yes      | policy
            3       | yes      | -
            4       | yes      | -
        """,
    )


# As it stood

TWICE = {
    "work_items": """
        item_id | received_at      | first_due_at     | completed_at
        1       | 2026-03-02T09:00 | 2026-03-10T12:00 | 2026-03-25T09:00
    """,
    "work_events": """
        item_id | event_at         | kind        | team
        1       | 2026-03-02T09:00 | received    | A
        1       | 2026-03-09T09:00 | completed   | A
        1       | 2026-03-20T08:00 | transferred | B
        1       | 2026-03-20T09:00 | reopened    | B
        1       | 2026-03-25T09:00 | completed   | B
    """,
}


@pytest.mark.parametrize(
    ("as_of", "team", "outcome"),
    [
        (datetime(2026, 3, 15), "A", "on time"),
        (datetime(2026, 3, 22), "B", "late open"),
        (datetime(2026, 3, 26), "B", "late completed"),
    ],
)
def test_a_promise_is_judged_as_the_item_stood_then(check, as_of, team, outcome):
    """Done in time by A, reopened later with B, and done again."""
    check(
        "records/due",
        **{**MARCH, "as_of": as_of},
        given=TWICE,
        expect=f"""
            item_id | team   | outcome
            1       | {team} | {outcome}
        """,
    )


def test_a_past_on_time_figure_is_the_same_today_and_next_year(check):
    check(
        "deadlines/reconciliation",
        **{**MARCH, "as_of": datetime(2026, 3, 15)},
        given=TWICE,
        expect="""
            due_items | on_time_items | closed_items
            1         | 1             | 1
        """,
    )


# Runway

RUNWAY = {
    "work_items": """
    item_id | department | received_at      | due_at           | completed_at     | standard_minutes
    1       | AP         | 2026-03-02T09:00 | 2026-03-03T12:00 | -                | 60
    2       | AP         | 2026-03-02T09:00 | 2026-03-13T17:00 | -                | 90
    3       | AP         | 2026-03-02T09:00 | 2026-03-14T12:00 | -                | 120
    4       | AP         | 2026-03-02T09:00 | 2026-03-16T12:00 | -                | 300
    5       | AP         | 2026-03-02T09:00 | 2026-03-16T12:00 | 2026-03-12T12:00 | 300
    6       | AP         | 2026-03-02T09:00 | 2026-03-18T12:00 | -                | 300
    """,
    "calendar_days": """
    day        | is_working
    2026-03-12 | yes
    2026-03-13 | yes
    2026-03-14 | no
    2026-03-15 | no
    2026-03-16 | yes
    2026-03-17 | yes
    2026-03-18 | yes
    """,
    "targets": """
    metric         | department | team | value | valid_from | valid_to
    plan_std_hours | AP         | -    | 4     | 2026-01-01 | 2026-03-16
    plan_std_hours | AP         | -    | 5     | 2026-03-16 | -
    plan_std_hours | AP         | A    | 3     | 2026-01-01 | -
    plan_std_hours | HR         | -    | 9     | 2026-01-01 | -
    on_time_due    | AP         | -    | 0.9   | 2026-01-01 | -
    """,
}


def test_overdue_and_weekend_work_falls_on_the_next_working_day(check):
    """Friday has the overdue item 1 and 2, Monday item 3 of Saturday and 4."""
    check(
        "deadlines/runway",
        settings={"days": "3"},
        as_of=datetime(2026, 3, 13, 9),
        given=RUNWAY,
        expect="""
        day        | due_items | due_hours | plan_hours | cum_due_hours | cum_plan_hours | cum_slack_hours
        2026-03-13 | 2         | 2.5       | 4.0        | 2.5           | 4.0            | 1.5
        2026-03-16 | 2         | 7.0       | 5.0        | 9.5           | 9.0            | -0.5
        2026-03-17 | 0         | 0.0       | 5.0        | 9.5           | 14.0           | 4.5
        """,
    )


def test_runway_begins_with_the_next_working_day(check):
    """As of Saturday."""
    check(
        "deadlines/runway",
        settings={"days": "1"},
        as_of=datetime(2026, 3, 14, 9),
        given=RUNWAY,
        expect="""
        day        | due_items | due_hours
        2026-03-16 | 4         | 9.5
        """,
    )


def test_runway_without_a_plan_has_no_slack(check):
    check(
        "deadlines/runway",
        settings={"days": "1"},
        as_of=datetime(2026, 3, 13, 9),
        given={name: RUNWAY[name] for name in ("work_items", "calendar_days")},
        expect="""
        day        | due_items | plan_hours | cum_slack_hours
        2026-03-13 | 2         | -          | -
        """,
    )


# The records


def test_every_promise_has_one_outcome(check):
    """DL1, as of 1 April; 9 was due before March, 6 never."""
    check(
        "records/due",
        **(MARCH | {"period_end": date(2026, 5, 1)}),
        given={"work_items": DL1},
        expect="""
        item_id | bucket_on  | outcome              | days_late | shift_days | is_moved
        1       | 2026-03-02 | on time              | -         | 0          | no
        2       | 2026-03-09 | late completed       | 2         | 0          | no
        7       | 2026-03-09 | late completed       | 12        | 13         | yes
        4       | 2026-03-16 | cancelled before due | -         | 0          | no
        5       | 2026-03-16 | late cancelled       | -         | 0          | no
        11      | 2026-03-16 | on time              | -         | -          | -
        3       | 2026-03-16 | late open            | 12        | 0          | no
        10      | 2026-03-30 | on time              | -         | 0          | no
        8       | 2026-03-30 | not due yet          | -         | 0          | no
        """,
    )


def test_a_completed_item_tells_its_dates_and_checks(check):
    check(
        "records/completed",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at      | first_due_at     | due_at           | completed_at
            1       | 2026-03-02T09:00 | -                | 2026-03-02T12:00 | 2026-03-02T12:00
            2       | 2026-03-02T09:00 | 2026-03-02T12:00 | -                | 2026-03-02T13:30
            3       | 2026-03-09T09:00 | -                | -                | 2026-03-09T08:00
            """,
            "quality_reviews": """
            review_id | item_id | work_date  | reviewed_at      | design   | defects
            1         | 1       | 2026-03-02 | 2026-03-03T09:00 | random   | 0
            2         | 2       | 2026-03-02 | 2026-03-03T09:00 | targeted | 1
            3         | 3       | 2026-03-09 | 2026-04-01T00:00 | random   | 0
            """,
        },
        expect="""
        item_id | month_on   | lead_hours | is_promised | is_dated | is_closed_on_time | is_covered | is_negative
        1       | 2026-03-01 | 3.0        | yes         | yes      | yes               | yes        | no
        2       | 2026-03-01 | 4.5        | yes         | yes      | no                | no         | no
        3       | 2026-03-01 | -1.0       | no          | no       | no                | no         | yes
        """,
    )


def test_received_items_tell_whether_they_are_done(check):
    """DQ1"""
    check(
        "records/received",
        **MARCH,
        given={"work_items": DQ1},
        expect="""
        item_id | bucket_on  | is_completed
        1       | 2026-03-02 | yes
        2       | 2026-03-02 | yes
        3       | 2026-03-02 | no
        4       | 2026-03-02 | yes
        """,
    )


def test_the_runway_names_its_items(check):
    check(
        "records/due_next",
        settings={"days": "2"},
        as_of=datetime(2026, 3, 13, 9),
        given=RUNWAY,
        expect="""
        day        | item_id | standard_minutes
        2026-03-13 | 1       | 60.00
        2026-03-13 | 2       | 90.00
        2026-03-16 | 3       | 120.00
        2026-03-16 | 4       | 300.00
        """,
    )


OVERDUE = {
    "work_items": """
        item_id | department | team | priority | received_at      | due_at           | completed_at
        1       | AP         | A    | High     | 2026-03-02T09:00 | 2026-03-05T12:00 | -
        2       | AP         | A    | Low      | 2026-03-02T09:00 | 2026-03-04T12:00 | 2026-03-10T12:00
        3       | AP         | A    | High     | 2026-03-02T09:00 | 2026-03-04T12:00 | 2026-03-06T12:00
        4       | AP         | A    | High     | 2026-03-02T09:00 | 2026-03-06T13:00 | -
        5       | AP         | A    | High     | 2026-03-02T09:00 | -                | -
        6       | HR         | B    | High     | 2026-03-02T09:00 | 2026-03-03T12:00 | -
        7       | HR         | B    | High     | 2026-03-07T09:00 | 2026-03-03T12:00 | -
        """
}


def test_the_longest_overdue_come_first_as_they_stood_then(check):
    """Item 2 was done since, item 4 falls due this instant, item 7 had not come."""
    check(
        "records/overdue",
        as_of=datetime(2026, 3, 6, 13),
        given=OVERDUE,
        expect="""
        item_id | department | due_at           | days_late | late_work_hours
        6       | HR         | 2026-03-03T12:00 | 3         | 73.0
        2       | AP         | 2026-03-04T12:00 | 2         | 49.0
        1       | AP         | 2026-03-05T12:00 | 1         | 25.0
        """,
    )
