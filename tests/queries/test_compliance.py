"""Compliance: legal deadlines in calendar days, days left, evidence."""

from datetime import date, datetime

MARCH = {
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1),
    "as_of": datetime(2026, 3, 31, 12),
}
# 1 was done late in the evening of the last day, 2 a minute after it, 3 is open, 4 was
# cancelled in time and 5 too late; the last day of 6 is not over, that of 7 was earlier.
DUE = {
    "work_items": """
    item_id | received_at      | completed_at     | cancelled_at
    1       | 2026-02-02T09:00 | 2026-03-10T23:59 | -
    2       | 2026-02-02T09:00 | 2026-03-11T00:00 | -
    3       | 2026-02-02T09:00 | -                | -
    4       | 2026-02-02T09:00 | -                | 2026-03-10T09:00
    5       | 2026-02-02T09:00 | -                | 2026-03-11T09:00
    6       | 2026-02-02T09:00 | 2026-03-10T09:00 | -
    7       | 2026-02-02T09:00 | -                | -
    8       | 2026-02-02T09:00 | -                | -
    """,
    "ext_compliance": """
    item_id | statutory_due | evidence_required | evidence_present
    1       | 2026-03-10    | 3                 | 3
    2       | 2026-03-10    | 3                 | 1
    3       | 2026-03-10    | 2                 | -
    4       | 2026-03-10    | -                 | -
    5       | 2026-03-10    | 1                 | 0
    6       | 2026-03-31    | 0                 | 0
    7       | 2026-02-28    | 1                 | 2
    8       | -             | -                 | -
    """,
}


def test_a_legal_deadline_is_the_whole_last_day_in_calendar_days(check):
    check(
        "compliance/deadlines_by_bucket",
        **MARCH,
        given=DUE,
        expect="""
            due_items | met_items | late_items | late_completed_items | late_open_items | late_cancelled_items
            4         | 1         | 3          | 1                    | 1               | 1
        """,
    )


def test_a_deadline_counts_once_its_day_is_over(check):
    check(
        "compliance/deadlines_by_bucket",
        **(MARCH | {"as_of": datetime(2026, 4, 1)}),
        given=DUE,
        settings={"grain": "month"},
        expect="""
            bucket_on  | due_items | met_items
            2026-03-01 | 5         | 2
        """,
    )


def test_each_late_case_is_a_row_with_its_days(check):
    check(
        "records/compliance",
        **MARCH,
        given=DUE,
        where=(("outcome", ("late completed", "late open", "late cancelled")),),
        expect="""
            item_id | outcome        | late_days
            2       | late completed | 1
            3       | late open      | 21
            5       | late cancelled | 1
        """,
    )


def test_days_left_are_calendar_days_and_the_last_day_has_none(check):
    days = ("03-30", "03-31", "04-07", "04-08", "06-29", "06-30")
    check(
        "compliance/days_left",
        **MARCH,
        given={
            "work_items": "item_id | received_at\n"
            + "\n".join(f"{n} | 2026-03-02T09:00" for n in range(7)),
            "ext_compliance": "item_id | statutory_due | evidence_required\n"
            + "\n".join(f"{n} | 2026-{day} | 1" for n, day in enumerate(days))
            + "\n6 | - | -",
        },
        expect="""
            left_band          | open_items | incomplete_items
            past the deadline  | 1          | 1
            0 to 7 days left   | 2          | 2
            8 to 14 days left  | 1          | 1
            31 to 90 days left | 1          | 1
            over 90 days left  | 1          | 1
            no legal deadline  | 1          | 0
        """,
    )


def test_evidence_is_complete_where_every_piece_is_on_file(check):
    """More than is required makes up for nothing elsewhere; 6 needs none."""
    check(
        "compliance/evidence",
        **MARCH,
        given=DUE,
        expect="""
            case_state | evidence_items | complete_items | missing_pieces | evidence_complete_state
            completed  | 2              | 1              | 2              | too_few
            open       | 2              | 1              | 2              | too_few
        """,
    )


def test_without_cases_no_deadline_counts(check):
    check(
        "compliance/deadlines_by_bucket",
        **MARCH,
        given={"work_items": "item_id | received_at\n1 | 2026-03-02T09:00"},
        expect="due_items",
    )
