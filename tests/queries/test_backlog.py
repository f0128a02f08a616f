"""Backlog: what is open, how old it is, and where it gathers."""

from datetime import date, datetime

import pytest

MARCH = {"period_start": date(2026, 3, 2), "period_end": date(2026, 3, 7)}

BL1 = """
    item_id | received_at      | completed_at     | cancelled_at
    1       | 2026-03-01T09:00 | 2026-03-10T09:00 | -
    2       | 2026-03-02T09:00 | -                | -
    3       | 2026-03-03T09:00 | -                | 2026-03-05T09:00
    4       | 2026-03-06T00:00 | -                | -
    5       | 2026-03-05T23:59 | 2026-03-06T00:00 | -
"""


@pytest.mark.parametrize("query", ["records/open"])
def test_past_as_of_is_recomputable(check, query):
    """BL1"""
    check(
        query,
        given={"work_items": BL1},
        as_of=datetime(2026, 3, 6),
        expect="""
            item_id | age_days
            1       | 5
            2       | 4
            5       | 1
        """,
    )


def test_boundary_instant_belongs_to_next_period(check):
    """BL1 items 4 and 5"""
    check(
        "backlog/open_by_bucket",
        given={"work_items": BL1},
        settings={"grain": "day"},
        **MARCH,
        as_of=datetime(2026, 3, 6, 12),
        expect="""
            bucket_on  | open_items | is_partial
            2026-03-02 | 2          | no
            2026-03-03 | 3          | no
            2026-03-04 | 3          | no
            2026-03-05 | 3          | no
            2026-03-06 | 3          | yes
        """,
    )


def test_parts_of_open_are_told_apart(check):
    check(
        "backlog/open_by_group",
        as_of=datetime(2026, 3, 10, 12),
        given={
            "work_items": """
            item_id | department | employee | received_at | first_due_at | due_at | standard_minutes
            1 | AP | P | 2026-03-01T09:00 | 2026-03-05T12:00 | 2026-03-09T12:00 | 60
            2 | AP | P | 2026-03-01T09:00 | 2026-03-05T12:00 | 2026-03-10T12:00 | 60
            3 | AP | - | 2026-03-01T09:00 | -                | 2026-03-11T00:00 | 60
            4 | AP | P | 2026-03-01T09:00 | -                | -                | 60
            """
        },
        expect="""
            department | open_items | open_hours | overdue_items | overdue_first_items | due_today_items | undated_items | unassigned_items
            AP         | 4          | 4.0        | 1             | 2                   | 1               | 1             | 1
        """,
    )


PAUSES = """
    item_id | event_at         | kind
    1       | 2026-03-02T09:00 | received
    1       | 2026-03-03T09:00 | paused
    2       | 2026-03-02T09:00 | received
    2       | 2026-03-03T09:00 | paused
    2       | 2026-03-04T09:00 | resumed
    3       | 2026-03-02T09:00 | received
    3       | 2026-03-07T09:00 | paused
"""


def test_paused_item_is_open(check):
    check(
        "backlog/open_by_group",
        as_of=datetime(2026, 3, 6),
        given={"work_events": PAUSES},
        expect="""
            open_items | paused_items
            3          | 1
        """,
    )


def test_open_records_tell_their_state(check):
    check(
        "records/open",
        as_of=datetime(2026, 3, 10, 12),
        given={
            "work_items": """
            item_id | work_type | received_at      | due_at
            1       | X         | 2026-03-01T09:00 | 2026-03-09T18:00
            2       | Y         | 2026-03-02T09:00 | 2026-03-10T12:00
            3       | -         | 2026-03-03T09:00 | 2026-03-11T00:00
            4       | X         | 2026-03-04T09:00 | -
            """,
            "work_types": """
            work_type | urgent | important | valid_from | valid_to
            X         | no     | yes       | 2025-01-01 | 2026-01-01
            X         | yes    | no        | 2026-01-01 | -
            """,
        },
        expect="""
            item_id | due_state | days_late | is_undated | days_band    | urgent | important
            1       | overdue   | 1         | no         | 8 to 14 days | yes    | no
            2       | due today | -         | no         | 8 to 14 days | -      | -
            3       | due later | -         | no         | 4 to 7 days  | -      | -
            4       | undated   | -         | yes        | 4 to 7 days  | yes    | no
        """,
    )


def test_oldest_rises_while_median_falls_is_visible(check):
    """Quick items are done first: five young ones are left, and one old."""
    check(
        "backlog/oldest",
        as_of=datetime(2026, 3, 10, 12),
        given={
            "work_items": """
            item_id | received_at
            1       | 2026-03-10T09:00
            2       | 2026-03-10T09:00
            3       | 2026-03-09T09:00
            4       | 2026-03-09T09:00
            5       | 2026-03-09T09:00
            6       | 2026-01-10T09:00
            """
        },
        expect="""
            open_items | age_days_p50 | age_days_p85 | oldest_days | oldest_item_id
            6          | 1            | -            | 59          | 6
        """,
    )


