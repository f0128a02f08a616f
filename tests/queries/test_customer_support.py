"""Customer support: first reply, first contact resolution, contacts given up."""

from datetime import date, datetime

from tests.queries.test_working_hours import OFFICE

MARCH = {
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1),
    "as_of": datetime(2026, 4, 1),
}
# Item 1 is answered over night, 2 by a machine alone, 3 only at the as-of moment; 4 was
# closed without a word, 5 is spam, 6 merged, 7 answered before it was received.
REPLIES = OFFICE | {
    "work_items": """
    item_id | received_at      | completed_at
    1       | 2026-03-10T16:00 | -
    2       | 2026-03-10T16:00 | -
    3       | 2026-03-10T16:00 | -
    4       | 2026-03-10T16:00 | 2026-03-12T09:00
    5       | 2026-03-10T16:00 | -
    6       | 2026-03-10T16:00 | -
    7       | 2026-03-10T16:00 | -
    8       | 2026-04-01T00:00 | -
    """,
    "work_events": """
    item_id | event_at         | kind      | employee
    1       | 2026-03-10T16:00 | received  | -
    1       | 2026-03-10T16:01 | replied   | -
    1       | 2026-03-11T10:00 | replied   | E1
    1       | 2026-03-11T11:00 | replied   | E1
    2       | 2026-03-10T16:00 | received  | -
    2       | 2026-03-10T16:01 | replied   | -
    3       | 2026-03-10T16:00 | received  | -
    3       | 2026-04-01T00:00 | replied   | E1
    4       | 2026-03-10T16:00 | received  | -
    4       | 2026-03-12T09:00 | completed | E1
    5       | 2026-03-10T16:00 | received  | -
    6       | 2026-03-10T16:00 | received  | -
    7       | 2026-03-10T16:00 | received  | -
    7       | 2026-03-10T15:00 | replied   | E1
    8       | 2026-04-01T00:00 | received  | -
    """,
    "ext_customer_support": """
    item_id | merged_into | is_bot
    1       | -           | no
    2       | -           | no
    3       | -           | no
    4       | -           | -
    5       | -           | yes
    6       | 1           | no
    7       | -           | no
    8       | -           | no
    """,
}
SOLVED = {
    "work_events": """
    item_id | event_at         | kind      | employee
    1       | 2026-03-02T09:00 | received  | -
    1       | 2026-03-02T10:00 | replied   | E1
    1       | 2026-03-03T09:00 | completed | E1
    2       | 2026-03-02T09:00 | received  | -
    2       | 2026-03-02T10:00 | replied   | E1
    2       | 2026-03-02T11:00 | replied   | E1
    2       | 2026-03-03T09:00 | completed | E1
    3       | 2026-03-02T09:00 | received  | -
    3       | 2026-03-02T10:00 | replied   | E1
    3       | 2026-03-03T09:00 | completed | E1
    3       | 2026-03-10T09:00 | reopened  | E1
    4       | 2026-03-02T09:00 | received  | -
    4       | 2026-03-02T10:00 | replied   | E1
    4       | 2026-03-03T09:00 | completed | E1
    4       | 2026-03-10T09:01 | reopened  | E1
    4       | 2026-03-17T09:00 | completed | E1
    5       | 2026-03-02T09:00 | received  | -
    5       | 2026-03-02T09:01 | replied   | -
    5       | 2026-03-03T09:00 | completed | E1
    6       | 2026-03-02T09:00 | received  | -
    6       | 2026-03-02T10:00 | replied   | E1
    6       | 2026-03-03T09:00 | completed | E1
    7       | 2026-03-02T09:00 | received  | -
    7       | 2026-03-02T10:00 | replied   | E1
    7       | 2026-03-31T09:00 | completed | E1
    """,
    "ext_customer_support": """
    item_id | merged_into
    1       | -
    2       | -
    3       | -
    4       | -
    5       | -
    6       | 1
    7       | -
    """,
}


