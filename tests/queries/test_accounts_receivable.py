"""Accounts receivable: days of sales outstanding, overdue shares, promises kept."""

from datetime import date, datetime

MARCH = {
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1),
    "as_of": datetime(2026, 3, 31),
}


def test_days_of_sales_are_receivables_by_sales_times_days(check):
    """Thirty days of March; 4 is paid, 5 cancelled, 6 of February and owed, 7 a credit note.

    1000 + 500 + 800 - 300 = 2000 owed; 1000 + 500 + 400 - 300 = 1600 sold."""
    check(
        "accounts_receivable/balances",
        **MARCH,
        zone="UTC",
        given={
            "work_items": """
            item_id | received_at      | cancelled_at
            1       | 2026-03-01T00:00 | -
            2       | 2026-03-30T23:59 | -
            4       | 2026-03-05T09:00 | -
            5       | 2026-03-05T09:00 | 2026-03-06T09:00
            6       | 2026-02-28T23:59 | -
            7       | 2026-03-05T09:00 | -
            """,
            "ext_accounts_receivable": """
            item_id | currency | credit_sales | balance | payment_due_at   | paid_at
            1       | EUR      | 1000         | 1000    | 2026-03-30T23:59 | -
            2       | EUR      | 500          | 500     | 2026-04-30T00:00 | -
            4       | EUR      | 400          | 0       | 2026-03-06T00:00 | 2026-03-30T09:00
            5       | EUR      | 700          | 700     | 2026-03-06T00:00 | -
            6       | EUR      | 900          | 800     | 2026-03-31T00:00 | -
            7       | EUR      | -300         | -300    | 2026-03-06T00:00 | -
            """,
        },
        expect="""
            sold_items | sales_amount | open_items | owed_amount | dso_days | overdue_items | overdue_amount | overdue_percent
            4          | 1600         | 4          | 2000        | 37.5     | 1             | 1000           | 50.0
        """,
    )


OWED = {
    "work_items": """
        item_id | received_at
        1       | 2026-01-05T09:00
        2       | 2026-01-05T09:00
        3       | 2026-01-05T09:00
    """,
    "ext_accounts_receivable": """
        item_id | currency | credit_sales | balance | paid_at          | unapplied_cash
        1       | EUR      | 100          | 40      | -                | -
        2       | USD      | 100          | 0       | 2026-03-31T00:00 | -
        3       | EUR      | -            | -       | -                | 70
    """,
}


def test_no_currency_is_added_to_another_and_cash_not_matched_stands_apart(check):
    answer = check(
        "accounts_receivable/balances",
        **MARCH,
        told_as_of=datetime(2026, 3, 31),
        given=OWED,
        expect="""
            currency | open_items | owed_amount | unapplied_items | unapplied_amount | dso_days
            EUR      | 1          | 40          | 1               | 70               | -
            USD      | 1          | 100         | 0               | 0                | -
        """,
    )
    total = answer.total()
    assert total["open_items"] == 2
    assert "owed_amount" not in total
    assert "dso_days" not in total


def test_what_was_owed_in_the_past_is_the_whole_of_what_was_not_paid(check):
    """Payments in part and cash not matched bear no date, so they are of now only."""
    check(
        "accounts_receivable/balances",
        **MARCH | {"as_of": datetime(2026, 3, 10)},
        told_as_of=datetime(2026, 3, 31),
        given=OWED,
        expect="""
            currency | open_items | owed_amount | unapplied_items | unapplied_amount
            EUR      | 1          | 100         | -               | -
            USD      | 1          | 100         | -               | -
        """,
    )


AGED = {
    "work_items": """
        item_id | received_at      | due_at
        1       | 2026-01-01T09:00 | -
        2       | 2026-01-01T09:00 | -
        3       | 2026-01-01T09:00 | 2026-02-28T17:00
        4       | 2026-01-01T09:00 | -
        5       | 2026-01-01T09:00 | -
    """,
    "ext_accounts_receivable": """
        item_id | currency | balance | payment_due_at
        1       | EUR      | 10      | 2026-03-31T00:00
        2       | EUR      | 20      | 2026-03-01T17:00
        3       | EUR      | 30      | -
        4       | EUR      | -40     | 2026-02-01T17:00
        5       | EUR      | 50      | 2025-12-30T17:00
    """,
}


def test_receivables_are_aged_from_the_day_they_were_due(check):
    """1 is due at the as-of moment; 2 is 30 days overdue, 3 31 days by its promise."""
    check(
        "accounts_receivable/ageing",
        **MARCH,
        given=AGED,
        expect="""
            overdue_band      | open_items | owed_amount
            not due           | 1          | 10
            0 to 30 days      | 1          | 20
            31 to 60 days     | 1          | 30
            more than 90 days | 1          | 50
            credit note       | 1          | -40
        """,
    )


def test_a_receivable_is_listed_with_its_days_overdue(check):
    check(
        "records/accounts_receivable",
        **MARCH,
        given=AGED,
        expect="""
            item_id | is_open | amount_owed | is_overdue | days_overdue | overdue_band
            1       | yes     | 10          | no         | -            | not due
            2       | yes     | 20          | yes        | 30           | 0 to 30 days
            3       | yes     | 30          | yes        | 31           | 31 to 60 days
            4       | yes     | -40         | no         | -            | credit note
            5       | yes     | 50          | yes        | 91           | more than 90 days
        """,
    )


def test_a_promise_is_kept_by_payment_in_full_at_its_end_or_before(check):
    """4 is not due yet, and 5 ended before the period."""
    check(
        "accounts_receivable/promises_by_bucket",
        period_start=date(2026, 3, 9),
        period_end=date(2026, 3, 12),
        as_of=datetime(2026, 3, 11, 12),
        settings={"grain": "day"},
        given={
            "work_items": """
            item_id | received_at
            1       | 2026-01-05T09:00
            2       | 2026-01-05T09:00
            3       | 2026-01-05T09:00
            4       | 2026-01-05T09:00
            5       | 2026-01-05T09:00
            """,
            "ext_accounts_receivable": """
            item_id | promised_at      | paid_at
            1       | 2026-03-10T17:00 | 2026-03-10T17:00
            2       | 2026-03-10T17:00 | 2026-03-10T17:01
            3       | 2026-03-10T17:00 | -
            4       | 2026-03-11T12:00 | 2026-03-10T09:00
            5       | 2026-03-08T23:59 | 2026-03-08T09:00
            """,
        },
        expect="""
            bucket_on  | promised_items | kept_items | promises_kept_state | is_partial
            2026-03-09 | 0              | 0          | no_value            | no
            2026-03-10 | 3              | 1          | too_few             | no
            2026-03-11 | 0              | 0          | no_value            | yes
        """,
    )
