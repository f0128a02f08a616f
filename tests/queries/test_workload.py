"""Workload: does work pile up, and do the books balance?"""

from datetime import date, datetime


def test_local_midnight_sets_the_day(check):
    """WL2"""
    check(
        "workload/flow_by_bucket",
        settings={"grain": "day"},
        period_start=date(2026, 3, 10),
        period_end=date(2026, 3, 12),
        given={
            "work_items": """
            item_id | received_at
            1       | 2026-03-10T22:30Z
            2       | 2026-03-10T23:30Z
            """
        },
        expect="""
            bucket_on  | received_items
            2026-03-10 | 1
            2026-03-11 | 1
        """,
    )


def test_partial_weeks_are_marked(check):
    """WL3: the filter cuts the first week, the as-of moment the last."""
    check(
        "workload/flow_by_bucket",
        period_start=date(2026, 2, 25),
        period_end=date(2026, 3, 14),
        as_of=datetime(2026, 3, 11, 12),
        given={
            "work_items": """
            item_id | received_at
            1       | 2026-02-25T09:00
            2       | 2026-02-27T09:00
            3       | 2026-03-02T09:00
            4       | 2026-03-05T09:00
            5       | 2026-03-09T09:00
            6       | 2026-03-11T09:00
            7       | 2026-03-11T13:00
            """
        },
        expect="""
            bucket_on  | received_items | is_partial
            2026-02-23 | 2              | yes
            2026-03-02 | 2              | no
            2026-03-09 | 2              | yes
        """,
    )
