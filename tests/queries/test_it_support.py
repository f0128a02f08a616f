"""IT support: time to restore and to resolve, reassignments, changes, major incidents."""

from datetime import date, datetime

MARCH = {
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1),
    "as_of": datetime(2026, 4, 1),
}
# 2 is restored and not resolved, 3 restored only at the as-of moment, 4 cancelled, 5 a
# request, 6 restored before it was received, 7 of February and nothing since.
INCIDENTS = {
    "work_items": """
    item_id | priority | received_at      | cancelled_at
    1       | Critical | 2026-03-02T09:00 | -
    2       | High     | 2026-03-02T09:00 | -
    3       | High     | 2026-03-02T09:00 | -
    4       | High     | 2026-03-02T09:00 | 2026-03-03T09:00
    5       | High     | 2026-03-02T09:00 | -
    6       | High     | 2026-03-02T09:00 | -
    7       | Critical | 2026-02-02T09:00 | -
    """,
    "ext_it_support": """
    item_id | kind     | restored_at      | resolved_at      | change_id
    1       | -        | 2026-03-02T11:00 | 2026-03-03T09:00 | C1
    2       | incident | 2026-03-02T12:00 | -                | -
    3       | incident | 2026-04-01T00:00 | -                | -
    4       | incident | -                | -                | -
    5       | request  | -                | 2026-03-05T09:00 | -
    6       | incident | 2026-03-02T08:00 | 2026-03-02T10:00 | -
    7       | incident | -                | -                | -
    """,
}


def test_restored_and_resolved_are_two_numbers_by_priority(check):
    check(
        "it_support/times_by_priority",
        **MARCH,
        given=INCIDENTS,
        expect="""
            priority | restored_items | unrestored_items | resolved_items | unresolved_items | negative_items
            Critical | 1              | 1                | 1              | 1                | 0
            High     | 1              | 1                | 1              | 2                | 1
        """,
    )


def test_times_run_round_the_clock_from_the_receipt(check):
    check(
        "records/it_support",
        **MARCH,
        given=INCIDENTS,
        where=(("is_resolved", ("true",)),),
        expect="""
            item_id | kind     | restore_hours | resolve_hours
            1       | incident | 2.0           | 24.0
            5       | request  | -             | 72.0
            6       | incident | -1.0          | 1.0
        """,
    )


def test_five_restored_incidents_have_a_median(check):
    numbers = range(1, 6)
    check(
        "it_support/restored_by_bucket",
        **MARCH,
        given={
            "work_items": "item_id | received_at\n"
            + "\n".join(f"{n} | 2026-03-02T09:00" for n in numbers),
            "ext_it_support": "item_id | restored_at\n"
            + "\n".join(f"{n} | 2026-03-02T1{n}:00" for n in numbers),
        },
        expect="""
            restored_bucket_on | restored_items | restore_hours_p50 | restore_hours_p85
            2026-03-02         | 5              | 4.0               | -
        """,
    )


def test_five_resolved_incidents_of_a_priority_have_a_median(check):
    numbers = range(1, 6)
    check(
        "it_support/times_by_priority",
        **MARCH,
        given={
            "work_items": "item_id | priority | received_at\n"
            + "\n".join(f"{n} | High | 2026-03-02T09:00" for n in numbers),
            "ext_it_support": "item_id | resolved_at\n"
            + "\n".join(f"{n} | 2026-03-02T1{n}:00" for n in numbers),
        },
        expect="""
            priority | resolved_items | resolve_hours_p50 | resolve_hours_p85
            High     | 5              | 4.0               | -
        """,
    )


def test_a_reassignment_is_what_follows_the_first_assignment(check):
    """1 never changed hands; 2 was transferred before anybody had it.

    3 was transferred and assigned, which is once; 4 went from person to person twice,
    and once more after it was resolved.
    """
    check(
        "it_support/resolved_by_bucket",
        **MARCH,
        given={
            "work_events": """
            item_id | event_at         | kind
            1       | 2026-03-02T09:00 | received
            1       | 2026-03-02T10:00 | assigned
            2       | 2026-03-02T09:00 | received
            2       | 2026-03-02T10:00 | transferred
            2       | 2026-03-02T11:00 | assigned
            3       | 2026-03-02T09:00 | received
            3       | 2026-03-02T10:00 | assigned
            3       | 2026-03-02T11:00 | transferred
            3       | 2026-03-02T12:00 | assigned
            4       | 2026-03-02T09:00 | received
            4       | 2026-03-02T10:00 | assigned
            4       | 2026-03-02T11:00 | assigned
            4       | 2026-03-02T12:00 | assigned
            4       | 2026-03-04T12:00 | assigned
            """,
            "ext_it_support": "item_id | resolved_at\n"
            + "\n".join(f"{n} | 2026-03-03T09:00" for n in range(1, 5)),
        },
        expect="""
            bucket_on  | resolved_items | reassigned_items | reassignments | reassignments_per_item
            2026-03-02 | 4              | 2                | 3             | 0.75
        """,
    )


def test_changes_of_which_nothing_is_told_are_no_successes(check):
    """Only 1 to 3 count: 4 tells nothing, 5 is an incident, 6 finished in April."""
    check(
        "it_support/changes_by_bucket",
        **MARCH,
        given={
            "work_items": "item_id | received_at\n"
            + "\n".join(f"{n} | 2026-03-02T09:00" for n in range(1, 7)),
            "ext_it_support": """
            item_id | kind     | resolved_at      | change_ok
            1       | change   | 2026-03-03T09:00 | yes
            2       | change   | 2026-03-03T09:00 | yes
            3       | change   | 2026-03-03T09:00 | no
            4       | change   | 2026-03-03T09:00 | -
            5       | incident | 2026-03-03T09:00 | yes
            6       | change   | 2026-04-01T00:00 | yes
            """,
        },
        expect="""
            bucket_on  | known_changes | clean_changes | change_success_state
            2026-03-02 | 3             | 2             | too_few
        """,
    )


def test_major_incidents_are_rows_and_the_running_ones_come_first(check):
    check(
        "it_support/major_incidents",
        **MARCH,
        given=INCIDENTS,
        expect="""
            item_id | incident_state | restore_hours | change_id
            7       | not restored   | 1382.0        | -
            1       | resolved       | 2.0           | C1
        """,
    )


def test_the_highest_priority_may_have_another_name(check):
    check(
        "it_support/major_incidents",
        **MARCH,
        given=INCIDENTS,
        settings={"highest": "High"},
        expect="""
            item_id | incident_state
            3       | not restored
            2       | restored
            4       | ended
            6       | resolved
        """,
    )


def test_an_assignment_in_another_team_is_seen_under_a_filter(check):
    """It was assigned in A before it was transferred to B, so the transfer is one more."""
    given = {
        "work_events": """
        item_id | event_at         | kind        | team
        1       | 2026-03-02T09:00 | received    | A
        1       | 2026-03-02T10:00 | assigned    | A
        1       | 2026-03-02T11:00 | transferred | B
        1       | 2026-03-02T12:00 | assigned    | B
        """,
        "ext_it_support": """
        item_id | resolved_at
        1       | 2026-03-03T09:00
        """,
    }
    check(
        "it_support/resolved_by_bucket",
        **MARCH,
        given=given,
        team=("B",),
        expect="""
            resolved_items | reassigned_items | reassignments
            1              | 1                | 1
        """,
    )
    check(
        "records/it_support",
        **MARCH,
        given=given,
        team=("B",),
        expect="""
            item_id | is_reassigned | reassignments
            1       | yes           | 1
        """,
    )
