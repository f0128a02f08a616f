"""Document management: retrieval, misfiled, expiry, retention and legal holds."""

from datetime import date, datetime

from tests.queries.test_working_hours import OFFICE

MARCH = {
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1),
    "as_of": datetime(2026, 4, 1),
}
# 1 is found after a lunch, 2 waits, 3 ended without a find, 4 is found only at the as-of
# moment, 5 before it was asked for, 6 in April.
REQUESTS = OFFICE | {
    "work_items": """
    item_id | received_at      | cancelled_at
    1       | 2026-03-10T09:00 | -
    2       | 2026-03-10T09:00 | -
    3       | 2026-03-10T09:00 | 2026-03-12T09:00
    4       | 2026-03-10T09:00 | -
    5       | 2026-03-10T09:00 | -
    6       | 2026-03-10T09:00 | -
    """,
    "ext_document_management": """
    item_id | requested_at     | found_at         | misfiled
    1       | 2026-03-10T11:30 | 2026-03-10T14:00 | yes
    2       | 2026-02-10T11:30 | -                | -
    3       | 2026-03-10T11:30 | -                | -
    4       | 2026-03-10T11:30 | 2026-04-01T00:00 | no
    5       | 2026-03-10T11:30 | 2026-03-10T11:00 | no
    6       | 2026-04-01T00:00 | -                | -
    """,
}


def test_retrieval_counts_working_hours_from_the_request(check):
    """BC1: 11:30 to 14:00 over a lunch is 1.5 hours."""
    check(
        "records/document_management",
        **MARCH,
        given=REQUESTS,
        where=(("is_retrieved", ("true",)),),
        expect="""
            item_id | retrieval_work_hours | retrieval_hours
            1       | 1.5                  | 2.5
        """,
    )


def test_what_waits_to_be_found_is_counted_and_in_no_percentile(check):
    check(
        "document_management/retrieval",
        **MARCH,
        given=REQUESTS,
        expect="""
            retrieved_items | waiting_items | not_found_items | negative_items
            1               | 2             | 1               | 1
        """,
    )


def test_five_finds_have_a_median_and_the_misfiled_a_rate_of_those_judged(check):
    """Of the fifth nobody tells where it was."""
    told = dict(zip(range(1, 6), ("yes", "no", "no", "no", "-"), strict=True))
    check(
        "document_management/retrieved_by_bucket",
        **MARCH,
        given=OFFICE
        | {
            "work_items": "item_id | received_at\n"
            + "\n".join(f"{n} | 2026-03-10T09:00" for n in told),
            "ext_document_management": "item_id | requested_at | found_at | misfiled\n"
            + "\n".join(
                f"{n} | 2026-03-10T09:00 | 2026-03-10T09:{10 * n} | {misfiled}"
                for n, misfiled in told.items()
            ),
        },
        expect="""
            bucket_on  | retrieved_items | retrieval_work_hours_p50 | judged_items | misfiled_items
            2026-03-09 | 5               | 0.5                      | 4            | 1
        """,
    )


def test_documents_expire_within_thirty_sixty_and_ninety_days(check):
    """The day it expires, a document is no longer valid; a cancelled one is none."""
    days = ("04-01", "04-02", "05-01", "05-02", "05-31", "06-30", "07-01")
    cancelled = "8 | 2026-03-02T09:00 | 2026-03-03T09:00"
    check(
        "document_management/expiring",
        **MARCH,
        given={
            "work_items": "item_id | received_at | cancelled_at\n"
            + "\n".join(f"{n} | 2026-03-02T09:00 | -" for n in range(1, 8))
            + f"\n{cancelled}",
            "ext_document_management": "item_id | expires_on\n"
            + "\n".join(f"{n} | 2026-{day}" for n, day in enumerate(days, start=1))
            + "\n8 | 2026-04-02",
        },
        expect="""
            expired_items | expiring_30_items | expiring_60_items | expiring_90_items
            1             | 2                 | 4                 | 5
        """,
    )


def test_a_legal_hold_stops_the_clock(check):
    """1 is due today, 2 overdue since today; 3 is held, 4 done, 5 done tomorrow."""
    check(
        "document_management/retention",
        **MARCH,
        given={
            "work_items": """
            item_id | team    | received_at      | completed_at
            1       | Archive | 2026-02-02T09:00 | -
            2       | Archive | 2026-02-02T09:00 | -
            3       | Archive | 2026-02-02T09:00 | -
            4       | Archive | 2026-02-02T09:00 | 2026-03-31T09:00
            5       | Archive | 2026-02-02T09:00 | 2026-04-01T09:00
            6       | Archive | 2026-02-02T09:00 | -
            """,
            "ext_document_management": """
            item_id | retention_due | legal_hold
            1       | 2026-04-01    | -
            2       | 2026-03-31    | no
            3       | 2026-03-01    | yes
            4       | 2026-03-01    | no
            5       | 2026-03-01    | no
            6       | -             | no
            """,
        },
        expect="""
            team    | action_items | overdue_items | due_30_items | held_items
            Archive | 4            | 2             | 1            | 1
        """,
    )


def test_nothing_asked_for_has_no_retrieval_time(check):
    check(
        "document_management/retrieval",
        **MARCH,
        given={"work_items": "item_id | received_at\n1 | 2026-03-02T09:00"},
        expect="""
            retrieved_items | waiting_items | retrieval_work_hours_p50
            0               | 0             | -
        """,
    )
