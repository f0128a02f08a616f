"""Accounts payable: paid when due, matched, untouched, discounts taken, unpaid."""

from datetime import date, datetime

MARCH = {
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1),
    "as_of": datetime(2026, 3, 20, 12),
}
PAYMENTS = {
    "work_items": """
        item_id | team | amount | received_at      | due_at           | cancelled_at
        1       | A    | 100    | 2026-02-10T09:00 | -                | -
        2       | A    | 100    | 2026-02-10T09:00 | -                | -
        3       | A    | 100    | 2026-02-10T09:00 | -                | -
        4       | A    | 100    | 2026-02-10T09:00 | -                | -
        5       | A    | 100    | 2026-02-10T09:00 | -                | 2026-03-09T09:00
        6       | A    | -100   | 2026-02-10T09:00 | -                | -
        7       | A    | 100    | 2026-02-10T09:00 | -                | -
        8       | A    | 100    | 2026-02-10T09:00 | 2026-03-11T17:00 | -
        9       | A    | 100    | 2026-02-10T09:00 | -                | -
        10      | A    | 100    | 2026-02-10T09:00 | -                | 2026-03-11T09:00
    """,
    "ext_accounts_payable": """
        item_id | payment_due_at   | paid_at          | duplicate_of
        1       | 2026-03-10T17:00 | 2026-03-10T17:00 | -
        2       | 2026-03-10T17:00 | 2026-03-10T17:01 | -
        3       | 2026-03-10T17:00 | -                | -
        4       | 2026-03-20T12:00 | 2026-03-02T09:00 | -
        5       | 2026-03-10T17:00 | -                | -
        6       | 2026-03-10T17:00 | -                | -
        7       | 2026-03-10T17:00 | -                | 1
        8       | -                | 2026-03-12T09:00 | -
        9       | 2026-03-10T17:00 | 2026-03-20T12:00 | -
        10      | 2026-03-10T17:00 | -                | -
    """,
}


def test_on_time_payment_counts_what_fell_due(check):
    """1 is paid at the very instant; 4 is due at the as-of moment, so not due yet; 5 was
    cancelled in time; 6 is a credit note, 7 a duplicate; 8 has the promise of its item; 9
    is paid after the as-of moment; 10 was cancelled too late."""
    check(
        "accounts_payable/paid_by_group",
        **MARCH,
        given=PAYMENTS,
        expect="""
            team | due_items | on_time_items | paid_late_items | unpaid_items
            A    | 6         | 1             | 2               | 3
        """,
    )


def test_payments_over_time_lie_in_the_day_when_they_were_due(check):
    check(
        "accounts_payable/paid_by_bucket",
        **MARCH | {"period_start": date(2026, 3, 10), "period_end": date(2026, 3, 13)},
        settings={"grain": "day"},
        given=PAYMENTS,
        expect="""
            bucket_on  | due_items | on_time_items | on_time_payment_state | is_partial
            2026-03-10 | 5         | 1             | too_few               | no
            2026-03-11 | 1         | 0             | too_few               | no
            2026-03-12 | 0         | 0             | no_value              | no
        """,
    )


def test_an_invoice_is_listed_with_what_became_of_its_payment(check):
    check(
        "records/accounts_payable",
        **MARCH,
        given=PAYMENTS,
        expect="""
            item_id | pay_outcome          | is_paid | is_unpaid | is_duplicate | age_days
            1       | on time              | yes     | no        | no           | -
            10      | unpaid               | no      | no        | no           | -
            2       | paid late            | yes     | no        | no           | -
            3       | unpaid               | no      | yes       | no           | 38
            4       | not due yet          | yes     | no        | no           | -
            5       | cancelled before due | no      | no        | no           | -
            6       | -                    | no      | yes       | no           | 38
            7       | -                    | no      | no        | yes          | -
            8       | paid late            | yes     | no        | no           | -
            9       | unpaid               | no      | yes       | no           | 38
        """,
    )


def test_first_match_and_touchless_leave_out_what_is_not_told(check):
    check(
        "accounts_payable/handling",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at
            1       | 2026-02-10T09:00
            2       | 2026-02-10T09:00
            3       | 2026-02-10T09:00
            4       | 2026-02-10T09:00
            """,
            "ext_accounts_payable": """
            item_id | approved_at      | matched_first | touches
            1       | 2026-03-01T00:00 | yes           | 0
            2       | 2026-03-19T09:00 | no            | 3
            3       | 2026-03-19T09:00 | -             | -
            4       | 2026-03-20T12:00 | yes           | 0
            """,
        },
        expect="""
            approved_items | matching_items | matched_items | touched_items | touchless_items
            3              | 2              | 1             | 2             | 1
        """,
    )


def test_duplicates_are_counted_of_ten_thousand_received(check):
    """The item that billed first is none; an item of February is not of March."""
    check(
        "accounts_payable/handling",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at
            1       | 2026-03-01T00:00
            2       | 2026-03-19T09:00
            3       | 2026-02-28T23:59
            4       | 2026-03-20T11:59
            """,
            "ext_accounts_payable": """
            item_id | duplicate_of
            1       | -
            2       | 1
            3       | 1
            4       | -
            """,
        },
        expect="""
            received_items | duplicate_items | duplicates_per_10000 | touchless_state
            3              | 1               | 3333.3               | no_value
        """,
    )


