"""What the ready mapping tells of a Redmine."""

import pytest

ROWS = {
    "users": """
        id | login | firstname | lastname   | type
        1  | ana   | Ana       | Roy        | User
        2  | ben   | Ben       | Iyer       | User
        3  | cat   | Cat       | Customer   | User
        4  | group |           | First line | Group
    """,
    "projects": """
        id | name        | parent_id | lft | rgt
        10 | Support     | -         | 1   | 4
        11 | Second line | 10        | 2   | 3
        12 | Billing     | -         | 5   | 6
    """,
    "trackers": """
        id | name
        1  | Request
    """,
    "enumerations": """
        id | name   | type
        4  | Normal | IssuePriority
    """,
    "issue_statuses": """
        id | name        | is_closed
        1  | New         | false
        2  | In Progress | false
        3  | Resolved    | true
        4  | Feedback    | false
        5  | Closed      | true
        6  | Rejected    | true
    """,
    # 1 plain, 2 reopened, 3 moved and back, 4 waits, 5 rejected, 6 overdue, 7 date moved,
    # 8 resolved and then closed, 9 never touched, 10 closed when it was made
    "issues": """
        id | tracker_id | project_id | due_date   | status_id | assigned_to_id | priority_id | author_id | created_on       | updated_on       | closed_on
        1  | 1          | 10         | 2026-03-03 | 5         | 1              | 4           | 3         | 2026-03-02 09:00 | 2026-03-02 12:00 | 2026-03-02 12:00
        2  | 1          | 10         | 2026-03-04 | 2         | 1              | 4           | 3         | 2026-03-02 09:00 | 2026-03-04 09:00 | 2026-03-03 09:00
        3  | 1          | 10         | -          | 3         | 2              | 4           | 3         | 2026-03-02 10:00 | 2026-03-05 10:00 | 2026-03-05 10:00
        4  | 1          | 11         | -          | 4         | 4              | 4           | 3         | 2026-03-02 11:00 | 2026-03-06 11:00 | -
        5  | 1          | 10         | -          | 6         | -              | 4           | 3         | 2026-03-03 09:00 | 2026-03-03 10:00 | 2026-03-03 10:00
        6  | 1          | 12         | 2026-03-04 | 2         | -              | 4           | 3         | 2026-03-03 09:00 | 2026-03-03 09:30 | -
        7  | 1          | 12         | 2026-03-09 | 5         | 1              | 4           | 2         | 2026-03-03 10:00 | 2026-03-06 10:00 | 2026-03-06 10:00
        8  | 1          | 12         | -          | 5         | 1              | 4           | 3         | 2026-03-03 11:00 | 2026-03-05 11:00 | 2026-03-04 11:00
        9  | 1          | 12         | -          | 1         | -              | 4           | 3         | 2026-03-04 09:00 | 2026-03-04 09:00 | -
        10 | 1          | 12         | 2026-03-06 | 5         | 1              | 4           | 3         | 2026-03-04 10:00 | 2026-03-04 10:00 | 2026-03-04 10:00
    """,
    "journals": """
        id | journalized_id | journalized_type | user_id | created_on       | private_notes
        1  | 1              | Issue            | 1       | 2026-03-02 10:00 | false
        2  | 1              | Issue            | 1       | 2026-03-02 10:30 | true
        3  | 1              | Issue            | 1       | 2026-03-02 11:00 | false
        4  | 1              | Issue            | 3       | 2026-03-02 11:30 | false
        5  | 1              | Issue            | 1       | 2026-03-02 12:00 | false
        6  | 2              | Issue            | 1       | 2026-03-03 09:00 | false
        7  | 2              | Issue            | 3       | 2026-03-04 09:00 | false
        8  | 3              | Issue            | 1       | 2026-03-03 10:00 | false
        9  | 3              | Issue            | 2       | 2026-03-04 10:00 | false
        10 | 3              | Issue            | 2       | 2026-03-05 10:00 | false
        11 | 4              | Issue            | 1       | 2026-03-02 12:00 | false
        12 | 4              | Issue            | 2       | 2026-03-03 11:00 | false
        13 | 4              | Issue            | 2       | 2026-03-04 11:00 | false
        14 | 4              | Issue            | 2       | 2026-03-06 11:00 | false
        15 | 5              | Issue            | 1       | 2026-03-03 10:00 | false
        16 | 6              | Issue            | 2       | 2026-03-03 09:30 | false
        17 | 7              | Issue            | 2       | 2026-03-03 12:00 | false
        18 | 7              | Issue            | 1       | 2026-03-06 10:00 | false
        19 | 8              | Issue            | 1       | 2026-03-04 11:00 | false
        20 | 8              | Issue            | 1       | 2026-03-05 11:00 | false
        21 | 9              | WikiPage         | 1       | 2026-03-05 11:00 | false
    """,
    "journal_details": """
        journal_id | property   | prop_key       | old_value  | value
        1          | attr       | assigned_to_id |            | 1
        1          | attr       | status_id      | 1          | 2
        1          | cf         | 2              |            | Urgent
        5          | attr       | status_id      | 2          | 5
        6          | attr       | status_id      | 1          | 3
        7          | attr       | status_id      | 3          | 2
        8          | attr       | project_id     | 10         | 12
        9          | attr       | project_id     | 12         | 10
        10         | attr       | status_id      | 1          | 3
        11         | attr       | project_id     | 10         | 11
        12         | attr       | assigned_to_id | 2          |
        12         | attr       | status_id      | 1          | 4
        13         | attr       | status_id      | 4          | 2
        14         | attr       | status_id      | 2          | 4
        15         | attr       | status_id      | 1          | 6
        16         | attr       | status_id      | 1          | 2
        17         | attr       | due_date       | 2026-03-04 | 2026-03-09
        18         | attr       | status_id      | 1          | 5
        19         | attr       | status_id      | 1          | 3
        19         | attachment | 7              |            | a.png
        20         | attr       | status_id      | 3          | 5
    """,
    "time_entries": """
        issue_id | user_id | hours | spent_on
        1        | 1       | 0.25  | 2026-03-02
        1        | 2       | 0.5   | 2026-03-02
    """,
}

