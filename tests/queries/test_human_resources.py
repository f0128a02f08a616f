"""Human resources: time to fill and to hire, offers, first days."""

from datetime import date, datetime

MARCH = {
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1),
    "as_of": datetime(2026, 4, 1),
}
HIRED = {
    "work_items": """
    item_id | received_at      | completed_at     | cancelled_at
    1       | 2026-02-01T09:00 | 2026-03-05T09:00 | -
    2       | 2026-02-01T09:00 | -                | -
    3       | 2026-02-01T09:00 | -                | 2026-03-20T09:00
    4       | 2026-02-01T09:00 | -                | -
    5       | 2026-02-01T09:00 | -                | -
    6       | 2026-02-01T09:00 | -                | -
    """,
    "ext_human_resources": """
    item_id | approved_at      | applied_at       | offered_at       | accepted_at
    1       | 2026-02-02T09:00 | 2026-02-20T09:00 | 2026-03-01T00:00 | 2026-03-04T09:00
    2       | 2026-02-10T09:00 | 2026-03-01T09:00 | 2026-03-30T09:00 | -
    3       | 2026-02-10T09:00 | 2026-03-01T09:00 | 2026-03-10T09:00 | -
    4       | 2026-02-10T09:00 | 2026-03-01T09:00 | 2026-03-31T09:00 | 2026-04-01T00:00
    5       | 2026-03-09T09:00 | 2026-03-10T09:00 | 2026-03-12T09:00 | 2026-03-08T09:00
    6       | 2026-04-01T00:00 | -                | -                | -
    """,
}


def test_time_to_fill_and_time_to_hire_are_two_numbers(check):
    check(
        "human_resources/filled_and_open",
        **MARCH,
        given=HIRED,
        expect="""
            vacancy_state | vacancies
            filled        | 1
            open          | 2
        """,
    )
    check(
        "records/human_resources",
        **MARCH,
        given=HIRED,
        where=(("vacancy_state", ("filled",)),),
        expect="""
            item_id | fill_days | hire_days
            1       | 30        | 12
        """,
    )


def test_accepted_before_the_approval_is_a_fault_that_is_counted(check):
    check(
        "human_resources/hiring",
        **MARCH,
        given=HIRED,
        expect="""
            filled_items | hired_items | negative_items | fill_days_p50
            1            | 1           | 1              | -
        """,
    )


def test_five_filled_vacancies_have_a_median_by_the_period_of_acceptance(check):
    rows = [
        f"{n} | 2026-03-0{n}T09:00 | 2026-03-05T09:00 | 2026-03-11T09:00"
        for n in "12345"
    ]
    check(
        "human_resources/hiring_by_bucket",
        **MARCH,
        given={
            "work_items": "item_id | received_at\n"
            + "\n".join(f"{n} | 2026-02-02T09:00" for n in "12345"),
            "ext_human_resources": "item_id | approved_at | applied_at | accepted_at\n"
            + "\n".join(rows),
        },
        expect="""
            accepted_bucket_on | filled_items | fill_days_p50 | fill_days_p85 | hire_days_p50
            2026-03-09         | 5            | 8             | -             | 6
        """,
    )


def test_open_vacancies_stand_beside_and_in_no_percentile(check):
    """4 is accepted only at the as-of moment, 6 approved only then, 3 was cancelled."""
    check(
        "human_resources/open_vacancies",
        **MARCH,
        given=HIRED,
        expect="""
            days_band     | open_items | offered_items
            31 to 60 days | 2          | 2
        """,
    )


def test_open_requisitions_are_censored(check):
    """Those approved before March enter with their age on its eve; 4 is filled later."""
    check(
        "human_resources/vacancy_times",
        **MARCH,
        given=HIRED,
        expect="""
            entry_days | exit_days | outcome   | items
            18         | 38        | cancelled | 1
            18         | 49        | open      | 2
            26         | 30        | completed | 1
            -          | -1        | faulty    | 1
        """,
    )


def test_a_vacancy_of_thirty_days_is_in_the_band_of_thirty(check):
    check(
        "human_resources/open_vacancies",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at
            1       | 2026-02-02T09:00
            2       | 2026-02-02T09:00
            """,
            "ext_human_resources": """
            item_id | approved_at
            1       | 2026-03-02T09:00
            2       | 2026-03-01T09:00
            """,
        },
        expect="""
            days_band     | open_items
            15 to 30 days | 1
            31 to 60 days | 1
        """,
    )


def test_an_unanswered_offer_is_not_accepted_so_far_and_makes_its_week_partial(check):
    check(
        "human_resources/offers_by_bucket",
        **MARCH,
        given=HIRED,
        expect="""
            bucket_on  | made_offers | accepted_offers | unanswered_offers | is_partial
            2026-02-23 | 1           | 1               | 0                 | yes
            2026-03-09 | 2           | 1               | 0                 | no
            2026-03-30 | 2           | 0               | 2                 | yes
        """,
    )


def test_onboarding_is_judged_by_the_first_and_by_the_thirtieth_day(check):
    """2 was ready a day late, 3 on its thirtieth day, 4 a day after it, 5 never came.

    The thirtieth day of 6 is not over, nor is the first day of 7.
    """
    check(
        "human_resources/onboarding_by_bucket",
        period_start=date(2026, 3, 1),
        period_end=date(2026, 5, 1),
        as_of=datetime(2026, 4, 2, 12),
        settings={"grain": "month"},
        given={
            "work_items": """
            item_id | received_at      | completed_at     | cancelled_at
            1       | 2026-02-02T09:00 | 2026-03-02T23:00 | -
            2       | 2026-02-02T09:00 | 2026-03-03T09:00 | -
            3       | 2026-02-02T09:00 | 2026-03-31T23:00 | -
            4       | 2026-02-02T09:00 | 2026-04-01T09:00 | -
            5       | 2026-02-02T09:00 | -                | 2026-03-02T08:00
            6       | 2026-02-02T09:00 | -                | -
            7       | 2026-02-02T09:00 | 2026-04-01T09:00 | -
            """,
            "ext_human_resources": """
            item_id | onboarding_due
            1       | 2026-03-02T09:00
            2       | 2026-03-02T09:00
            3       | 2026-03-02T09:00
            4       | 2026-03-02T09:00
            5       | 2026-03-02T09:00
            6       | 2026-03-04T09:00
            7       | 2026-04-02T09:00
            """,
        },
        expect="""
            starters | day_1_starters | matured_starters | day_30_starters
            5        | 1              | 4                | 3
        """,
    )


def test_nobody_hired_has_no_value(check):
    check(
        "human_resources/hiring",
        **MARCH,
        given={"work_items": "item_id | received_at\n1 | 2026-03-02T09:00"},
        expect="""
            filled_items | fill_days_p50 | hire_days_p50
            0            | -             | -
        """,
    )