def test_age_profile_bounds_belong_to_the_older_band_until_due(check):
    """BL2, in calendar time; item 8 was due before it came, so no time was allowed."""
    check(
        "backlog/age_profile",
        as_of=datetime(2026, 3, 10, 12),
        given={
            "work_items": """
            item_id | received_at      | due_at           | standard_minutes
            1       | 2026-03-10T08:00 | 2026-03-10T18:00 | 60
            2       | 2026-03-10T07:00 | 2026-03-10T17:00 | 60
            3       | 2026-03-10T04:00 | 2026-03-10T14:00 | 60
            4       | 2026-03-10T02:00 | 2026-03-10T12:00 | 60
            5       | 2026-03-10T00:00 | 2026-03-10T10:00 | 60
            6       | 2026-03-09T11:00 | 2026-03-09T21:00 | 60
            7       | 2026-03-10T09:00 | -                | 60
            8       | 2026-03-10T09:00 | 2026-03-10T08:00 | 60
            """
        },
        expect="""
            band_number | age_band                           | open_items | open_hours
            1           | under half                         | 1          | 1.0
            2           | half to 80 %                       | 1          | 1.0
            3           | last fifth                         | 2          | 2.0
            4           | late by up to the time allowed     | 1          | 1.0
            5           | late by more than the time allowed | 1          | 1.0
            6           | no due date                        | 1          | 1.0
            7           | not known                          | 1          | 1.0
        """,
    )


def test_age_profile_over_time_is_that_of_each_moment(check):
    """Item 1 is done on the third, 2 is paused on the second: its clock stands still."""
    check(
        "backlog/age_profile_by_bucket",
        period_start=date(2026, 3, 2),
        period_end=date(2026, 3, 5),
        as_of=datetime(2026, 3, 4, 18),
        settings={"grain": "day"},
        given={
            "work_items": """
            item_id | received_at      | due_at           | completed_at     | standard_minutes
            1       | 2026-03-02T00:00 | 2026-03-04T00:00 | 2026-03-03T20:00 | 30
            2       | 2026-03-02T00:00 | 2026-03-07T00:00 | -                | 60
            3       | 2026-03-04T06:00 | -                | -                | 60
            """,
            "work_events": """
            item_id | event_at         | kind
            2       | 2026-03-03T00:00 | paused
            2       | 2026-03-04T00:00 | resumed
            """,
        },
        expect="""
            bucket_on  | age_band     | open_items | open_hours | until_at         | is_partial
            2026-03-02 | under half   | 1          | 1.0        | 2026-03-03T00:00 | no
            2026-03-02 | half to 80 % | 1          | 0.5        | 2026-03-03T00:00 | no
            2026-03-03 | under half   | 1          | 1.0        | 2026-03-04T00:00 | no
            2026-03-04 | under half   | 1          | 1.0        | 2026-03-04T18:00 | yes
            2026-03-04 | no due date  | 1          | 1.0        | 2026-03-04T18:00 | yes
        """,
    )


def test_age_in_days_counts_midnights(check):
    check(
        "backlog/age_by_days",
        as_of=datetime(2026, 3, 10, 0, 30),
        given={
            "work_items": """
            item_id | received_at      | due_at
            1       | 2026-03-09T23:30 | -
            2       | 2026-03-08T23:30 | 2026-03-09T23:30
            3       | 2026-03-06T23:30 | -
            4       | 2025-12-10T00:00 | -
            5       | 2025-12-09T23:59 | -
            """
        },
        expect="""
            band_number | days_band     | open_items | overdue_items
            1           | 0 to 1 day    | 1          | 0
            2           | 2 to 3 days   | 1          | 1
            3           | 4 to 7 days   | 1          | 0
            6           | 31 to 90 days | 1          | 0
            7           | over 90 days  | 1          | 0
        """,
    )


