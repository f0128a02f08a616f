"""Errors: how often is work wrong, where, and how much of it is checked?"""

from datetime import date, datetime
from itertools import count

import pytest

MARCH = {
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1),
    "as_of": datetime(2026, 4, 1),
}

EQ1 = """
    review_id | item_id | work_date  | reviewed_at      | design   | defects | critical_defects
    1         | 101     | 2026-03-02 | 2026-03-05T12:00 | random   | 0       | 0
    2         | 102     | 2026-03-02 | 2026-03-06T12:00 | random   | 2       | 1
    3         | 103     | 2026-03-03 | 2026-03-20T12:00 | random   | 1       | 0
    4         | 104     | 2026-03-03 | 2026-03-04T12:00 | targeted | 3       | 1
    5         | 105     | 2026-03-04 | 2026-03-30T12:00 | customer | 1       | 1
    6         | 103     | 2026-03-03 | 2026-03-22T12:00 | random   | 0       | 0
    7         | 106     | 2026-02-27 | 2026-03-03T12:00 | random   | 1       | 0
    8         | 107     | 2026-03-31 | 2026-04-02T12:00 | random   | 0       | 0
"""


@pytest.fixture
def reviewed(check):
    """What the reviews of EQ1 with some numbers say of March."""

    def ask(*numbers, expect):
        heading, *rows = EQ1.strip().splitlines()
        kept = [row for row in rows if int(row.split("|")[0]) in numbers]
        reviews = "\n".join([heading, *kept])
        check(
            "errors/review_designs",
            **MARCH,
            given={"quality_reviews": reviews},
            expect=expect,
        )

    return ask


# Which reviews count


def test_error_rate_uses_random_reviews_only(reviewed):
    """EQ1"""
    reviewed(
        *range(1, 9),
        expect="""
        defective_items | critical_items | reviewed_items | targeted_reviews | customer_reviews
        2               | 1              | 3              | 1                | 1
        """,
    )


def test_error_rate_by_work_date(reviewed):
    """EQ1: the work of review 7 was done in February."""
    reviewed(
        7,
        expect="""
        reviewed_items | defective_items
        0              | 0
        """,
    )


def test_second_review_not_counted_twice(reviewed):
    """EQ1: item 103 counts as its first review found it."""
    reviewed(
        *(3, 6),
        expect="""
        reviewed_items | defective_items
        1              | 1
        """,
    )


def test_review_after_the_as_of_moment_is_unknown(reviewed):
    """EQ1, review 8"""
    reviewed(
        8,
        expect="""
        reviewed_items | defective_items
        0              | 0
        """,
    )


def test_reviewed_work_stands_in_the_week_it_was_done(check):
    """EQ1, a day earlier as well: nothing of February."""
    check(
        "errors/error_rate_by_bucket",
        **(MARCH | {"period_start": date(2026, 2, 23), "period_end": date(2026, 3, 9)}),
        given={"quality_reviews": EQ1},
        expect="""
        bucket_on  | reviewed_items | defective_items | critical_items
        2026-02-23 | 1              | 1               | 0
        2026-03-02 | 3              | 2               | 1
        """,
    )


def test_a_week_is_partial_while_its_reviews_arrive(check):
    """As of 1 April: two weeks after the week of 16 March are not over."""
    check(
        "errors/error_rate_by_bucket",
        **MARCH,
        given={
            "quality_reviews": """
            review_id | item_id | work_date  | reviewed_at      | design | defects
            1         | 1       | 2026-03-01 | 2026-03-09T09:00 | random | 0
            2         | 2       | 2026-03-09 | 2026-03-10T09:00 | random | 0
            3         | 3       | 2026-03-16 | 2026-03-17T09:00 | random | 0
            4         | 4       | 2026-03-31 | 2026-03-31T09:00 | random | 0
            """
        },
        expect="""
        bucket_on  | reviewed_items | is_partial
        2026-02-23 | 1              | yes
        2026-03-02 | 0              | no
        2026-03-09 | 1              | no
        2026-03-16 | 1              | yes
        2026-03-23 | 0              | yes
        2026-03-30 | 1              | yes
        """,
    )


