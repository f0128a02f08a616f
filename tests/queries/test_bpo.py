"""BPO: turnaround, critical accuracy, volume and credits, each client for itself."""

from datetime import date, datetime

from dashboard import gate
from dashboard.answers import Question
from dashboard.filters import Filters

MARCH = {
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1),
    "as_of": datetime(2026, 4, 1),
}
# The client's hours: Monday to Friday, 09:00 to 17:00 in London, an hour behind Berlin.
HOURS = {
    "calendars": """
        calendar | zone          | is_default
        ours     | Europe/Berlin | yes
        theirs   | Europe/London | no
    """,
    "calendar_windows": "calendar | weekday | opens | closes\n"
    + "\n".join(f"theirs | {day} | 09:00 | 17:00" for day in range(1, 6))
    + "\n"
    + "\n".join(f"ours | {day} | 00:00 | 24:00" for day in range(1, 8)),
}


def test_turnaround_is_counted_in_the_calendar_and_zone_of_the_contract(check):
    """Friday 16:00 to Monday 10:00 in London are two hours; 1 is within at the very minute.

    2 takes a minute longer; 3 has no calendar of its own, so that of the item counts."""
    check(
        "records/bpo",
        **MARCH,
        given={
            "work_items": """
            item_id | client | received_at      | completed_at
            1       | A      | 2026-03-06T17:00 | 2026-03-09T11:00
            2       | A      | 2026-03-06T17:00 | 2026-03-09T11:01
            3       | B      | 2026-03-06T17:00 | 2026-03-06T19:00
            """,
            "ext_bpo": """
            item_id | contract_minutes | calendar
            1       | 120              | theirs
            2       | 120              | theirs
            3       | 119              | -
            """,
            **HOURS,
        },
        expect="""
            item_id | turnaround_minutes | is_completed | is_within | credit_state
            1       | 120.0              | yes          | yes       | -
            2       | 121.0              | yes          | no        | owed
            3       | 120.0              | yes          | no        | owed
        """,
    )


def test_a_pause_by_policy_does_not_count_against_the_contract(check):
    """Eight working hours from Monday 09:00 in London, of which two were paused."""
    check(
        "records/bpo",
        **MARCH,
        given={
            "work_events": """
            item_id | event_at         | kind
            1       | 2026-03-09T10:00 | received
            1       | 2026-03-09T12:00 | paused
            1       | 2026-03-09T14:00 | resumed
            1       | 2026-03-09T18:00 | completed
            2       | 2026-03-31T10:00 | received
            2       | 2026-03-31T12:00 | paused
            """,
            "ext_bpo": """
            item_id | contract_minutes | calendar
            1       | 360              | theirs
            2       | 140              | theirs
            """,
            **HOURS,
        },
        expect="""
            item_id | turnaround_minutes | is_within | credit_state
            1       | 360.0              | yes       | -
            2       | 120.0              | no        | at risk
        """,
    )


CONTRACTS = {
    "work_items": """
        item_id | client | received_at      | completed_at     | cancelled_at
        1       | A      | 2026-03-09T10:00 | 2026-03-09T12:00 | -
        2       | A      | 2026-03-09T10:00 | 2026-03-09T13:00 | -
        3       | A      | 2026-03-09T10:00 | -                | 2026-03-10T09:00
        4       | B      | 2026-03-09T10:00 | 2026-03-09T12:00 | -
        5       | B      | 2026-03-09T10:00 | 2026-03-09T12:00 | -
        6       | B      | 2026-02-27T10:00 | 2026-02-28T12:00 | -
    """,
    "ext_bpo": """
        item_id | contract_minutes
        1       | 150
        2       | 150
        3       | 150
        4       | 150
        5       | -
        6       | 150
    """,
    "quality_reviews": """
        review_id | item_id | work_date  | reviewed_at      | design   | defects | critical_defects
        1         | 1       | 2026-03-09 | 2026-03-10T09:00 | random   | 3       | 0
        2         | 2       | 2026-03-09 | 2026-03-10T09:00 | random   | 1       | 1
        3         | 2       | 2026-03-09 | 2026-03-11T09:00 | random   | 0       | 0
        4         | 4       | 2026-03-09 | 2026-03-10T09:00 | targeted | 1       | 1
        5         | 6       | 2026-02-28 | 2026-03-10T09:00 | random   | 1       | 1
    """,
}


