"""Data entry: how exactly and how fast fields are keyed."""

from datetime import date, datetime

MARCH = {
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1),
    "as_of": datetime(2026, 4, 1),
}


def test_an_item_is_listed_where_the_period_completed_or_checked_it(check):
    check(
        "records/data_entry",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at      | completed_at
            1       | 2026-02-27T09:00 | 2026-03-01T00:00
            2       | 2026-02-27T09:00 | 2026-02-28T09:00
            3       | 2026-02-27T09:00 | 2026-02-28T09:00
            4       | 2026-03-02T09:00 | -
            5       | 2026-02-27T09:00 | 2026-03-05T09:00
            """,
            "ext_data_entry": """
            item_id | fields_twice | fields_differing
            1       | 40           | 2
            2       | 40           | 1
            3       | 0            | 0
            4       | -            | -
            """,
            "quality_reviews": """
            review_id | item_id | work_date  | reviewed_at      | design | units | defects
            1         | 3       | 2026-03-01 | 2026-03-02T09:00 | random | 90    | 2
            """,
        },
        expect="""
            item_id | is_completed | is_keyed_twice | is_reviewed | wrong_fields
            1       | yes          | yes            | no          | -
            3       | no           | no             | yes         | 2
        """,
    )


def test_fields_that_differ_are_pooled_over_fields_keyed_twice(check):
    """Item 2 was not keyed twice, item 3 was completed after the period."""
    check(
        "data_entry/keying_by_group",
        **MARCH,
        given={
            "work_items": """
            item_id | team | received_at      | completed_at
            1       | A    | 2026-02-27T09:00 | 2026-03-01T00:00
            2       | A    | 2026-03-02T09:00 | 2026-03-03T09:00
            3       | A    | 2026-03-02T09:00 | 2026-04-01T00:00
            4       | B    | 2026-03-02T09:00 | 2026-03-31T23:59
            """,
            "ext_data_entry": """
            item_id | fields_twice | fields_differing
            1       | 900          | 9
            2       | 0            | 0
            3       | 500          | 50
            4       | 100          | 11
            """,
        },
        by=(),
        expect="""
            completed_items | twice_items | fields_twice | fields_differing | mismatch
            3               | 2           | 1000         | 20               | 2.0%
        """,
    )


def test_nothing_keyed_twice_is_no_value(check):
    check(
        "data_entry/keying_by_group",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at      | completed_at
            1       | 2026-03-02T09:00 | 2026-03-03T09:00
            """,
            "ext_data_entry": """
            item_id | fields_twice
            1       | -
            """,
        },
        expect="""
            team | completed_items | fields_twice | mismatch | mismatch_state | errors_per_10000
            -    | 1               | 0            | -        | no_value       | -
        """,
    )


KEYED_AND_CHECKED = {
    "work_items": """
        item_id | received_at      | completed_at
        1       | 2026-03-02T09:00 | 2026-03-03T09:00
        2       | 2026-03-02T09:00 | 2026-03-03T09:00
        3       | 2026-03-02T09:00 | 2026-03-03T09:00
    """,
    "ext_data_entry": """
        item_id | fields_twice
        1       | 0
        2       | 0
    """,
    "quality_reviews": """
        review_id | item_id | work_date  | reviewed_at      | design   | units | defects | critical_defects
        1         | 1       | 2026-03-03 | 2026-03-04T09:00 | random   | 40    | 0       | 0
        2         | 2       | 2026-03-03 | 2026-03-04T09:00 | random   | 60    | 3       | 1
        3         | 2       | 2026-03-03 | 2026-03-05T09:00 | random   | 60    | 9       | 9
        4         | 1       | 2026-03-03 | 2026-03-05T09:00 | targeted | 40    | 4       | 4
        5         | 3       | 2026-03-03 | 2026-03-04T09:00 | random   | 50    | 5       | 5
    """,
}


def test_errors_per_10000_fields_pool_the_earliest_random_reviews_of_keyed_items(check):
    """Neither a second review, nor a targeted one, nor other work counts."""
    check(
        "data_entry/keying_by_group",
        **MARCH,
        given=KEYED_AND_CHECKED,
        expect="""
            reviewed_items | reviewed_fields | wrong_fields | critical_fields | errors_per_10000 | critical_per_10000
            2              | 100             | 3            | 1               | 300.0            | 100.0
        """,
    )


def test_field_errors_over_time_are_of_the_day_of_the_work(check):
    check(
        "data_entry/field_errors_by_bucket",
        period_start=date(2026, 3, 2),
        period_end=date(2026, 3, 4),
        as_of=datetime(2026, 4, 1),
        settings={"grain": "day"},
        given=KEYED_AND_CHECKED,
        expect="""
            work_bucket_on | reviewed_fields | wrong_fields | errors_per_10000 | is_partial
            2026-03-02     | 0               | 0            | -                | no
            2026-03-03     | 100             | 3            | 300.0            | no
        """,
    )


def test_a_correction_after_validation_is_no_entry_error(check):
    """The item came back and was corrected; no review of it found an error."""
    check(
        "data_entry/keying_by_group",
        **MARCH,
        given={
            "work_events": """
            item_id | event_at         | kind
            1       | 2026-03-02T09:00 | received
            1       | 2026-03-03T09:00 | completed
            1       | 2026-03-04T09:00 | reopened
            1       | 2026-03-05T09:00 | completed
            """,
            "ext_data_entry": """
            item_id | fields_twice | fields_differing
            1       | 50           | 0
            """,
            "quality_reviews": """
            review_id | item_id | work_date  | reviewed_at      | design | units | defects
            1         | 1       | 2026-03-03 | 2026-03-03T12:00 | random | 50    | 0
            """,
        },
        expect="""
            completed_items | fields_differing | wrong_fields
            1               | 0                | 0
        """,
    )


