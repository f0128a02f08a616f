"""Orders: lines on time and in full, perfect orders, and what is behind."""

from datetime import date, datetime

MARCH = {
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1),
    "as_of": datetime(2026, 4, 1),
}
DP1 = {
    "work_items": """
        item_id | received_at
        1       | 2026-03-02T09:00
        2       | 2026-03-02T09:00
        3       | 2026-03-02T09:00
        4       | 2026-03-02T09:00
    """,
    "ext_order_management": """
        item_id | order_id | qty_ordered | qty_delivered | delivered_at     | requested_at
        1       | 1        | 10          | 10            | 2026-03-10T17:00 | 2026-03-10T17:00
        2       | 1        | 5           | 4             | 2026-03-10T17:00 | 2026-03-10T17:00
        3       | 2        | 2           | 2             | 2026-03-11T09:00 | 2026-03-10T17:00
        4       | 3        | 1           | 1             | 2026-03-09T09:00 | 2026-03-10T17:00
    """,
}


def test_a_line_is_on_time_and_in_full_or_it_fails(check):
    """DP1: two of four lines, 50.0 %; a partial shipment fails."""
    answer = check(
        "order_management/otif_by_group",
        **MARCH,
        given=DP1,
        expect="""
            requested_due_lines | requested_otif_lines | partial_lines | late_lines | undelivered_lines
            4                   | 2                    | 1             | 1          | 0
        """,
    )
    [row] = answer.rows.to_pylist()
    assert row["otif_state"] == "too_few"


def test_an_order_is_perfect_if_every_line_is(check):
    """DP1: one of three orders, 33.3 %."""
    check(
        "order_management/perfect_orders_by_bucket",
        **MARCH,
        settings={"grain": "month"},
        given=DP1,
        expect="""
            bucket_on  | due_orders | perfect_orders | is_partial
            2026-03-01 | 3          | 1              | no
        """,
    )


def test_an_order_is_listed_with_its_lines(check):
    check(
        "records/orders",
        **MARCH,
        given=DP1,
        expect="""
            order_id | due_lines | otif_lines | is_perfect
            1        | 2         | 1          | no
            2        | 1         | 0          | no
            3        | 1         | 1          | yes
        """,
    )


def test_an_order_counts_when_its_last_line_is_due(check):
    """Order 1 has a line of April; of order 2 the line of April was cancelled in time."""
    check(
        "order_management/perfect_orders_by_bucket",
        **MARCH,
        settings={"grain": "month"},
        given={
            "work_items": """
            item_id | received_at      | cancelled_at
            1       | 2026-03-02T09:00 | -
            2       | 2026-03-02T09:00 | -
            3       | 2026-03-02T09:00 | -
            4       | 2026-03-02T09:00 | 2026-03-05T09:00
            """,
            "ext_order_management": """
            item_id | order_id | qty_ordered | qty_delivered | delivered_at     | requested_at
            1       | 1        | 1           | 1             | 2026-03-09T09:00 | 2026-03-10T17:00
            2       | 1        | 1           | 0             | -                | 2026-04-01T00:00
            3       | 2        | 1           | 1             | 2026-03-09T09:00 | 2026-03-10T17:00
            4       | 2        | 1           | 0             | -                | 2026-04-10T17:00
            """,
        },
        expect="""
            due_orders | perfect_orders
            1          | 1
        """,
    )


THREE_DATES = {
    "work_items": """
        item_id | received_at      | first_due_at     | due_at           | cancelled_at
        1       | 2026-02-20T09:00 | 2026-03-10T17:00 | 2026-03-20T17:00 | -
        2       | 2026-02-20T09:00 | 2026-03-10T17:00 | 2026-04-02T17:00 | -
        3       | 2026-02-20T09:00 | 2026-03-10T17:00 | 2026-03-10T17:00 | 2026-03-10T17:00
        4       | 2026-02-20T09:00 | -                | 2026-03-31T23:59 | -
    """,
    "ext_order_management": """
        item_id | order_id | qty_ordered | qty_delivered | delivered_at     | requested_at
        1       | a        | 3           | 3             | 2026-03-15T09:00 | 2026-02-27T17:00
        2       | a        | 3           | 3             | 2026-03-05T09:00 | 2026-03-01T00:00
        3       | b        | 3           | 0             | -                | 2026-03-10T16:59
        4       | b        | 3           | 3             | 2026-04-01T00:00 | -
    """,
}


def test_lines_are_judged_against_request_first_and_last_promise(check):
    """3 was cancelled before it was due, but after it was requested; 4 was delivered at the
    as-of moment, which is not before it."""
    check(
        "order_management/otif_by_group",
        **MARCH,
        given=THREE_DATES,
        expect="""
            requested_due_lines | requested_otif_lines | first_due_lines | first_otif_lines | last_due_lines | last_otif_lines
            2                   | 0                    | 3               | 1                | 2              | 1
        """,
    )


