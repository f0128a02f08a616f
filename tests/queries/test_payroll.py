"""Payroll: error-free payslips, gaps between errors, runs, corrections and closes."""

from datetime import date, datetime

MARCH = {
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1),
    "as_of": datetime(2026, 4, 1),
}
SLIPS = {
    "work_items": """
        item_id | received_at      | completed_at
        1       | 2026-02-20T09:00 | 2026-03-01T00:00
        2       | 2026-02-20T09:00 | 2026-03-02T09:00
        3       | 2026-02-20T09:00 | 2026-03-02T10:00
        4       | 2026-02-20T09:00 | 2026-03-02T11:00
        5       | 2026-02-20T09:00 | 2026-03-02T12:00
        6       | 2026-02-20T09:00 | 2026-03-02T13:00
        7       | 2026-02-20T09:00 | 2026-04-01T00:00
        8       | 2026-02-20T09:00 | 2026-03-02T09:30
    """,
    "ext_payroll": """
        item_id | off_cycle | correction_amount | currency | close_task
        1       | no        | -                 | -        | -
        2       | yes       | 30.00             | EUR      | -
        3       | no        | 0                 | EUR      | -
        4       | no        | -                 | -        | -
        5       | no        | -12.50            | EUR      | -
        6       | no        | 8.00              | USD      | -
        7       | no        | 99.00             | EUR      | -
        8       | no        | 99.00             | EUR      | Ledger
    """,
}


def test_a_slip_with_a_correction_is_no_error_free_one(check):
    """3 was corrected by nothing; 7 was completed later, and 8 is the task of a close."""
    check(
        "payroll/slips_by_bucket",
        **MARCH | {"period_start": date(2026, 3, 1), "period_end": date(2026, 3, 4)},
        settings={"grain": "day"},
        given=SLIPS,
        expect="""
            bucket_on  | slips | error_free_slips | corrected_slips | off_cycle_slips | error_free_state
            2026-03-01 | 1     | 1                | 0               | 0               | too_few
            2026-03-02 | 5     | 2                | 3               | 1               | too_few
            2026-03-03 | 0     | 0                | 0               | 0               | no_value
        """,
    )


def test_gaps_count_error_free_slips_between_errors(check):
    """The first error of all has none before it."""
    check(
        "payroll/error_gaps",
        **MARCH,
        given=SLIPS,
        expect="""
            error_number | item_id | good_items
            2            | 5       | 2
            3            | 6       | 0
        """,
    )


def test_a_gap_does_not_depend_on_where_the_period_starts(check):
    """The error before 5 is 2, completed the day before; 3 and 4 lie between them."""
    check(
        "payroll/error_gaps",
        period_start=date(2026, 3, 3),
        period_end=date(2026, 4, 1),
        as_of=datetime(2026, 4, 1),
        given={
            "work_items": """
            item_id | received_at      | completed_at
            2       | 2026-02-20T09:00 | 2026-03-02T09:00
            3       | 2026-02-20T09:00 | 2026-03-02T10:00
            4       | 2026-02-20T09:00 | 2026-03-03T00:00
            5       | 2026-02-20T09:00 | 2026-03-03T12:00
            6       | 2026-02-20T09:00 | 2026-04-01T00:00
            """,
            "ext_payroll": """
            item_id | correction_amount
            2       | 30.00
            3       | -
            4       | -
            5       | 8.00
            6       | 8.00
            """,
        },
        expect="""
            error_number | item_id | good_items
            2            | 5       | 2
        """,
    )


def test_too_little_and_too_much_are_added_up_by_currency(check):
    answer = check(
        "payroll/corrections",
        **MARCH,
        given=SLIPS,
        expect="""
            currency | corrected_slips | paid_amount | taken_back_amount | corrected_amount
            EUR      | 2               | 30.00       | 12.50             | 42.50
            USD      | 1               | 8.00        | 0.00              | 8.00
        """,
    )
    assert "corrected_amount" not in answer.total()


def test_a_slip_is_listed_with_what_went_wrong(check):
    check(
        "records/payroll",
        **MARCH,
        given=SLIPS,
        expect="""
            item_id | is_slip | is_error | is_off_cycle | correction | is_task
            1       | yes     | no       | no           | -          | no
            2       | yes     | yes      | yes          | 30.00      | no
            3       | yes     | no       | no           | 0.00       | no
            4       | yes     | no       | no           | -          | no
            5       | yes     | yes      | no           | -12.50     | no
            6       | yes     | yes      | no           | 8.00       | no
        """,
    )