# Where


WORK = """
    item_id | department | team | work_type | received_at      | completed_at
    1       | AP         | A    | invoice   | 2026-03-02T09:00 | 2026-03-03T09:00
    2       | AP         | A    | invoice   | 2026-03-02T09:00 | 2026-03-03T09:00
    3       | AP         | A    | invoice   | 2026-03-02T09:00 | 2026-04-01T00:00
    4       | -          | -    | -         | 2026-03-02T09:00 | 2026-03-03T09:00
"""
CHECKS = """
    review_id | item_id | work_date  | reviewed_at      | design   | defects
    1         | 1       | 2026-03-03 | 2026-03-04T09:00 | random   | 1
    2         | 2       | 2026-03-03 | 2026-03-04T09:00 | targeted | 1
    3         | 3       | 2026-03-31 | 2026-03-31T09:00 | random   | 0
    4         | 99      | 2026-03-31 | 2026-03-31T09:00 | random   | 2
"""


def test_groups_show_work_beside_checks(check):
    """Item 3 was checked before it was completed; item 99 is not among the items."""
    check(
        "errors/error_rate_by_group",
        **MARCH,
        given={"work_items": WORK, "quality_reviews": CHECKS},
        expect="""
        department | team | work_type | completed_items | reviewed_items | defective_items
        AP         | A    | invoice   | 2               | 2              | 1
        -          | -    | -         | 1               | 1              | 1
        """,
    )


def test_coverage_counts_random_reviews_of_completed_items(check):
    check(
        "errors/coverage_by_group",
        **MARCH,
        given={"work_items": WORK, "quality_reviews": CHECKS},
        expect="""
        department | team | work_type | completed_items | covered_items
        AP         | A    | invoice   | 2               | 1
        -          | -    | -         | 1               | 0
        """,
    )


