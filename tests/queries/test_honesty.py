"""Rules that a reader would otherwise be misled by: unknown is not zero, and so on."""

from datetime import date, datetime

MARCH = {
    "period_start": date(2026, 3, 2),
    "period_end": date(2026, 3, 30),
    "as_of": datetime(2026, 4, 30),
}
WEEK = MARCH | {"period_end": date(2026, 3, 9)}
DATES_ONLY = """
    item_id | received_at      | completed_at
    1       | 2026-03-02T09:00 | 2026-03-03T09:00
    2       | 2026-03-02T09:00 | -
"""


# Unknown is not zero


def test_what_the_source_never_tells_has_no_value(check):
    check(
        "backlog/open_by_group",
        **MARCH,
        given={"work_items": DATES_ONLY},
        expect="""
            open_items | overdue_items | due_today_items | paused_items | unassigned_items
            1          | -             | -               | -            | -
        """,
    )


def test_without_reopenings_told_there_is_no_reopen_rate(check):
    check(
        "errors/reopened_by_bucket",
        **WEEK,
        given={"work_items": DATES_ONLY},
        expect="""
            completed_items | reopened_items | reopen_rate_state
            1               | -              | no_value
        """,
    )


def test_without_critical_defects_told_there_is_no_critical_rate(check):
    check(
        "errors/error_rate_by_bucket",
        **WEEK,
        given={
            "quality_reviews": """
            review_id | item_id | work_date  | reviewed_at      | design | defects
            1         | 1       | 2026-03-03 | 2026-03-04T09:00 | random | 1
            """
        },
        expect="""
            reviewed_items | defective_items | critical_items | critical_error_rate_state
            1              | 1               | -              | no_value
        """,
    )


PEOPLE = """
    item_id | team | employee | received_at
    1       | A    | P        | 2026-03-02T09:00
    2       | B    | -        | 2026-03-02T09:00
"""


def test_where_no_promise_was_ever_moved_that_is_unknown(check):
    """A source that keeps one due date alone cannot tell that it was another before."""
    check(
        "deadlines/due_moved_by_bucket",
        period_start=date(2026, 3, 2),
        period_end=date(2026, 3, 9),
        given={
            "work_items": """
            item_id | received_at      | first_due_at     | due_at
            1       | 2026-03-02T09:00 | 2026-03-04T09:00 | 2026-03-04T09:00
            """
        },
        expect="""
            bucket_on  | dated_items | moved_items | due_moved_state
            2026-03-02 | 1           | -           | no_value
        """,
    )


def test_what_is_told_does_not_depend_on_the_filter(check):
    """Nobody in team B has work, but the source does name people."""
    check(
        "overview/matrix",
        **MARCH,
        team=("B",),
        given={"work_items": PEOPLE},
        expect="""
            team | open_items | unassigned_items
            B    | 1          | 1
        """,
    )


def test_a_count_of_nothing_is_zero(check):
    check(
        "backlog/open_by_group",
        **MARCH,
        team=("C",),
        by=(),
        given={"work_items": PEOPLE},
        expect="""
            open_items | unassigned_items
            0          | -
        """,
    )


# Plans

PLANNED = {
    "work_items": """
    item_id | department | team | received_at      | completed_at     | standard_minutes
    1       | AP         | A    | 2026-03-02T09:00 | 2026-03-02T10:00 | 600
    2       | AP         | B    | 2026-03-02T09:00 | 2026-03-02T10:00 | 600
    3       | IT         | X    | 2026-03-02T09:00 | 2026-03-02T10:00 | 600
    """,
    "targets": """
    metric         | department | team | value
    plan_std_hours | AP         | -    | 40
    plan_std_hours | AP         | A    | 20
    """,
}
MONDAY = {"period_start": date(2026, 3, 2), "period_end": date(2026, 3, 3)}