def test_one_late_slip_makes_a_run_late(check):
    """Run a: 2 is off-cycle, 3 cancelled, and 1 is ready at the very instant. Run b: 5 is
    late. Run c has no date, so its last promise holds. Run d is due at the as-of moment."""
    check(
        "payroll/runs",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at      | due_at           | completed_at     | cancelled_at
            1       | 2026-02-20T09:00 | -                | 2026-03-25T17:00 | -
            2       | 2026-02-20T09:00 | -                | 2026-03-30T09:00 | -
            3       | 2026-02-20T09:00 | -                | -                | 2026-03-05T09:00
            4       | 2026-02-20T09:00 | -                | 2026-03-25T17:00 | -
            5       | 2026-02-20T09:00 | -                | 2026-03-25T17:01 | -
            6       | 2026-02-20T09:00 | 2026-03-27T17:00 | -                | -
            7       | 2026-02-20T09:00 | 2026-03-26T17:00 | 2026-03-27T09:00 | -
            8       | 2026-02-20T09:00 | -                | 2026-03-05T09:00 | -
            """,
            "ext_payroll": """
            item_id | run_id | run_due_at       | off_cycle
            1       | a      | 2026-03-25T17:00 | no
            2       | a      | 2026-03-25T17:00 | yes
            3       | a      | 2026-03-25T17:00 | -
            4       | b      | 2026-03-25T17:00 | no
            5       | b      | 2026-03-25T17:00 | no
            6       | c      | -                | -
            7       | c      | -                | -
            8       | d      | 2026-04-01T00:00 | no
            """,
        },
        expect="""
            run_id | run_due_at       | run_slips | late_slips | ready_at         | on_time_runs
            a      | 2026-03-25T17:00 | 1         | 0          | 2026-03-25T17:00 | 1
            b      | 2026-03-25T17:00 | 2         | 1          | 2026-03-25T17:01 | 0
            c      | 2026-03-27T17:00 | 2         | 1          | -                | 0
        """,
    )


# The office works Monday to Friday; 3 and 6 April 2026 are closed.
OFFICE = {
    "calendars": """
        calendar | zone          | is_default
        office   | Europe/Berlin | yes
    """,
    "calendar_windows": "calendar | weekday | opens | closes\n"
    + "\n".join(f"office | {weekday} | 09:00 | 17:00" for weekday in range(1, 6)),
    "calendar_exceptions": """
        calendar | day
        office   | 2026-04-03
        office   | 2026-04-06
    """,
}
TASKS = """
    item_id | received_at      | due_at           | completed_at     | cancelled_at
    1       | 2026-03-30T09:00 | 2026-04-02T17:00 | 2026-03-31T17:00 | -
    2       | 2026-03-30T09:00 | 2026-04-02T17:00 | 2026-04-07T09:00 | -
    3       | 2026-03-30T09:00 | 2026-04-08T17:00 | -                | 2026-04-02T09:00
    4       | 2026-03-30T09:00 | 2026-04-30T17:00 | 2026-04-30T17:00 | -
    5       | 2026-03-30T09:00 | 2026-04-30T17:00 | -                | -
"""
CLOSES = """
    item_id | run_id | close_task | period_end_on
    1       | march  | Accruals   | 2026-03-31
    2       | march  | Journal    | 2026-03-31
    3       | march  | Review     | 2026-03-31
    4       | april  | Accruals   | 2026-03-31
    5       | april  | Journal    | 2026-03-31
"""


def test_a_close_ends_on_the_working_day_of_its_last_task(check):
    """1, 2 and 7 April are working days: the third. A close with an open task has none."""
    check(
        "payroll/closes",
        period_start=date(2026, 4, 1),
        period_end=date(2026, 5, 1),
        as_of=datetime(2026, 5, 1),
        given={"work_items": TASKS, "ext_payroll": CLOSES, **OFFICE},
        expect="""
            run_id | tasks | done_tasks | open_tasks | due_tasks | on_time_tasks | close_day
            april  | 2     | 1          | 1          | 2         | 1             | -
            march  | 3     | 2          | 0          | 2         | 1             | 3
        """,
    )


def test_a_close_is_not_closed_before_its_last_task_is_done(check):
    check(
        "payroll/closes",
        period_start=date(2026, 4, 1),
        period_end=date(2026, 4, 10),
        as_of=datetime(2026, 4, 7, 9),
        given={"work_items": TASKS, "ext_payroll": CLOSES, **OFFICE},
        expect="""
            run_id | done_tasks | open_tasks | due_tasks | on_time_tasks | close_day
            march  | 1          | 1          | 2         | 1             | -
        """,
    )