def test_first_reply_is_of_a_person_in_working_minutes(check):
    check(
        "records/customer_support",
        **MARCH,
        given=REPLIES,
        expect="""
            item_id | first_reply_minutes | reply_state | contact_kind
            1       | 120                 | replied     | counted
            2       | -                   | waiting     | counted
            3       | -                   | waiting     | counted
            4       | -                   | unanswered  | counted
            5       | -                   | waiting     | spam or bot
            6       | -                   | waiting     | merged
            7       | -60                 | fault       | counted
        """,
    )


def test_who_still_waits_is_counted_and_in_no_percentile(check):
    check(
        "customer_support/first_reply",
        **MARCH,
        given=REPLIES,
        expect="""
            contact_items | replied_items | waiting_items | unanswered_items | negative_items
            5             | 1             | 2             | 1                | 1
        """,
    )


def test_who_still_waits_counts_with_the_wait_so_far(check):
    """Until April: an hour, 15 days of 7 hours, 3 hours of a Saturday."""
    check(
        "customer_support/reply_waits",
        **MARCH,
        given=REPLIES,
        expect="""
            group_name | exit_minutes | outcome   | items
            -          | -60          | faulty    | 1
            -          | 120          | completed | 1
            -          | 480          | cancelled | 1
            -          | 6540         | open      | 2
        """,
    )


def test_five_replies_have_a_median(check):
    """Nearest rank over working minutes: 60, 120, 180, 240, 300."""
    hours = range(1, 6)
    check(
        "customer_support/first_reply_by_bucket",
        **MARCH,
        given=OFFICE
        | {
            "work_events": "item_id | event_at | kind | employee\n"
            + "\n".join(
                f"{n} | 2026-03-10T12:00 | received | -\n"
                f"{n} | 2026-03-10T{13 + n - (n == 5)}:{'59' if n == 5 else '00'} | replied | E1"
                for n in hours
            ),
            "ext_customer_support": "item_id\n" + "\n".join(map(str, hours)),
        },
        expect="""
            received_bucket_on | contact_items | first_reply_minutes_p50 | first_reply_minutes_p85 | is_partial
            2026-03-09         | 5             | 180                     | -                       | no
        """,
    )


def test_a_week_in_which_contacts_wait_is_partial(check):
    check(
        "customer_support/first_reply_by_bucket",
        **MARCH,
        given=REPLIES,
        expect="""
            received_bucket_on | waiting_items | is_partial
            2026-03-09         | 2             | yes
        """,
    )


def test_first_contact_resolution_is_one_reply_and_not_reopened_within_a_week(check):
    """2 took two replies, 3 came back within 7 days, 4 a minute later, 5 heard no person.

    6 was merged. The second completion of 4 counts in no week.
    """
    check(
        "customer_support/resolved_by_bucket",
        **MARCH,
        given=SOLVED,
        expect="""
            bucket_on  | resolved_items | first_contact_items | is_partial
            2026-03-02 | 5              | 2                   | no
            2026-03-30 | 1              | 1                   | yes
        """,
    )


def test_first_contact_resolution_is_partial_until_seven_days_have_passed(check):
    given = {
        "work_events": """
        item_id | event_at         | kind      | employee
        1       | 2026-03-16T09:00 | received  | -
        1       | 2026-03-17T09:00 | completed | E1
        """,
        "ext_customer_support": "item_id\n1",
    }
    for as_of, is_partial in ((29, "yes"), (30, "no")):
        check(
            "customer_support/resolved_by_bucket",
            **(MARCH | {"as_of": datetime(2026, 3, as_of)}),
            given=given,
            expect=f"""
            bucket_on  | is_partial
            2026-03-16 | {is_partial}
            """,
        )


def test_contacts_are_reopened_within_thirty_days_of_their_first_completion(check):
    check(
        "customer_support/reopened_by_bucket",
        **MARCH,
        given=SOLVED,
        expect="""
            bucket_on  | resolved_items | reopened_items | is_partial
            2026-03-02 | 5              | 2              | yes
            2026-03-30 | 1              | 0              | yes
        """,
    )