def test_a_line_is_listed_with_what_became_of_each_date(check):
    check(
        "records/order_management",
        **MARCH,
        given=THREE_DATES,
        expect="""
            item_id | requested_outcome | first_outcome        | last_outcome         | is_backorder
            1       | -                 | late in full         | on time in full      | no
            2       | late in full      | on time in full      | -                    | no
            3       | not delivered     | cancelled before due | cancelled before due | no
            4       | -                 | not delivered        | not delivered        | yes
        """,
    )


def test_lines_over_time_lie_in_the_day_of_the_request(check):
    check(
        "order_management/otif_by_bucket",
        **MARCH | {"period_start": date(2026, 3, 9), "period_end": date(2026, 3, 11)},
        settings={"grain": "day"},
        given=DP1,
        expect="""
            bucket_on  | requested_due_lines | requested_otif_lines | otif_state | is_partial
            2026-03-09 | 0                   | 0                    | no_value   | no
            2026-03-10 | 4                   | 2                    | too_few    | no
        """,
    )


BEHIND = {
    "work_items": """
        item_id | received_at      | due_at           | cancelled_at
        1       | 2026-02-20T09:00 | -                | -
        2       | 2026-02-20T09:00 | 2026-03-24T17:00 | -
        3       | 2026-02-20T09:00 | -                | -
        4       | 2026-02-20T09:00 | -                | 2026-03-30T09:00
        5       | 2026-02-20T09:00 | -                | -
        6       | 2026-02-20T09:00 | -                | -
    """,
    "ext_order_management": """
        item_id | qty_ordered | qty_delivered | delivered_at     | requested_at
        1       | 10          | 4             | 2026-03-20T09:00 | 2026-03-25T17:00
        2       | 3           | 0             | -                | -
        3       | 5           | 5             | 2026-04-01T00:00 | 2026-03-01T17:00
        4       | 5           | 0             | -                | 2026-03-01T17:00
        5       | 5           | 0             | -                | 2026-04-01T00:00
        6       | 5           | 5             | 2026-03-31T23:59 | 2026-03-01T17:00
    """,
}


def test_a_line_in_part_or_not_delivered_is_behind_since_it_was_wanted(check):
    """3 is delivered at the as-of moment; 4 is cancelled, 5 not due yet, 6 delivered."""
    check(
        "order_management/backorders",
        **MARCH,
        given=BEHIND,
        expect="""
            behind_lines | missing_units | longest_days | behind_days_p50 | behind_days_p50_state
            3            | 14            | 31           | -               | too_few
        """,
    )


def test_backorders_stand_by_the_days_since_they_were_wanted(check):
    """Day 7 is in the first band, day 8 in the second."""
    check(
        "order_management/backorders_by_age",
        **MARCH,
        given=BEHIND,
        expect="""
            behind_band       | behind_lines | missing_units
            0 to 7 days       | 1            | 6
            8 to 14 days      | 1            | 3
            more than 30 days | 1            | 5
        """,
    )


NOT_IN_FULL = {
    "work_items": """
        item_id | received_at      | due_at
        1       | 2026-03-02T09:00 | 2026-03-10T17:00
        2       | 2026-03-02T09:00 | 2026-03-10T17:00
        3       | 2026-03-02T09:00 | 2026-03-10T17:00
        4       | 2026-03-02T09:00 | 2026-03-10T17:00
        5       | 2026-03-02T09:00 | 2026-03-10T17:00
    """,
    "ext_order_management": """
        item_id | qty_ordered | qty_delivered | delivered_at     | requested_at
        1       | 5           | 0             | 2026-03-09T09:00 | 2026-03-10T17:00
        2       | 5           | -             | 2026-03-09T09:00 | 2026-03-10T17:00
        3       | -           | 5             | 2026-03-09T09:00 | 2026-03-10T17:00
        4       | 5           | 6             | 2026-03-10T17:00 | 2026-03-10T17:00
        5       | 5           | 0             | 2026-03-11T09:00 | 2026-03-10T17:00
    """,
}


def test_a_delivery_of_nothing_or_of_an_unknown_quantity_is_not_in_full(check):
    """Against each of the three dates; more than was ordered is in full."""
    check(
        "order_management/otif_by_group",
        **MARCH,
        given=NOT_IN_FULL,
        expect="""
            requested_due_lines | requested_otif_lines | first_otif_lines | last_otif_lines | late_lines | undelivered_lines
            5                   | 1                    | 1                | 1               | 0          | 4
        """,
    )
    check(
        "order_management/otif_by_bucket",
        **MARCH,
        settings={"grain": "month"},
        given=NOT_IN_FULL,
        expect="""
            requested_due_lines | requested_otif_lines
            5                   | 1
        """,
    )


def test_a_line_not_in_full_is_listed_as_not_delivered(check):
    check(
        "records/order_management",
        **MARCH,
        given=NOT_IN_FULL,
        expect="""
            item_id | requested_outcome | first_outcome   | last_outcome
            1       | not delivered     | not delivered   | not delivered
            2       | not delivered     | not delivered   | not delivered
            3       | not delivered     | not delivered   | not delivered
            4       | on time in full   | on time in full | on time in full
            5       | not delivered     | not delivered   | not delivered
        """,
    )