def plan_of(check, expect, **chosen):
    check(
        "workload/plan_by_day",
        **MONDAY,
        as_of=datetime(2026, 3, 4),
        given=PLANNED,
        expect=f"done_hours | plan_hours\n{expect}",
        **chosen,
    )


def test_work_without_a_plan_does_not_count_towards_one(check):
    """IT has none."""
    plan_of(check, "20.0 | 40.0")


def test_a_part_is_not_measured_by_the_plan_of_the_whole(check):
    """Team A has a plan of its own, team B none, and priorities never have one."""
    plan_of(check, "10.0 | 20.0", team=("A",))
    plan_of(check, "", team=("B",))
    plan_of(check, "", priority=(None,))


def test_rework_earns_no_second_credit(check):
    check(
        "workload/plan_by_day",
        **MONDAY,
        as_of=datetime(2026, 3, 4),
        given={
            "work_items": """
            item_id | department | received_at      | standard_minutes
            1       | AP         | 2026-03-02T08:00 | 600
            """,
            "work_events": """
            item_id | event_at         | kind
            1       | 2026-03-02T08:00 | received
            1       | 2026-03-02T09:00 | completed
            1       | 2026-03-02T10:00 | reopened
            1       | 2026-03-02T11:00 | completed
            """,
            "targets": PLANNED["targets"],
        },
        expect="""
            done_hours | plan_hours
            10.0       | 40.0
        """,
    )


def test_work_of_unknown_size_is_not_no_work(check):
    check(
        "deadlines/runway",
        settings={"days": "1"},
        as_of=datetime(2026, 3, 2, 8),
        given={
            "work_items": """
            item_id | department | received_at      | due_at
            1       | AP         | 2026-03-01T09:00 | 2026-03-02T12:00
            """,
            "targets": PLANNED["targets"],
        },
        expect="""
            due_items | due_hours | plan_hours | cum_slack_hours
            1         | -         | 40.0       | -
        """,
    )


# Contradictions and gaps in the source


def test_what_ended_before_it_came_was_never_open(check):
    check(
        "backlog/open_by_bucket",
        **WEEK,
        settings={"grain": "day"},
        given={
            "work_items": """
            item_id | received_at      | completed_at
            1       | 2026-03-04T09:00 | 2026-03-03T09:00
            """
        },
        expect="""
            bucket_on  | open_items
            2026-03-02 | 0
            2026-03-03 | 0
            2026-03-04 | 0
            2026-03-05 | 0
            2026-03-06 | 0
            2026-03-07 | 0
            2026-03-08 | 0
        """,
    )


def test_events_that_name_no_team_leave_the_item_where_it_is(check):
    check(
        "overview/matrix",
        **MARCH,
        department=("AP",),
        given={
            "work_items": """
            item_id | department | team | received_at
            1       | AP         | A    | 2026-03-02T09:00
            """,
            "work_events": """
            item_id | event_at         | kind
            1       | 2026-03-02T09:00 | received
            """,
        },
        expect="""
            department | team | open_items
            AP         | A    | 1
        """,
    )


def test_an_end_that_no_event_tells_is_taken_from_the_dates(check):
    check(
        "overview/matrix",
        **MARCH,
        by=(),
        given={
            "work_items": DATES_ONLY,
            "work_events": """
            item_id | event_at         | kind
            1       | 2026-03-02T09:00 | received
            2       | 2026-03-02T09:00 | received
            """,
        },
        expect="""
            completed_items | open_items
            1               | 1
        """,
    )


