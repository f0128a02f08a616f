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
