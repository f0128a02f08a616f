"""Outside work: turnaround, acceptance, hours used and bought."""

from datetime import date, datetime

from tests.queries.test_working_hours import OFFICE

MARCH = {
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1),
    "as_of": datetime(2026, 4, 1),
}
# 2 is refused, 3 not judged, 4 waits, 5 delivered only at the as-of moment, 6 cancelled
# before, 7 delivered before it was received, 8 in February.
WORK = OFFICE | {
    "employees": """
    employee | employment
    V1       | virtual assistant
    O1       | outsourced
    """,
    "work_items": """
    item_id | employee | received_at      | cancelled_at
    1       | V1       | 2026-03-10T16:00 | -
    2       | V1       | 2026-03-10T16:00 | -
    3       | O1       | 2026-03-10T16:00 | -
    4       | O1       | 2026-03-10T16:00 | -
    5       | O1       | 2026-03-10T16:00 | -
    6       | O1       | 2026-03-10T16:00 | 2026-03-11T09:00
    7       | O1       | 2026-03-10T16:00 | -
    8       | O1       | 2026-02-10T16:00 | -
    """,
    "ext_outsourced": """
    item_id | delivered_at     | accepted_first | hours_bought
    1       | 2026-03-11T10:00 | yes            | 2.5
    2       | 2026-03-11T10:00 | no             | 1.5
    3       | 2026-03-11T10:00 | -              | 3
    4       | -                | -              | 3
    5       | 2026-04-01T00:00 | yes            | 3
    6       | -                | -              | 3
    7       | 2026-03-10T15:00 | yes            | 3
    8       | 2026-02-28T23:59 | yes            | 3
    """,
}


def test_turnaround_is_working_time_from_receipt_to_first_delivery(check):
    check(
        "records/outsourced",
        **MARCH,
        given=WORK,
        where=(("is_delivered", ("true",)),),
        expect="""
            item_id | employment        | delivery_work_hours | acceptance
            1       | virtual assistant | 2.0                   | accepted
            2       | virtual assistant | 2.0                   | refused
            3       | outsourced        | 2.0                   | -
        """,
    )


def test_what_waits_is_counted_and_in_no_percentile(check):
    check(
        "outsourced/turnaround",
        **MARCH,
        given=WORK,
        expect="""
            employment        | delivered_items | waiting_items | negative_items | delivery_work_hours_p50
            outsourced        | 1               | 2             | 1              | -
            virtual assistant | 2               | 0             | 0              | -
        """,
    )


def test_accepted_at_first_delivery_is_a_share_of_what_was_judged(check):
    check(
        "outsourced/delivered_by_bucket",
        **MARCH,
        given=WORK,
        expect="""
            bucket_on  | delivered_items | judged_items | accepted_items | accepted_first_state
            2026-03-09 | 3               | 2            | 1              | too_few
        """,
    )


def test_five_deliveries_have_a_median_turnaround(check):
    numbers = range(1, 6)
    check(
        "outsourced/delivered_by_bucket",
        **MARCH,
        given=OFFICE
        | {
            "work_items": "item_id | received_at\n"
            + "\n".join(f"{n} | 2026-03-10T09:00" for n in numbers),
            "ext_outsourced": "item_id | delivered_at\n"
            + "\n".join(f"{n} | 2026-03-10T09:{10 * n}" for n in numbers),
        },
        expect="""
            delivered_items | delivery_work_hours_p50 | delivery_work_hours_p85
            5               | 0.5                       | -
        """,
    )


def test_hours_used_are_core_hours_of_outside_people_beside_the_hours_bought(check):
    """Own people, meetings, the as-of day and April do not count.

    Of one virtual assistant alone the hours would tell too much: they stay empty.
    """
    people = "".join(f"O{n} | outsourced\n" for n in range(1, 6))
    hours = "".join(f"O{n} | 2026-03-02 | core | 60\n" for n in range(1, 6))
    check(
        "outsourced/hours",
        **(MARCH | {"as_of": datetime(2026, 3, 31, 12)}),
        given=WORK
        | {
            "employees": f"employee | employment\n{people}"
            "V1 | virtual assistant\nW1 | own",
            "time_entries": f"employee | work_date | kind | minutes\n{hours}"
            """
            O1 | 2026-03-03 | core     | 30
            O1 | 2026-03-03 | diverted | 60
            O1 | 2026-03-31 | core     | 60
            O1 | 2026-02-28 | core     | 60
            W1 | 2026-03-03 | core     | 60
            V1 | 2026-03-03 | core     | 60
            """,
        },
        expect="""
            employment        | people | used_hours | bought_hours | hours_used_percent
            outsourced        | 5      | 5.5        | 3.0          | 183.3
            virtual assistant | 1      | -          | 4.0          | -
        """,
    )


def test_hours_without_hours_bought_have_no_value(check):
    people = "".join(f"O{n} | outsourced\n" for n in range(1, 6))
    hours = "".join(f"O{n} | 2026-03-02 | core | 60\n" for n in range(1, 6))
    check(
        "outsourced/hours",
        **MARCH,
        given={
            "work_items": "item_id | received_at\n1 | 2026-03-02T09:00",
            "employees": f"employee | employment\n{people}",
            "time_entries": f"employee | work_date | kind | minutes\n{hours}",
        },
        expect="""
            employment | used_hours | bought_hours | hours_used_percent_state
            outsourced | 5.0        | -            | no_value
        """,
    )