def test_an_item_checked_twice_is_covered_once(check):
    check(
        "errors/coverage_by_group",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at      | completed_at
            103     | 2026-03-02T09:00 | 2026-03-03T09:00
            """,
            "quality_reviews": EQ1,
        },
        expect="""
        completed_items | covered_items | review_coverage_state
        1               | 1             | too_few
        """,
    )


def work_and_checks(*strata):
    """(month, work type, completed, reviewed, defective) as items and reviews."""
    items = ["item_id | work_type | received_at | completed_at"]
    reviews = ["review_id | item_id | work_date | reviewed_at | design | defects"]
    keys = count()
    for month, work_type, completed, checked, defective in strata:
        for number, key in zip(range(completed), keys, strict=False):
            day = f"2026-{month:02}-10"
            items.append(f"{key} | {work_type} | {day}T08:00 | {day}T09:00")
            if number < checked:
                defects = int(number < defective)
                reviews.append(
                    f"{key} | {key} | {day} | {day}T10:00 | random | {defects}"
                )
    return {"work_items": "\n".join(items), "quality_reviews": "\n".join(reviews)}


def test_coverage_shift_shows_weighted_rate(check):
    """EQ2: coverage moved to risky work; quality did not change."""
    answer = check(
        "errors/mix_by_month",
        given=work_and_checks(
            (3, "simple", 900, 200, 2),
            (3, "complex", 100, 20, 2),
            (4, "simple", 900, 100, 1),
            (4, "complex", 100, 100, 10),
        ),
        expect="""
        month_on   | work_type | completed_items | reviewed_items | defective_items
        2026-03-01 | complex   | 100             | 20             | 2
        2026-03-01 | simple    | 900             | 200            | 2
        2026-04-01 | complex   | 100             | 100            | 10
        2026-04-01 | simple    | 900             | 100            | 1
        """,
    )
    months = answer.weighted("error_rate", "completed_items", "month_on").rows
    assert [
        (
            f"{100 * month['error_rate']:.2f}",
            f"{100 * month['error_rate_weighted']:.2f}",
        )
        for month in months.to_pylist()
    ] == [("1.82", "1.90"), ("5.50", "1.90")]


# Which errors


def test_most_frequent_errors_come_first(check):
    """EQ4; a defect without a type is unclassified."""
    check(
        "errors/error_types",
        **MARCH,
        given={
            "quality_reviews": """
            review_id | item_id | work_date  | reviewed_at      | design   | defects | error_type
            1         | 1       | 2026-03-02 | 2026-03-03T09:00 | random   | 4       | amount
            2         | 2       | 2026-03-02 | 2026-03-03T09:00 | random   | 2       | amount
            3         | 3       | 2026-03-02 | 2026-03-03T09:00 | random   | 3       | date
            4         | 4       | 2026-03-02 | 2026-03-03T09:00 | random   | 2       | -
            5         | 5       | 2026-03-02 | 2026-03-03T09:00 | random   | 1       | payee
            6         | 6       | 2026-03-02 | 2026-03-03T09:00 | random   | 0       | -
            7         | 5       | 2026-03-02 | 2026-03-04T09:00 | random   | 9       | payee
            8         | 7       | 2026-03-02 | 2026-03-03T09:00 | targeted | 9       | payee
            """
        },
        expect="""
        error_type   | defects | cumulative_defects | all_defects | cumulative_share
        amount       | 6       | 6                  | 12          | 50.0%
        date         | 3       | 9                  | 12          | 75.0%
        unclassified | 2       | 11                 | 12          | 91.7%
        payee        | 1       | 12                 | 12          | 100.0%
        """,
    )


# Reopened


def cohorts(*weeks):
    """(day, completed, reopened 30 days later at most) as events."""
    lines = ["item_id | event_at | kind"]
    keys = count()
    for day, completed, reopened in weeks:
        for number, key in zip(range(completed), keys, strict=False):
            lines.append(f"{key} | {day}T08:00 | received")
            lines.append(f"{key} | {day}T09:00 | completed")
            if number < reopened:
                lines.append(f"{key} | {day}T17:00 | reopened")
    return {"work_events": "\n".join(lines)}


def test_immature_reopen_cohort_is_partial(check):
    """EQ5"""
    check(
        "errors/reopened_by_bucket",
        period_start=date(2026, 2, 23),
        period_end=date(2026, 3, 16),
        as_of=datetime(2026, 4, 10),
        given=cohorts(
            ("2026-02-24", 200, 8), ("2026-03-03", 180, 9), ("2026-03-10", 190, 4)
        ),
        expect="""
        bucket_on  | completed_items | reopened_items | reopen_rate | is_partial
        2026-02-23 | 200             | 8              | 4.0%        | no
        2026-03-02 | 180             | 9              | 5.0%        | no
        2026-03-09 | 190             | 4              | 2.1%        | yes
        """,
    )


RETURNS = """
    item_id | event_at         | kind
    1       | 2026-02-02T08:00 | received
    1       | 2026-02-03T09:00 | completed
    1       | 2026-03-05T09:00 | reopened
    1       | 2026-03-06T09:00 | completed
    2       | 2026-02-02T08:00 | received
    2       | 2026-02-03T09:00 | completed
    2       | 2026-03-05T09:01 | reopened
    3       | 2026-03-02T08:00 | received
    3       | 2026-03-04T09:00 | completed
    3       | 2026-04-01T00:00 | reopened
    4       | 2026-03-02T08:00 | received
    4       | 2026-03-04T09:00 | cancelled
    4       | 2026-03-05T09:00 | reopened
"""


def test_a_completion_counts_as_reopened_for_thirty_days(check):
    """1 comes back in the last minute, 2 a minute late; 1 is completed twice.

    3 comes back at the as-of moment, and 4 had been cancelled.
    """
    check(
        "errors/reopened_by_bucket",
        settings={"grain": "month"},
        period_start=date(2026, 2, 1),
        as_of=datetime(2026, 4, 1),
        period_end=date(2026, 4, 1),
        given={"work_events": RETURNS},
        expect="""
        bucket_on  | completed_items | reopened_items | is_partial
        2026-02-01 | 2               | 1              | no
        2026-03-01 | 2               | 0              | yes
        """,
    )


# The records


def test_each_completion_is_a_record(check):
    check(
        "records/completions",
        settings={"grain": "month"},
        as_of=datetime(2026, 4, 1),
        given={"work_events": RETURNS},
        expect="""
        item_id | stay_number | done_at          | bucket_on  | reopened_at      | is_reopened
        1       | 1           | 2026-02-03T09:00 | 2026-02-01 | 2026-03-05T09:00 | yes
        2       | 1           | 2026-02-03T09:00 | 2026-02-01 | 2026-03-05T09:01 | no
        3       | 1           | 2026-03-04T09:00 | 2026-03-01 | -                | no
        1       | 2           | 2026-03-06T09:00 | 2026-03-01 | -                | no
        """,
    )


def test_every_review_of_the_period_is_a_record(check):
    """EQ1; the second review of item 103 is listed but does not count."""
    check(
        "records/reviews",
        **MARCH,
        given={
            "quality_reviews": EQ1,
            "work_items": """
            item_id | department | received_at
            102     | AP         | 2026-03-02T09:00
            """,
        },
        expect="""
        review_id | is_counted | is_defective | is_critical | error_type   | month_on   | department
        4         | no         | yes          | yes         | unclassified | 2026-03-01 | -
        1         | yes        | no           | no          | -            | 2026-03-01 | -
        2         | yes        | yes          | yes         | unclassified | 2026-03-01 | AP
        3         | yes        | yes          | no          | unclassified | 2026-03-01 | -
        6         | no         | no           | no          | -            | 2026-03-01 | -
        5         | no         | yes          | yes         | unclassified | 2026-03-01 | -
        """,
    )


def test_a_reopening_in_another_team_counts_for_the_team_that_completed(check):
    check(
        "errors/reopened_by_bucket",
        settings={"grain": "month"},
        period_start=date(2026, 3, 1),
        period_end=date(2026, 4, 1),
        as_of=datetime(2026, 4, 1),
        team=("A",),
        given={
            "work_events": """
            item_id | event_at         | kind        | team
            1       | 2026-03-02T08:00 | received    | A
            1       | 2026-03-03T09:00 | completed   | A
            1       | 2026-03-04T09:00 | transferred | B
            1       | 2026-03-05T09:00 | reopened    | B
            """
        },
        expect="""
        bucket_on  | completed_items | reopened_items
        2026-03-01 | 1               | 1
        """,
    )


# What is a sample of how much


def test_a_census_has_no_interval(check):
    """Of 20 completed items 20 were reviewed: the rate is what it is."""
    items = "\n".join(
        f"{n} | 2026-03-03T08:00 | 2026-03-03T09:00" for n in range(1, 21)
    )
    reviews = "\n".join(
        f"{n} | {n} | 2026-03-03 | 2026-03-04T09:00 | random | {n == 1:d}"
        for n in range(1, 21)
    )
    check(
        "errors/error_rate_by_bucket",
        **(MARCH | {"period_start": date(2026, 3, 2), "period_end": date(2026, 3, 9)}),
        given={
            "work_items": f"item_id | received_at | completed_at\n{items}",
            "quality_reviews": "review_id | item_id | work_date | reviewed_at | design"
            f" | defects\n{reviews}",
        },
        expect="""
        bucket_on  | completed_items | reviewed_items | error_rate | error_rate_low | error_rate_high
        2026-03-02 | 20              | 20             | 5.0%       | 5.0%           | 5.0%
        """,
    )


# Units, gaps and second opinions

UNITS = """
    review_id | item_id | work_date  | reviewed_at      | design   | units | defects
    1         | 1       | 2026-03-02 | 2026-03-03T09:00 | random   | 40    | 0
    2         | 2       | 2026-03-02 | 2026-03-03T10:00 | random   | 60    | 3
    3         | 3       | 2026-03-03 | 2026-03-04T09:00 | random   | 100   | 1
    4         | 4       | 2026-03-03 | 2026-03-04T10:00 | random   | 50    | 0
    5         | 4       | 2026-03-03 | 2026-03-05T10:00 | random   | 50    | 9
    6         | 5       | 2026-03-03 | 2026-03-04T10:00 | targeted | 50    | 9
    7         | 6       | 2026-03-03 | 2026-03-04T10:00 | random   | -     | 1
    8         | 7       | 2026-03-09 | 2026-03-10T10:00 | random   | 0     | 0
"""


def test_defects_are_divided_by_units_not_by_documents(check):
    """EQ3: 4 of 250 fields are 160.0 in 10,000; reviews without units do not count."""
    check(
        "errors/defect_rate_by_bucket",
        **(MARCH | {"period_start": date(2026, 3, 2), "period_end": date(2026, 3, 16)}),
        given={"quality_reviews": UNITS},
        expect="""
        bucket_on  | reviewed_items | defects | ten_thousands | defect_rate
        2026-03-02 | 4              | 4       | 0.0250        | 160.0
        2026-03-09 | 0              | 0       | 0.0000        | -
        """,
    )


def test_documents_of_equal_units_and_defects_stand_together(check):
    check(
        "errors/documents",
        **MARCH,
        given={"quality_reviews": UNITS.replace("| 40 ", "| 50 ")},
        expect="""
        units | defects | documents
        50    | 0       | 2
        60    | 3       | 1
        100   | 1       | 1
        """,
    )


GAPS = """
    review_id | item_id | work_date  | reviewed_at      | design | defects | critical_defects
    1         | 1       | 2026-02-02 | 2026-02-03T09:00 | random | 1       | 1
    2         | 2       | 2026-02-02 | 2026-02-03T10:00 | random | 0       | 0
    3         | 3       | 2026-03-02 | 2026-03-03T10:00 | random | 1       | 0
    4         | 4       | 2026-03-03 | 2026-03-04T10:00 | random | 0       | 0
    5         | 5       | 2026-03-04 | 2026-03-05T10:00 | random | 2       | 1
    6         | 6       | 2026-03-04 | 2026-03-05T11:00 | random | 1       | 1
"""


@pytest.mark.parametrize(
    ("severity", "expect"),
    [
        (
            "critical",  # since the error of February
            """
            error_number | item_id | good_items
            2            | 5       | 3
            3            | 6       | 0
            """,
        ),
        (
            "any",
            """
            error_number | item_id | good_items
            2            | 3       | 1
            3            | 5       | 1
            4            | 6       | 0
            """,
        ),
    ],
)
def test_good_items_are_counted_from_error_to_error(check, severity, expect):
    check(
        "errors/good_items_between",
        **MARCH,
        given={"quality_reviews": GAPS},
        settings={"severity": severity},
        expect=expect,
    )


def test_agreement_compares_the_first_two_persons(check):
    """EQ1, item 103: a second look by the same person is no second opinion."""
    check(
        "errors/reviewed_twice",
        **MARCH,
        given={
            "quality_reviews": """
            review_id | item_id | work_date  | reviewed_at      | design   | defects | reviewer
            3         | 103     | 2026-03-03 | 2026-03-20T12:00 | random   | 1       | Ann
            6         | 103     | 2026-03-03 | 2026-03-22T12:00 | random   | 0       | Ben
            7         | 104     | 2026-03-03 | 2026-03-20T12:00 | random   | 1       | Ann
            8         | 104     | 2026-03-03 | 2026-03-21T12:00 | random   | 0       | Ann
            9         | 104     | 2026-03-03 | 2026-03-22T12:00 | random   | 1       | Ben
            10        | 105     | 2026-03-03 | 2026-03-20T12:00 | random   | 0       | Ann
            11        | 105     | 2026-03-03 | 2026-03-21T12:00 | targeted | 1       | Ben
            12        | 106     | 2026-03-03 | 2026-03-20T12:00 | random   | 0       | -
            13        | 106     | 2026-03-03 | 2026-03-21T12:00 | random   | 1       | Ben
            """
        },
        expect="""
        twice_items | both_items | only_first_items | only_second_items | neither_items
        2           | 1          | 1                | 0                 | 0
        """,
    )