PAUSED = {
    "work_events": """
        item_id | event_at         | kind
        1       | 2026-03-02T09:00 | received
        1       | 2026-03-03T09:00 | paused
        1       | 2026-03-05T09:00 | resumed
        1       | 2026-03-06T09:00 | completed
        2       | 2026-03-02T09:00 | received
        2       | 2026-03-03T09:00 | status
        2       | 2026-03-06T09:00 | completed
    """,
    "ext_accounts_payable": """
        item_id | approved_at      | paid_at
        1       | 2026-03-06T09:00 | 2026-03-16T09:00
        2       | 2026-03-06T09:00 | 2026-03-16T09:00
    """,
}


def test_on_hold_pauses_only_by_policy(check):
    """Item 1 was paused by policy for two days; a status stopped nothing for item 2."""
    check(
        "records/accounts_payable",
        **MARCH,
        given=PAUSED,
        expect="""
            item_id | received_to_approved_days | approved_to_paid_days | received_to_paid_days
            1       | 2.0                       | 10.0                  | 12.0
            2       | 4.0                       | 10.0                  | 14.0
        """,
    )


def test_times_of_few_invoices_are_not_shown(check):
    check(
        "accounts_payable/times",
        **MARCH,
        given=PAUSED,
        expect="""
            approved_items | paid_items | received_to_paid_days_p50 | received_to_paid_days_p50_state
            2              | 2          | -                         | too_few
        """,
    )


def test_times_are_nearest_rank_of_what_was_approved_or_paid(check):
    """Received on the first five days, approved ten days later, paid after twenty."""
    days = range(1, 6)
    items = "\n".join(f"{d} | 2026-02-0{d}T09:00" for d in days)
    paid = "\n".join(f"{d} | 2026-03-0{d}T09:00 | 2026-03-05T09:00" for d in days)
    check(
        "accounts_payable/times",
        **MARCH,
        given={
            "work_items": f"item_id | received_at\n{items}",
            "ext_accounts_payable": f"item_id | approved_at | paid_at\n{paid}",
        },
        expect="""
            approved_items | received_to_approved_days_p50 | approved_to_paid_days_p50 | received_to_paid_days_p50
            5              | 28.0                          | 2.0                       | 30.0
        """,
    )


def test_days_from_approval_to_payment_rest_on_what_has_both(check):
    """Six were paid, of which four were told to be approved: too few for a median."""
    numbers = range(1, 7)
    approved = {n: "2026-03-02T09:00" if n < 5 else "-" for n in numbers}
    check(
        "accounts_payable/times",
        **MARCH,
        given={
            "work_items": "item_id | received_at\n"
            + "\n".join(f"{n} | 2026-02-02T09:00" for n in numbers),
            "ext_accounts_payable": "item_id | approved_at | paid_at\n"
            + "\n".join(f"{n} | {approved[n]} | 2026-03-04T09:00" for n in numbers),
        },
        expect="""
            paid_items | approved_paid_items | approved_to_paid_days_p50 | approved_to_paid_days_p50_state | received_to_paid_days_p50
            6          | 4                   | -                         | too_few                         | 30.0
        """,
    )


# 1 is paid before its approval, 2 approved before its receipt, 3 paid before its receipt
# and never approved, 4 has all three at one instant, 5 is paid before the period.
NEGATIVE = {
    "work_items": """
        item_id | received_at
        1       | 2026-03-02T09:00
        2       | 2026-03-02T09:00
        3       | 2026-03-02T09:00
        4       | 2026-03-02T09:00
        5       | 2026-03-02T09:00
    """,
    "ext_accounts_payable": """
        item_id | approved_at      | paid_at
        1       | 2026-03-10T09:00 | 2026-03-09T09:00
        2       | 2026-03-02T08:59 | 2026-03-09T09:00
        3       | -                | 2026-03-02T08:59
        4       | 2026-03-02T09:00 | 2026-03-02T09:00
        5       | -                | 2026-02-28T09:00
    """,
}