def test_days_of_work_take_the_plan_or_what_was_done(check):
    """BL3"""
    check(
        "backlog/days_of_work",
        as_of=datetime(2026, 3, 10, 12),
        given={
            "work_items": """
            item_id | department | received_at      | completed_at     | standard_minutes
            1       | AP         | 2026-03-01T09:00 | -                | 10800
            2       | BPO        | 2026-01-01T09:00 | 2026-01-02T09:00 | 60
            3       | HR         | 2026-03-01T09:00 | -                | 5400
            4       | HR         | 2026-03-01T09:00 | 2026-03-06T09:00 | 3600
            5       | HR         | 2026-03-01T09:00 | 2026-03-10T09:00 | 9999
            6       | IT         | 2026-03-01T09:00 | -                | 2400
            """,
            "targets": """
            metric         | department | value
            plan_std_hours | AP         | 60
            plan_std_hours | BPO        | 0
            plan_std_hours | IT         | 0
            """,
            "calendar_days": """
            day        | is_working
            2026-03-06 | yes
            2026-03-07 | no
            2026-03-09 | yes
            2026-03-10 | yes
            """,
        },
        expect="""
            department | open_hours | hours_per_day | basis                | days_of_work | days_of_work_state
            AP         | 180        | 60            | plan                 | 3.0          | ok
            BPO        | 0          | 0             | plan                 | 0.0          | ok
            HR         | 90         | 30            | last 20 working days | 3.0          | ok
            IT         | 40         | 0             | plan                 | -            | infinite
        """,
    )


BL4 = """
    item_id | event_at         | kind      | to_status
    1       | 2026-03-02T09:00 | received  | new
    1       | 2026-03-03T09:00 | status    | check
    1       | 2026-03-04T09:00 | status    | new
    1       | 2026-03-05T09:00 | status    | check
    1       | 2026-03-06T09:00 | completed | done
    2       | 2026-03-03T09:00 | received  | new
    2       | 2026-03-04T09:00 | status    | check
    3       | 2026-03-05T09:00 | received  | new
"""


def test_cfd_never_falls(check):
    """BL4"""
    check(
        "backlog/cumulative_flow",
        settings={"grain": "day"},
        **MARCH,
        given={"work_events": BL4},
        expect="""
            bucket_on  | stage_number | status | cumulative_items
            2026-03-02 | 1            | new    | 1
            2026-03-02 | 2            | check  | 0
            2026-03-02 | 3            | Ended  | 0
            2026-03-03 | 1            | new    | 2
            2026-03-03 | 2            | check  | 1
            2026-03-03 | 3            | Ended  | 0
            2026-03-04 | 1            | new    | 2
            2026-03-04 | 2            | check  | 2
            2026-03-04 | 3            | Ended  | 0
            2026-03-05 | 1            | new    | 3
            2026-03-05 | 2            | check  | 2
            2026-03-05 | 3            | Ended  | 0
            2026-03-06 | 1            | new    | 3
            2026-03-06 | 2            | check  | 2
            2026-03-06 | 3            | Ended  | 1
        """,
    )


def test_cumulative_flow_leaves_out_stages_that_not_all_work_passes(check):
    """Half of what ended was checked, and half not."""
    events = """
        item_id | event_at         | kind      | to_status
        1       | 2026-03-02T09:00 | received  | new
        1       | 2026-03-02T11:00 | status    | check
        1       | 2026-03-02T12:00 | completed | done
        2       | 2026-03-02T09:00 | received  | new
        2       | 2026-03-02T13:00 | completed | done
        3       | 2026-03-02T09:00 | received  | new
    """
    for share, statuses in (
        ("50", ["new", "check", "Ended"]),
        ("51", ["new", "Ended"]),
    ):
        check(
            "backlog/cumulative_flow",
            settings={"grain": "week", "passed_by": share},
            **MARCH,
            given={"work_events": events},
            expect="status\n" + "\n".join(statuses),
        )


def test_cumulative_flow_has_all_items_first_and_all_that_ended_last(check):
    """One was never new, one cancelled while new, one ended as it was received."""
    check(
        "backlog/cumulative_flow",
        settings={"grain": "week"},
        **MARCH,
        given={
            "work_events": """
            item_id | event_at         | kind      | to_status
            1       | 2026-03-02T09:00 | received  | New
            1       | 2026-03-02T12:00 | completed | done
            2       | 2026-03-02T09:00 | received  | New
            2       | 2026-03-02T13:00 | cancelled | -
            3       | 2026-03-02T09:00 | received  | -
            4       | 2026-03-02T10:00 | received  | -
            4       | 2026-03-02T10:00 | completed | -
            """
        },
        expect="""
            status   | cumulative_items
            Received | 4
            New      | 2
            Ended    | 3
        """,
    )


def test_an_item_enters_a_status_once(check):
    """BL4: going back and forth is no second entry."""
    check(
        "records/entries",
        settings={"grain": "day"},
        **MARCH,
        given={"work_events": BL4},
        expect="""
            item_id | status   | bucket_on
            1       | Received | 2026-03-02
            1       | new      | 2026-03-02
            1       | check    | 2026-03-03
            2       | Received | 2026-03-03
            2       | new      | 2026-03-03
            2       | check    | 2026-03-04
            3       | Received | 2026-03-05
            3       | new      | 2026-03-05
            1       | Ended    | 2026-03-06
        """,
    )