pytestmark = pytest.mark.xdist_group("postgresql")


def test_an_issue_as_it_stands(tracker):
    """Rejected: cancelled. Resolved, then closed: done when it was resolved."""
    tracker("redmine").tells(
        "work_items",
        """
        item_id | department | team        | employee | status      | received_at      | started_at       | completed_at     | cancelled_at
        1       | Support    | Support     | Ana Roy  | Closed      | 2026-03-02T09:00 | 2026-03-02T10:00 | 2026-03-02T12:00 | -
        10      | Billing    | Billing     | Ana Roy  | Closed      | 2026-03-04T10:00 | -                | 2026-03-04T10:00 | -
        2       | Support    | Support     | Ana Roy  | In Progress | 2026-03-02T09:00 | 2026-03-03T09:00 | -                | -
        3       | Support    | Support     | Ben Iyer | Resolved    | 2026-03-02T10:00 | 2026-03-05T10:00 | 2026-03-05T10:00 | -
        4       | Support    | Second line | -        | Feedback    | 2026-03-02T11:00 | 2026-03-03T11:00 | -                | -
        5       | Support    | Support     | -        | Rejected    | 2026-03-03T09:00 | 2026-03-03T10:00 | -                | 2026-03-03T10:00
        6       | Billing    | Billing     | -        | In Progress | 2026-03-03T09:00 | 2026-03-03T09:30 | -                | -
        7       | Billing    | Billing     | Ana Roy  | Closed      | 2026-03-03T10:00 | 2026-03-06T10:00 | 2026-03-06T10:00 | -
        8       | Billing    | Billing     | Ana Roy  | Closed      | 2026-03-03T11:00 | 2026-03-04T11:00 | 2026-03-04T11:00 | -
        9       | Billing    | Billing     | -        | New         | 2026-03-04T09:00 | -                | -                | -
        """,
    )


def test_a_due_date_counts_to_the_end_of_its_day(tracker):
    tracker("redmine").tells(
        "work_items",
        """
        item_id | first_due_at     | due_at           | work_type | priority | handling_minutes | changed_at
        1       | 2026-03-03T23:59 | 2026-03-03T23:59 | Request   | Normal   | 45.00            | 2026-03-02T12:00
        10      | 2026-03-06T23:59 | 2026-03-06T23:59 | Request   | Normal   | -                | 2026-03-04T10:00
        2       | 2026-03-04T23:59 | 2026-03-04T23:59 | Request   | Normal   | -                | 2026-03-04T09:00
        3       | -                | -                | Request   | Normal   | -                | 2026-03-05T10:00
        4       | -                | -                | Request   | Normal   | -                | 2026-03-06T11:00
        5       | -                | -                | Request   | Normal   | -                | 2026-03-03T10:00
        6       | 2026-03-04T23:59 | 2026-03-04T23:59 | Request   | Normal   | -                | 2026-03-03T09:30
        7       | 2026-03-04T23:59 | 2026-03-09T23:59 | Request   | Normal   | -                | 2026-03-06T10:00
        8       | -                | -                | Request   | Normal   | -                | 2026-03-05T11:00
        9       | -                | -                | Request   | Normal   | -                | 2026-03-04T09:00
        """,
    )