def test_negative_times_are_counted_and_left_out(check):
    check(
        "accounts_payable/times",
        **MARCH,
        given=NEGATIVE,
        expect="""
            approved_items | paid_items | approved_paid_items | negative_items
            2              | 3          | 2                   | 3
        """,
    )
    check(
        "accounts_payable/times_by_bucket",
        **MARCH,
        settings={"grain": "month"},
        given=NEGATIVE,
        expect="""
            paid_bucket_on | paid_items | negative_items
            2026-03-01     | 3          | 1
        """,
    )


def test_an_invoice_is_listed_with_the_times_that_count(check):
    check(
        "records/accounts_payable",
        **MARCH,
        given=NEGATIVE,
        expect="""
            item_id | is_approval_timed | is_payment_timed | is_both_timed | is_negative
            1       | yes               | yes              | no            | yes
            2       | no                | yes              | yes           | yes
            3       | no                | no               | no            | yes
            4       | yes               | yes              | yes           | no
            5       | no                | no               | no            | no
        """,
    )


def test_times_over_time_lie_in_the_day_of_the_payment(check):
    check(
        "accounts_payable/times_by_bucket",
        **MARCH,
        settings={"grain": "day"},
        given=PAUSED,
        expect="""
            paid_bucket_on | paid_items | received_to_paid_days_p50 | is_partial
            2026-03-16     | 2          | -                         | no
        """,
    )


def test_discount_taken_is_a_share_of_the_amount_of_one_currency(check):
    """Paid in March; item 4 had no discount, item 5 was paid in February."""
    answer = check(
        "accounts_payable/discounts",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at
            1       | 2026-02-10T09:00
            2       | 2026-02-10T09:00
            3       | 2026-02-10T09:00
            4       | 2026-02-10T09:00
            5       | 2026-02-10T09:00
            """,
            "ext_accounts_payable": """
            item_id | currency | paid_at          | discount_offered | discount_taken
            1       | EUR      | 2026-03-02T09:00 | 30.00            | 30.00
            2       | EUR      | 2026-03-02T09:00 | 10.00            | 0
            3       | USD      | 2026-03-02T09:00 | 5.00             | -
            4       | USD      | 2026-03-02T09:00 | 0                | 0
            5       | EUR      | 2026-02-28T09:00 | 50.00            | 50.00
            """,
        },
        expect="""
            currency | offered_items | taken_items | offered_amount | taken_amount | discount_taken_percent
            EUR      | 2             | 1           | 40.00          | 30.00        | 75.0
            USD      | 1             | 0           | 5.00           | 0.00         | 0.0
        """,
    )
    assert answer.total()["offered_items"] == 3


AGED = {
    "work_items": """
        item_id | amount | received_at      | cancelled_at
        1       | 100.10 | 2026-02-18T09:00 | -
        2       | 50.00  | 2026-02-17T09:00 | -
        3       | -20.10 | 2026-03-20T11:59 | -
        4       | 10.00  | 2026-03-20T09:00 | -
        5       | 10.00  | 2026-03-02T09:00 | 2026-03-03T09:00
        6       | 10.00  | 2026-03-02T09:00 | -
        7       | 10.00  | 2025-12-01T09:00 | -
        8       | 10.00  | 2025-12-20T09:00 | -
    """,
    "ext_accounts_payable": """
        item_id | currency | paid_at          | duplicate_of
        1       | EUR      | -                | -
        2       | EUR      | 2026-03-20T12:00 | -
        3       | EUR      | -                | -
        4       | USD      | -                | -
        5       | EUR      | -                | -
        6       | EUR      | -                | 1
        7       | EUR      | -                | -
        8       | EUR      | -                | -
    """,
}


def test_unpaid_amounts_are_aged_from_receipt_and_credit_notes_are_negative(check):
    """Day 30 is in the first band, day 31 in the second, day 90 in the third."""
    check(
        "accounts_payable/ageing",
        **MARCH,
        given=AGED,
        expect="""
            currency | age_band          | open_items | open_amount
            EUR      | 0 to 30 days      | 2          | 80.00
            EUR      | 31 to 60 days     | 1          | 50.00
            EUR      | 61 to 90 days     | 1          | 10.00
            EUR      | more than 90 days | 1          | 10.00
            USD      | 0 to 30 days      | 1          | 10.00
        """,
    )


def test_no_currency_is_added_to_another(check):
    answer = check(
        "accounts_payable/ageing",
        **MARCH,
        given=AGED,
        by=("age_band",),
        expect="""
            age_band          | open_items
            0 to 30 days      | 3
            31 to 60 days     | 1
            61 to 90 days     | 1
            more than 90 days | 1
        """,
    )
    assert "open_amount" not in answer.rows.column_names