def test_cumulative_flow_without_statuses_tells_receipt_and_end(check):
    check(
        "backlog/cumulative_flow",
        settings={"grain": "month"},
        period_start=date(2026, 3, 1),
        period_end=date(2026, 4, 1),
        given={"work_items": BL1},
        expect="""
            bucket_on  | stage_number | status   | cumulative_items
            2026-03-01 | 1            | Received | 5
            2026-03-01 | 2            | Ended    | 3
        """,
    )


def test_status_area_is_not_called_cfd(check):
    """BL4: what is open in a status may fall."""
    answer = check(
        "backlog/open_by_status",
        settings={"grain": "day"},
        **MARCH,
        given={"work_events": BL4},
        expect="""
            bucket_on  | status | open_items
            2026-03-02 | check  | 0
            2026-03-02 | new    | 1
            2026-03-03 | check  | 1
            2026-03-03 | new    | 1
            2026-03-04 | check  | 1
            2026-03-04 | new    | 1
            2026-03-05 | check  | 2
            2026-03-05 | new    | 1
            2026-03-06 | check  | 1
            2026-03-06 | new    | 1
        """,
    )
    assert "cumulative" not in answer.query.title.lower()


STATUSES = """
    item_id | event_at         | kind      | to_status | team
    1       | 2026-03-02T09:00 | received  | new       | A
    1       | 2026-03-03T09:00 | status    | check     | A
    1       | 2026-03-05T09:00 | completed | -         | A
    1       | 2026-03-06T09:00 | reopened  | -         | A
    2       | 2026-03-02T09:00 | received  | new       | A
    2       | 2026-03-04T09:00 | transferred | -       | B
"""


@pytest.mark.parametrize(
    ("day", "team", "expect"),
    [
        (4, ("A",), "1 | check\n2 | new"),
        (5, ("A",), "1 | check"),  # 2 has gone to B
        (5, ("B",), "2 | new"),  # and stands there as it did
        (7, ("A",), "1 | unknown"),  # reopened without a word of its status
    ],
)
def test_status_is_that_of_the_moment_and_the_team(check, day, team, expect):
    check(
        "records/open",
        as_of=datetime(2026, 3, day),
        team=team,
        given={"work_events": STATUSES},
        expect=f"item_id | status\n{expect}",
    )


def test_status_of_items_without_events_is_their_own_while_they_are_open(check):
    check(
        "records/open",
        as_of=datetime(2026, 3, 10),
        given={
            "work_items": """
            item_id | received_at      | status  | completed_at
            1       | 2026-03-01T09:00 | Waiting | -
            2       | 2026-03-01T09:00 | Closed  | 2026-03-20T09:00
            """
        },
        expect="""
            item_id | status
            1       | Waiting
            2       | unknown
        """,
    )


def test_age_is_beside_that_of_items_that_left_the_status(check):
    """Six left new at an age of 1 to 6 days; one left it after a day and came back."""
    left = "".join(
        f"""
    {n} | 2026-03-02T09:00 | received | new
    {n} | 2026-03-0{n + 2}T09:00 | status | check"""
        for n in range(1, 7)
    )
    check(
        "backlog/age_by_status",
        period_start=date(2026, 3, 1),
        period_end=date(2026, 4, 1),
        as_of=datetime(2026, 3, 12),
        given={
            "work_events": f"""
    item_id | event_at | kind | to_status {left}
    7 | 2026-03-02T09:00 | received | new
    7 | 2026-03-03T09:00 | status | check
    7 | 2026-03-04T09:00 | status | new
            """
        },
        expect="""
            status | age_days | open_items | left_items | left_days_p50 | left_days_p85
            check  | 10       | 6          | 1          | -             | -
            new    | 10       | 1          | 7          | 3             | -
        """,
    )


def test_open_item_without_told_status_is_unknown(check):
    check(
        "backlog/open_by_status",
        settings={"grain": "month"},
        period_start=date(2026, 3, 1),
        period_end=date(2026, 4, 1),
        given={"work_items": BL1},
        expect="""
            bucket_on  | status  | open_items
            2026-03-01 | unknown | 2
        """,
    )


def test_unknown_kind_of_work_is_neither_urgent_nor_not(check):
    check(
        "backlog/urgent_important",
        as_of=datetime(2026, 3, 10),
        given={
            "work_items": """
            item_id | work_type | received_at      | due_at           | standard_minutes
            1       | X         | 2026-03-01T09:00 | 2026-03-02T09:00 | 60
            2       | X         | 2026-03-01T09:00 | -                | 60
            3       | Z         | 2026-03-01T09:00 | -                | 30
            """,
            "work_types": """
            work_type | urgent | important
            X         | yes    | no
            """,
        },
        expect="""
            urgent | important | open_items | overdue_items | open_hours
            yes    | no        | 2          | 1             | 2.0
            -      | -         | 1          | 0             | 0.5
        """,
    )