def events(tracker, item, expected):
    tracker("redmine").tells("work_events", expected, item_id=item)


def test_a_plain_life(tracker):
    """Private notes and those of customers are no answers."""
    events(
        tracker,
        "1",
        """
        event_at         | sequence | kind      | from_status | to_status   | employee | department | team
        2026-03-02T09:00 | 1        | received  | -           | New         | -        | Support    | Support
        2026-03-02T10:00 | 2        | assigned  | -           | -           | Ana Roy  | Support    | Support
        2026-03-02T10:00 | 3        | status    | New         | In Progress | Ana Roy  | Support    | Support
        2026-03-02T11:00 | 4        | replied   | -           | -           | Ana Roy  | Support    | Support
        2026-03-02T12:00 | 5        | completed | In Progress | Closed      | Ana Roy  | Support    | Support
        """,
    )


def test_whoever_never_had_an_issue_has_no_name(tracker):
    events(
        tracker,
        "2",
        """
        event_at         | kind      | to_status   | employee
        2026-03-02T09:00 | received  | New         | -
        2026-03-03T09:00 | completed | Resolved    | Ana Roy
        2026-03-04T09:00 | reopened  | In Progress | -
        """,
    )


def test_an_issue_that_is_moved_is_handed_over(tracker):
    events(
        tracker,
        "3",
        """
        event_at         | kind        | employee | department | team
        2026-03-02T10:00 | received    | -        | Support    | Support
        2026-03-03T10:00 | transferred | Ana Roy  | Billing    | Billing
        2026-03-04T10:00 | transferred | Ben Iyer | Support    | Support
        2026-03-05T10:00 | completed   | Ben Iyer | Support    | Support
        """,
    )


def test_a_status_that_is_named_as_waiting_is_a_pause(tracker):
    """Taking an issue from a person is no assignment."""
    events(
        tracker,
        "4",
        """
        event_at         | kind        | to_status   | team
        2026-03-02T11:00 | received    | New         | Support
        2026-03-02T12:00 | transferred | -           | Second line
        2026-03-03T11:00 | paused      | Feedback    | Second line
        2026-03-04T11:00 | resumed     | In Progress | Second line
        2026-03-06T11:00 | paused      | Feedback    | Second line
        """,
    )


def test_a_status_that_is_named_as_given_up_cancels(tracker):
    events(
        tracker,
        "5",
        """
        event_at         | kind      | to_status | employee
        2026-03-03T09:00 | received  | New       | -
        2026-03-03T10:00 | cancelled | Rejected  | Ana Roy
        """,
    )


def test_who_moved_the_date(tracker):
    events(
        tracker,
        "7",
        """
        event_at         | kind        | employee
        2026-03-03T10:00 | received    | Ben Iyer
        2026-03-03T12:00 | due_changed | Ben Iyer
        2026-03-06T10:00 | completed   | Ana Roy
        """,
    )


def test_from_one_closed_status_to_another_is_a_change_of_status(tracker):
    events(
        tracker,
        "8",
        """
        event_at         | kind      | from_status | to_status
        2026-03-03T11:00 | received  | -           | New
        2026-03-04T11:00 | completed | New         | Resolved
        2026-03-05T11:00 | status    | Resolved    | Closed
        """,
    )


def test_people_are_told_by_name_and_groups_not_at_all(tracker):
    tracker("redmine").tells(
        "employees",
        """
        employee | display_name
        Ana Roy  | Ana Roy
        Ben Iyer | Ben Iyer
        """,
    )


def test_the_figures_of_a_week(figures):
    told = figures("redmine")
    told.flow(
        """
        bucket_on  | received_items | completed_items | cancelled_items | reopened_items | transferred_in_items | net_flow_items
        2026-03-02 | 10             | 6               | 1               | 1              | 3                    | 4
        """
    )
    told.open(
        """
        team        | open_items | overdue_items | undated_items | paused_items | unassigned_items
        Billing     | 2          | 1             | 1             | 0            | 2
        Second line | 1          | 0             | 1             | 1            | 1
        Support     | 1          | 1             | 0             | 0            | 0
        """
    )
    told.on_time(
        """
        department | due_items | on_time_items | late_completed_items | late_open_items
        Billing    | 3         | 1             | 1                    | 1
        Support    | 2         | 1             | 0                    | 1
        """
    )
    told.handoffs(
        """
        completed_items | handoffs | handed_items | ping_pong_items
        5               | 2        | 1            | 1
        """
    )
    assert told.faults() == []