def test_a_day_without_items_is_shown_as_none_keyed(check):
    check(
        "data_entry/keying_by_bucket",
        period_start=date(2026, 3, 2),
        period_end=date(2026, 3, 5),
        as_of=datetime(2026, 3, 4, 12),
        settings={"grain": "day"},
        given={
            "work_items": """
            item_id | received_at      | completed_at
            1       | 2026-03-01T09:00 | 2026-03-02T09:00
            2       | 2026-03-01T09:00 | 2026-03-04T12:00
            """,
            "ext_data_entry": """
            item_id | fields_twice | fields_differing
            1       | 50           | 1
            2       | 50           | 1
            """,
        },
        expect="""
            bucket_on  | completed_items | fields_twice | mismatch | is_partial
            2026-03-02 | 1               | 50           | 2.0%     | no
            2026-03-03 | 0               | 0            | -        | no
            2026-03-04 | 0               | 0            | -        | yes
        """,
    )


def test_records_per_hour_counts_core_hours_of_departments_that_mostly_key(check):
    """Neither meetings nor the hours of a department that keyed one of three items."""
    check(
        "data_entry/records_per_hour",
        **MARCH,
        given={
            "work_items": """
            item_id | department | team | received_at      | completed_at
            1       | Keying     | A    | 2026-03-02T09:00 | 2026-03-03T09:00
            2       | Keying     | A    | 2026-03-02T09:00 | 2026-03-03T09:00
            3       | Keying     | A    | 2026-03-02T09:00 | 2026-03-03T09:00
            4       | Payroll    | B    | 2026-03-02T09:00 | 2026-03-03T09:00
            5       | Payroll    | B    | 2026-03-02T09:00 | 2026-03-03T09:00
            6       | Payroll    | B    | 2026-03-02T09:00 | 2026-03-03T09:00
            """,
            "ext_data_entry": """
            item_id | fields_twice
            1       | 0
            2       | 0
            3       | 0
            4       | 0
            """,
            "time_entries": """
            employee | department | team | work_date  | kind     | minutes
            p        | Keying     | A    | 2026-03-03 | core     | 90
            p        | Keying     | A    | 2026-03-03 | diverted | 60
            p        | Keying     | A    | 2026-02-28 | core     | 400
            q        | Payroll    | B    | 2026-03-03 | core     | 400
            """,
        },
        expect="""
            department | completed_items | core_hours | records_per_hour
            Keying     | 3               | 1.5        | 2.00
        """,
    )


def test_without_time_entries_items_per_hour_have_no_value(check):
    check(
        "data_entry/records_per_hour",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at      | completed_at
            1       | 2026-03-02T09:00 | 2026-03-03T09:00
            """,
            "ext_data_entry": """
            item_id | fields_twice
            1       | 0
            """,
        },
        expect="""
            completed_items | core_hours | records_per_hour | records_per_hour_state
            1               | -          | -                | no_value
        """,
    )


def test_errors_are_of_the_earliest_review_that_tells_its_defects(check):
    """A review with less than no defects is none; the next one counts."""
    reviews = """
        review_id | item_id | work_date  | reviewed_at      | design | units | defects
        1         | 1       | 2026-03-03 | 2026-03-04T09:00 | random | 40    | -1
        2         | 1       | 2026-03-03 | 2026-03-05T09:00 | random | 50    | 2
        3         | 2       | 2026-03-03 | 2026-04-01T00:00 | random | 60    | 3
    """
    given = KEYED_AND_CHECKED | {"quality_reviews": reviews}
    for query in ("keying_by_group", "field_errors_by_bucket"):
        check(
            f"data_entry/{query}",
            **MARCH,
            given=given,
            by=(),
            expect="""
                reviewed_items | reviewed_fields | wrong_fields
                1              | 50              | 2
            """,
        )


def test_core_hours_count_of_whole_days_and_of_teams_that_completed_nothing(check):
    """The hours of B count; of the day of the as-of moment, and of B elsewhere, none do."""
    check(
        "data_entry/records_per_hour",
        **MARCH | {"as_of": datetime(2026, 3, 10, 12)},
        given={
            "work_items": """
            item_id | department | team | received_at      | completed_at
            1       | Keying     | A    | 2026-03-02T09:00 | 2026-03-03T09:00
            2       | Payroll    | B    | 2026-03-02T09:00 | 2026-03-03T09:00
            """,
            "ext_data_entry": """
            item_id | fields_twice
            1       | 0
            """,
            "time_entries": """
            employee | department | team | work_date  | kind | minutes
            p        | Keying     | A    | 2026-03-09 | core | 60
            p        | Keying     | A    | 2026-03-10 | core | 400
            q        | Keying     | B    | 2026-03-03 | core | 120
            r        | Payroll    | B    | 2026-03-03 | core | 400
            """,
        },
        expect="""
            department | team | completed_items | core_hours
            Keying     | A    | 1               | 1.0
            Keying     | B    | 0               | 2.0
        """,
    )