def test_a_second_receipt_is_a_return(check):
    check(
        "workload/flow_identity",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at
            1       | 2026-03-02T09:00
            """,
            "work_events": """
            item_id | event_at         | kind
            1       | 2026-03-02T09:00 | received
            1       | 2026-03-03T09:00 | completed
            1       | 2026-03-04T09:00 | received
            """,
        },
        expect="""
            received_items | reopened_items | open_to_items | residual_items
            1              | 1              | 1             | 0
        """,
    )


def test_a_reopened_item_is_open_whatever_its_dates_say(check):
    check(
        "deadlines/reconciliation",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at      | due_at           | completed_at
            1       | 2026-03-02T09:00 | 2026-03-10T09:00 | 2026-03-03T09:00
            """,
            "work_events": """
            item_id | event_at         | kind
            1       | 2026-03-02T09:00 | received
            1       | 2026-03-03T09:00 | completed
            1       | 2026-03-04T09:00 | reopened
            """,
        },
        expect="""
            due_items | on_time_items | late_open_items
            1         | 0             | 1
        """,
    )


def test_events_at_one_instant_follow_their_usual_order(check):
    check(
        "records/open",
        as_of=datetime(2026, 3, 10),
        given={
            "work_events": """
            item_id | event_at         | kind     | to_status
            1       | 2026-03-02T09:00 | received | new
            1       | 2026-03-03T09:00 | status   | waiting
            1       | 2026-03-03T09:00 | assigned | in progress
            """
        },
        expect="""
            item_id | status
            1       | waiting
        """,
    )


def test_pauses_may_lie_in_each_other(check):
    """BC7: the first to end does not end the other."""
    check(
        "records/open",
        as_of=datetime(2026, 3, 10, 12),
        given={
            "work_events": """
            item_id | event_at         | kind
            1       | 2026-03-10T09:00 | received
            1       | 2026-03-10T10:00 | paused
            1       | 2026-03-10T11:00 | paused
            1       | 2026-03-10T11:30 | resumed
            2       | 2026-03-10T09:00 | received
            2       | 2026-03-10T10:00 | resumed
            2       | 2026-03-10T11:00 | paused
            3       | 2026-03-10T09:00 | received
            3       | 2026-03-10T10:00 | paused
            3       | 2026-03-10T11:00 | resumed
            """
        },
        expect="""
            item_id | is_paused
            1       | yes
            2       | yes
            3       | no
        """,
    )


# By department, and over time


def test_what_is_urgent_is_said_by_the_department_that_has_it(check):
    check(
        "backlog/urgent_important",
        as_of=datetime(2026, 3, 10),
        given={
            "work_items": """
            item_id | department | work_type | received_at
            1       | AP         | case      | 2026-03-02T09:00
            2       | HR         | case      | 2026-03-02T09:00
            """,
            "work_types": """
            work_type | department | urgent | important
            case      | AP         | no     | no
            case      | HR         | yes    | yes
            """,
        },
        expect="""
            urgent | important | open_items
            yes    | yes       | 1
            no     | no        | 1
        """,
    )


def test_what_lies_after_the_newest_change_is_not_complete(check):
    """As of 30 April, of data that ends on 11 March."""
    check(
        "workload/flow_by_bucket",
        **(MARCH | {"period_end": date(2026, 3, 16)}),
        told_as_of=datetime(2026, 3, 11),
        given={"work_items": DATES_ONLY},
        expect="""
            bucket_on  | received_items | is_partial
            2026-03-02 | 2              | no
            2026-03-09 | 0              | yes
        """,
    )


def test_to_be_passed_on_is_not_to_leave_a_status(check):
    check(
        "backlog/age_by_status",
        **MARCH,
        given={
            "work_events": """
            item_id | event_at         | kind        | to_status | team
            1       | 2026-03-02T09:00 | received    | new       | A
            1       | 2026-03-04T09:00 | transferred | -         | B
            """
        },
        expect="""
            status | open_items | left_items
            new    | 1          | 0
        """,
    )


def test_who_has_it_is_known_of_now_only(check):
    """The source names the persons of 30 April; who had what on the 10th is unknown."""
    check(
        "overview/matrix",
        **(MARCH | {"as_of": datetime(2026, 4, 10)}),
        told_as_of=datetime(2026, 4, 30),
        by=(),
        given={"work_items": PEOPLE},
        expect="""
            open_items | unassigned_items
            2          | -
        """,
    )