def test_each_client_has_its_own_turnaround_and_accuracy(check):
    """Cancelled items, and those without contract for their turnaround, are left out."""
    check(
        "bpo/contracts",
        **MARCH,
        given=CONTRACTS,
        expect="""
            client | contract_items | within_items | reviewed_items | accurate_items | critical_accuracy_state
            A      | 2              | 1            | 2              | 1              | too_few
            B      | 1              | 1            | 0              | 0              | no_value
        """,
    )


def test_accuracy_is_unknown_where_no_source_tells_critical_defects(check):
    reviews = """
        review_id | item_id | work_date  | reviewed_at      | design | defects
        1         | 1       | 2026-03-09 | 2026-03-10T09:00 | random | 1
    """
    check(
        "bpo/contracts",
        **MARCH,
        given=CONTRACTS | {"quality_reviews": reviews},
        expect="""
            client | reviewed_items | accurate_items
            A      | 1              | -
            B      | 0              | -
        """,
    )


def test_what_is_negative_or_unknown_is_neither_within_nor_beyond(check):
    """1 is completed before its receipt, 2 at that instant; the calendar of 3 and 4 is none."""
    given = {
        "work_items": """
        item_id | client | received_at      | completed_at
        1       | A      | 2026-03-09T10:00 | 2026-03-09T09:59
        2       | A      | 2026-03-09T10:00 | 2026-03-09T10:00
        3       | A      | 2026-03-09T10:00 | 2026-03-09T12:00
        4       | A      | 2026-03-09T10:00 | -
        """,
        "ext_bpo": """
        item_id | contract_minutes | credit_rate | currency | calendar
        1       | 150              | 5.00        | EUR      | -
        2       | 150              | 5.00        | EUR      | -
        3       | 150              | 5.00        | EUR      | lost
        4       | 150              | 5.00        | EUR      | lost
        """,
    }
    check(
        "bpo/contracts",
        **MARCH,
        given=given,
        expect="""
            client | contract_items | within_items | negative_items | unknown_items
            A      | 1              | 1            | 1              | 1
        """,
    )
    check(
        "bpo/credits",
        **MARCH,
        given=given,
        expect="""
            client | owed_items | risk_items | negative_items | unknown_items
            A      | 0          | 0          | 1              | 2
        """,
    )
    check(
        "records/bpo",
        **MARCH,
        given=given,
        expect="""
            item_id | is_completed | contract_state | is_within | credit_state
            1       | no           | negative       | no        | negative
            2       | yes          | within         | yes       | -
            3       | no           | not known      | no        | not known
            4       | no           | -              | no        | not known
        """,
    )


def test_accuracy_is_of_the_earliest_review_that_tells_its_defects(check):
    """A review with less than no defects is none; the next one counts."""
    check(
        "bpo/contracts",
        **MARCH,
        given=CONTRACTS
        | {
            "quality_reviews": """
            review_id | item_id | work_date  | reviewed_at      | design | defects | critical_defects
            1         | 1       | 2026-03-09 | 2026-03-10T09:00 | random | -1      | 0
            2         | 1       | 2026-03-09 | 2026-03-11T09:00 | random | 2       | 1
            """
        },
        expect="""
            client | reviewed_items | accurate_items
            A      | 1              | 0
            B      | 0              | 0
        """,
    )


