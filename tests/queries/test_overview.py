"""Overview: the same numbers as on the pages, side by side."""

from datetime import date, datetime

import pytest

MARCH = {
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1),
    "as_of": datetime(2026, 3, 20, 12),
}
ITEMS = """
    item_id | department | team | work_type | received_at | due_at | completed_at | cancelled_at
    1 | AP | A | X | 2026-03-01T09:00 | 2026-03-05T12:00 | 2026-03-05T12:00 | -
    2 | AP | A | X | 2026-03-02T09:00 | 2026-03-05T12:00 | 2026-03-06T12:00 | -
    3 | AP | A | X | 2026-03-02T09:00 | 2026-03-05T12:00 | -                | -
    4 | AP | A | X | 2026-03-02T09:00 | 2026-03-05T12:00 | -                | 2026-03-04T12:00
    5 | AP | B | Y | 2026-03-02T09:00 | 2026-03-20T18:00 | -                | -
    6 | AP | B | Y | 2026-03-02T09:00 | 2026-03-25T12:00 | 2026-03-19T12:00 | -
    7 | HR | - | - | 2026-02-01T09:00 | -                | -                | -
"""
REVIEWS = """
    review_id | item_id | work_date  | reviewed_at      | design   | defects
    1         | 1       | 2026-03-05 | 2026-03-07T09:00 | random   | 1
    2         | 1       | 2026-03-05 | 2026-03-08T09:00 | random   | 0
    3         | 2       | 2026-03-06 | 2026-03-08T09:00 | targeted | 3
    4         | 6       | 2026-03-19 | 2026-03-19T13:00 | random   | 0
    5         | 2       | 2026-03-06 | 2026-03-21T09:00 | random   | 2
"""
GIVEN = {"work_items": ITEMS, "quality_reviews": REVIEWS}


def test_matrix_counts_each_subject_by_its_own_rule(check):
    check(
        "overview/matrix",
        **MARCH,
        given=GIVEN,
        expect="""
            department | team | work_type | received_items | completed_items | due_items | on_time_items | open_items | overdue_items
            AP         | A    | X         | 4              | 2               | 3         | 1             | 1          | 1
            AP         | B    | Y         | 2              | 1               | 0         | 0             | 1          | 0
            HR         | -    | -         | 0              | 0               | 0         | 0             | 1          | 0
        """,
    )


def test_matrix_counts_the_earliest_random_review(check):
    check(
        "overview/matrix",
        **MARCH,
        given=GIVEN,
        expect="""
            team | reviewed_items | defective_items | error_rate_state
            A    | 1              | 1               | too_few
            B    | 1              | 0               | too_few
            -    | 0              | 0               | no_value
        """,
    )


def test_matrix_pooled_is_the_whole(check):
    pooled = check(
        "overview/matrix",
        **MARCH,
        given=GIVEN,
        by=(),
        expect="""
            received_items | completed_items | due_items | on_time_items | open_items
            6              | 3               | 3         | 1             | 3
        """,
    )
    (row,) = pooled.rows.to_pylist()
    assert (row["overdue_items"], row["due_today_items"]) == (1, 1)
    assert (row["reviewed_items"], row["defective_items"]) == (2, 1)


def test_nobody_has_it_is_no_value_where_no_item_names_a_person(check):
    check(
        "overview/matrix",
        **MARCH,
        given=GIVEN,
        by=(),
        expect="""
            open_items | unassigned_items
            3          | -
        """,
    )


def test_nothing_due_is_no_rate(check):
    check(
        "overview/matrix",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at      | completed_at
            1       | 2026-03-01T09:00 | 2026-03-02T09:00
            """
        },
        expect="""
            open_items | due_items | on_time_state
            0          | 0         | no_value
        """,
    )


def test_last_weeks_are_whole_and_end_before_the_as_of_moment(check):
    """As of Friday 20 March: that week is not over and does not appear."""
    check(
        "overview/last_weeks",
        **MARCH,
        settings={"weeks": "2", "level": "team"},
        given={
            "work_items": """
            item_id | team | received_at      | due_at           | completed_at
            1       | A    | 2026-02-10T09:00 | 2026-03-04T12:00 | 2026-03-04T12:00
            2       | A    | 2026-03-08T23:59 | 2026-03-10T12:00 | -
            3       | A    | 2026-03-09T00:00 | 2026-03-18T12:00 | -
            """
        },
        expect="""
            week_on    | group_name | received_items | due_items | on_time_items | open_items
            2026-03-02 | A          | 1              | 1         | 1             | 1
            2026-03-09 | A          | 1              | 1         | 0             | 2
        """,
    )


@pytest.mark.parametrize(("level", "name"), [("department", "AP"), ("team", "T1")])
def test_rates_by_week_stand_with_their_group(check, level, name):
    """Item 3 was cancelled in time, 4 is due after the moment; 2 has no group."""
    check(
        "overview/rates_by_week",
        period_start=date(2026, 3, 2),
        period_end=date(2026, 3, 16),
        as_of=datetime(2026, 3, 13),
        settings={"level": level},
        given={
            "work_items": """
            item_id | department | team | received_at      | due_at           | completed_at     | cancelled_at
            1       | AP         | T1   | 2026-03-01T09:00 | 2026-03-03T12:00 | 2026-03-03T12:00 | -
            2       | -          | -    | 2026-03-01T09:00 | 2026-03-03T12:00 | -                | -
            3       | AP         | T1   | 2026-03-01T09:00 | 2026-03-03T12:00 | -                | 2026-03-02T12:00
            4       | AP         | T1   | 2026-03-01T09:00 | 2026-03-13T12:00 | 2026-03-04T09:00 | -
            """,
            "quality_reviews": """
            review_id | item_id | work_date  | reviewed_at      | design | defects
            1         | 1       | 2026-03-09 | 2026-03-10T09:00 | random | 1
            2         | 4       | 2026-03-09 | 2026-03-10T09:00 | random | 0
            """,
        },
        expect=f"""
            week_on    | group_name | due_items | on_time_items | reviewed_items | defective_items | is_partial | is_under_review
            2026-03-02 | {name}     | 1         | 1             | 0              | 0               | no         | yes
            2026-03-02 | -          | 1         | 0             | 0              | 0               | no         | yes
            2026-03-09 | {name}     | 0         | 0             | 2              | 1               | yes        | yes
        """,
    )  # fmt: skip