def test_reopened_is_unknown_where_the_source_tells_no_reopening(check):
    check(
        "customer_support/reopened_by_bucket",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at      | completed_at
            1       | 2026-03-02T09:00 | 2026-03-03T09:00
            """,
            "ext_customer_support": "item_id\n1",
        },
        expect="""
            resolved_items | reopened_items | contact_reopen_rate_state
            1              | -              | no_value
        """,
    )


def test_contacts_given_up_are_counted_beside_what_is_left_out(check):
    check(
        "customer_support/contacts_by_group",
        **MARCH,
        given={
            "work_items": """
            item_id | channel | received_at
            1       | Phone   | 2026-03-02T09:00
            2       | Phone   | 2026-03-02T09:00
            3       | Phone   | 2026-03-02T09:00
            4       | -       | 2026-03-02T09:00
            5       | -       | 2026-03-02T09:00
            """,
            "ext_customer_support": """
            item_id | abandoned_at     | merged_into | is_bot
            1       | 2026-03-02T09:04 | -           | no
            2       | 2026-04-01T00:00 | -           | -
            3       | 2026-03-02T09:04 | 1           | no
            4       | 2026-03-02T09:04 | -           | yes
            5       | 2026-03-02T09:04 | 1           | yes
            """,
        },
        expect="""
            channel | contact_items | abandoned_items | bot_items | merged_items
            Phone   | 2             | 1               | 0         | 1
            -       | 0             | 0               | 2         | 0
        """,
    )


# A replied and passed the contact on to B, which completed it.
REPLIED_BY_ANOTHER_TEAM = OFFICE | {
    "work_events": """
    item_id | event_at         | kind        | employee | team
    1       | 2026-03-10T10:00 | received    | -        | A
    1       | 2026-03-10T11:00 | replied     | E1       | A
    1       | 2026-03-10T12:00 | transferred | E1       | B
    1       | 2026-03-11T09:00 | completed   | E2       | B
    """,
    "ext_customer_support": "item_id\n1",
}


def test_a_reply_of_another_team_is_seen_under_a_filter(check):
    given = REPLIED_BY_ANOTHER_TEAM
    check(
        "customer_support/first_reply",
        **MARCH,
        given=given,
        team=("B",),
        expect="""
            contact_items | replied_items | unanswered_items
            1             | 1             | 0
        """,
    )
    check(
        "customer_support/first_reply_by_bucket",
        **MARCH,
        given=given,
        team=("B",),
        expect="""
            contact_items | replied_items | waiting_items
            1             | 1             | 0
        """,
    )
    check(
        "customer_support/resolved_by_bucket",
        **MARCH,
        given=given,
        team=("B",),
        expect="""
            resolved_items | first_contact_items
            1              | 1
        """,
    )
    check(
        "records/customer_support",
        **MARCH,
        given=given,
        team=("B",),
        expect="""
            item_id | reply_state | first_reply_minutes | human_replies | is_first_contact
            1       | replied     | 60                  | 1             | yes
        """,
    )


def test_contacts_by_hour_are_those_of_working_days(check):
    """9 and 10 March are working days so far, 8 March is a Sunday; 5 is spam."""
    check(
        "customer_support/contacts_by_hour",
        period_start=date(2026, 3, 7),
        period_end=date(2026, 3, 12),
        as_of=datetime(2026, 3, 10, 18),
        given=OFFICE
        | {
            "work_items": """
            item_id | received_at      | channel | standard_minutes
            1       | 2026-03-09T09:10 | Chat    | 10
            2       | 2026-03-09T09:50 | Chat    | 20
            3       | 2026-03-10T09:00 | Chat    | -
            4       | 2026-03-10T17:59 | Phone   | 5
            5       | 2026-03-10T09:00 | Chat    | 10
            6       | 2026-03-08T09:00 | Chat    | 10
            """,
            "ext_customer_support": """
            item_id | is_bot
            1       | no
            2       | -
            3       | no
            4       | no
            5       | yes
            6       | no
            """,
        },
        expect="""
            channel | hour | contact_items | timed_items | standard_minutes | days | contacts_per_day
            Chat    | 9    | 3             | 2           | 30               | 2    | 1.5
            Phone   | 17   | 1             | 1           | 5                | 2    | 0.5
        """,
    )