def test_a_month_without_items_is_below_what_the_client_committed_to(check):
    """A sent its last items in January, before the period, with the band of then."""
    check(
        "bpo/volumes",
        period_start=date(2026, 2, 1),
        period_end=date(2026, 4, 1),
        as_of=datetime(2026, 4, 10),
        given={
            "work_items": """
            item_id | client | received_at
            1       | A      | 2025-12-10T09:00
            2       | A      | 2026-01-10T09:00
            3       | B      | 2026-03-10T09:00
            4       | B      | 2026-04-01T00:00
            """,
            "ext_bpo": """
            item_id | band_lo | band_hi
            1       | 5       | 9
            2       | 1       | 3
            3       | 1       | 3
            4       | 1       | 3
            """,
        },
        expect="""
            client | month_on   | received_items | committed_low | committed_high | against_band
            A      | 2026-02-01 | 0              | 1             | 3              | below
            A      | 2026-03-01 | 0              | 1             | 3              | below
            B      | 2026-03-01 | 1              | 1             | 3              | inside
        """,
    )


def test_volume_stands_beside_the_committed_band_of_whole_months(check):
    """February is below, March inside at the very edge; April is not over."""
    march = "\n".join(f"m{n} | A | 2026-03-0{n}T09:00" for n in (1, 2, 3))
    ids = [*(f"m{n}" for n in (1, 2, 3)), "f", "a"]
    bands = "\n".join(f"{item} | 2 | 3" for item in ids)
    check(
        "bpo/volumes",
        period_start=date(2026, 2, 1),
        period_end=date(2026, 5, 1),
        as_of=datetime(2026, 4, 10),
        given={
            "work_items": f"""
            item_id | client | received_at
            {march}
            f | A | 2026-02-28T23:59
            a | A | 2026-04-01T00:00
            b | B | 2026-03-01T09:00
            """,
            "ext_bpo": f"item_id | band_lo | band_hi\n{bands}\nb | - | -",
        },
        expect="""
            client | month_on   | received_items | committed_low | committed_high | against_band
            A      | 2026-02-01 | 1              | 2             | 3              | below
            A      | 2026-03-01 | 3              | 2             | 3              | inside
            A      | 2026-04-01 | 1              | 2             | 3              | not complete
            B      | 2026-03-01 | 1              | -             | -              | -
            B      | 2026-04-01 | 0              | -             | -              | not complete
        """,
    )


def test_credits_are_owed_beyond_the_contract_and_at_risk_from_four_fifths_on(check):
    """Of 600 minutes, 481 put 2 at risk; at 480 minutes item 3 is not at risk yet."""
    check(
        "bpo/credits",
        **MARCH,
        given={
            "work_items": """
            item_id | client | received_at      | completed_at
            1       | A      | 2026-03-09T10:00 | 2026-03-10T10:01
            2       | A      | 2026-03-31T15:59 | -
            3       | A      | 2026-03-31T16:00 | -
            4       | A      | 2026-03-31T15:00 | -
            5       | B      | 2026-03-09T10:00 | 2026-03-09T11:00
            """,
            "ext_bpo": """
            item_id | contract_minutes | credit_rate | currency
            1       | 600              | 5.00        | EUR
            2       | 600              | 7.00        | EUR
            3       | 600              | 9.00        | EUR
            4       | 600              | 2.00        | USD
            5       | 600              | 2.00        | EUR
            """,
            **HOURS,
        },
        expect="""
            client | currency | owed_items | owed_amount | risk_items | risk_amount
            A      | EUR      | 1          | 5.00        | 1          | 7.00
            A      | USD      | 0          | 0.00        | 1          | 2.00
        """,
    )


def test_the_records_of_one_client_are_none_of_another(small_sample):
    load = small_sample.state().load
    filters = Filters(date(2026, 8, 24), date(2026, 11, 23), load.as_of, load.zone)
    every = gate.ask(Question("bpo/contracts", filters), small_sample)
    first = every.rows["client"][0].as_py()
    own = gate.ask(
        Question("bpo/contracts", filters, where=(("client", (first,)),)), small_sample
    )
    behind = gate.cases_behind(own, "contract_items", {})
    found = gate.ask(behind, small_sample).rows
    assert found["client"].unique().to_pylist() == [first]
    assert found.num_rows == own.total()["contract_items"]
