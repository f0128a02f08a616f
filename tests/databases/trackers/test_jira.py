"""What the ready mapping tells of a Jira, whose server stands in Berlin."""

import pytest

ROWS = {
    "app_user": """
        id | user_key      | lower_user_name
        1  | JIRAUSER10001 | ana
        2  | JIRAUSER10002 | ben
        3  | JIRAUSER10003 | cat
    """,
    # Ana stands in two directories; Cat is a customer.
    "cwd_user": """
        id | directory_id | user_name | lower_user_name | active | display_name | email_address
        1  | 1            | ana       | ana             | 0      | Ana Former   | ana@desk.test
        2  | 2            | ana       | ana             | 1      | Ana Roy      | ana@desk.test
        3  | 1            | ben       | ben             | 1      | Ben Iyer     | ben@desk.test
        4  | 1            | cat       | cat             | 1      | Cat Customer | cat@shop.test
    """,
    "project": """
        id | pkey | pname
        10 | SUP  | Support desk
        11 | SEC  | Second line
        12 | BIL  | Billing
    """,
    "projectcategory": """
        id | cname
        7  | Support
    """,
    "nodeassociation": """
        source_node_id | source_node_entity | sink_node_id | sink_node_entity | association_type
        10             | Project            | 7            | ProjectCategory  | ProjectCategory
        11             | Project            | 7            | ProjectCategory  | ProjectCategory
        12             | Project            | 7            | PermissionScheme | ProjectScheme
    """,
    "issuestatus": """
        id | pname                | statuscategory
        1  | To Do                | 2
        3  | In Progress          | 4
        4  | Waiting for customer | 4
        5  | Resolved             | 3
        6  | Closed               | 3
    """,
    "issuetype": """
        id | pname
        1  | Incident
    """,
    "priority": """
        id | pname
        3  | High
    """,
    # 1 plain, 2 reopened, 3 moved and back, 4 waits, 5 a duplicate, 6 overdue, 7 date moved,
    # 8 resolved and then closed, 9 never touched, 10 done with a date that was set late
    "jiraissue": """
        id  | issuenum | project | assignee      | creator       | issuetype | priority | issuestatus | created           | updated           | duedate           | resolutiondate    | timespent
        101 | 1        | 10      | JIRAUSER10001 | JIRAUSER10003 | 1         | 3        | 6           | 2026-03-02T09:00Z | 2026-03-02T12:00Z | 2026-03-02T23:00Z | 2026-03-02T12:00Z | 1500
        102 | 2        | 10      | JIRAUSER10001 | JIRAUSER10003 | 1         | 3        | 3           | 2026-03-02T09:00Z | 2026-03-04T09:00Z | 2026-03-03T23:00Z | -                 | -
        103 | 3        | 10      | JIRAUSER10002 | JIRAUSER10003 | 1         | 3        | 5           | 2026-03-02T10:00Z | 2026-03-05T10:00Z | -                 | 2026-03-05T10:00Z | -
        104 | 4        | 11      | JIRAUSER10002 | JIRAUSER10003 | 1         | 3        | 4           | 2026-03-02T11:00Z | 2026-03-06T11:00Z | -                 | -                 | -
        105 | 5        | 10      | -             | JIRAUSER10003 | 1         | 3        | 6           | 2026-03-03T09:00Z | 2026-03-03T10:00Z | -                 | 2026-03-03T10:00Z | -
        106 | 1        | 12      | -             | JIRAUSER10003 | 1         | 3        | 3           | 2026-03-03T09:00Z | 2026-03-03T09:30Z | 2026-03-03T23:00Z | -                 | -
        107 | 2        | 12      | JIRAUSER10001 | JIRAUSER10002 | 1         | 3        | 6           | 2026-03-03T10:00Z | 2026-03-06T10:00Z | 2026-03-08T23:00Z | 2026-03-06T10:00Z | -
        108 | 3        | 12      | JIRAUSER10001 | JIRAUSER10003 | 1         | 3        | 6           | 2026-03-03T11:00Z | 2026-03-05T11:00Z | -                 | 2026-03-04T11:00Z | -
        109 | 4        | 12      | -             | JIRAUSER10003 | 1         | 3        | 1           | 2026-03-04T09:00Z | 2026-03-04T09:00Z | -                 | -                 | -
        110 | 5        | 12      | JIRAUSER10001 | JIRAUSER10003 | 1         | 3        | 5           | 2026-03-04T10:00Z | 2026-03-06T00:00Z | 2026-03-05T23:00Z | 2026-03-06T00:00Z | -
    """,
    "changegroup": """
        id | issueid | author        | created
        1  | 101     | JIRAUSER10001 | 2026-03-02T10:00Z
        2  | 101     | JIRAUSER10001 | 2026-03-02T12:00Z
        3  | 102     | JIRAUSER10001 | 2026-03-03T09:00Z
        4  | 102     | JIRAUSER10003 | 2026-03-04T09:00Z
        5  | 103     | JIRAUSER10001 | 2026-03-03T10:00Z
        6  | 103     | JIRAUSER10002 | 2026-03-04T10:00Z
        7  | 103     | JIRAUSER10002 | 2026-03-05T10:00Z
        8  | 104     | JIRAUSER10001 | 2026-03-02T12:00Z
        9  | 104     | JIRAUSER10002 | 2026-03-03T11:00Z
        10 | 104     | JIRAUSER10002 | 2026-03-04T11:00Z
        11 | 104     | JIRAUSER10002 | 2026-03-06T11:00Z
        12 | 105     | JIRAUSER10001 | 2026-03-03T10:00Z
        13 | 106     | JIRAUSER10002 | 2026-03-03T09:30Z
        14 | 107     | JIRAUSER10002 | 2026-03-03T12:00Z
        15 | 107     | JIRAUSER10001 | 2026-03-06T10:00Z
        16 | 108     | JIRAUSER10001 | 2026-03-04T11:00Z
        17 | 108     | JIRAUSER10001 | 2026-03-05T11:00Z
        18 | 110     | JIRAUSER10001 | 2026-03-04T11:00Z
        19 | 110     | -             | 2026-03-06T00:00Z
    """,
    "changeitem": """
        groupid | field      | oldvalue   | oldstring             | newvalue      | newstring
        1       | assignee   | -          | -                     | JIRAUSER10001 | Ana Roy
        1       | status     | 1          | To Do                 | 3             | In Progress
        2       | resolution | -          | -                     | 1             | Done
        2       | status     | 3          | In Progress           | 6             | Closed
        3       | status     | 1          | To Do                 | 5             | Resolved
        4       | status     | 5          | Resolved              | 3             | In Progress
        5       | project    | 10         | Support desk          | 12            | Billing
        5       | Key        | -          | SUP-3                 | -             | BIL-9
        6       | project    | 12         | Billing               | 10            | Support desk
        7       | status     | 1          | To Do                 | 5             | Resolved
        8       | project    | 10         | Support desk          | 11            | Second line
        9       | status     | 1          | To Do                 | 4             | Waiting for customer
        10      | status     | 4          | Waiting for customer  | 3             | In Progress
        11      | status     | 3          | In Progress           | 4             | Waiting for customer
        12      | status     | 1          | To Do                 | 6             | Closed
        12      | resolution | -          | -                     | 3             | Duplicate
        13      | status     | 1          | To Do                 | 3             | In Progress
        14      | duedate    | 2026-03-04 | 2026-03-04 00:00:00.0 | 2026-03-09    | 2026-03-09 00:00:00.0
        15      | status     | 1          | To Do                 | 6             | Closed
        16      | status     | 1          | To Do                 | 5             | Resolved
        17      | status     | 5          | Resolved              | 6             | Closed
        18      | duedate    | -          | -                     | 2026-03-06    | 2026-03-06 00:00:00.0
        19      | status     | 1          | To Do                 | 5             | Resolved
    """,
    "jiraaction": """
        id | issueid | author        | rolelevel | created
        1  | 101     | JIRAUSER10001 | -         | 2026-03-02T10:30Z
        2  | 101     | JIRAUSER10001 | 10002     | 2026-03-02T10:40Z
        3  | 101     | JIRAUSER10001 | -         | 2026-03-02T11:00Z
        4  | 101     | JIRAUSER10003 | -         | 2026-03-02T11:30Z
    """,
    "entity_property": """
        id | entity_name         | entity_id | property_key      | json_value
        1  | sd.comment.property | 1         | sd.public.comment | {"internal": true}
        2  | sd.comment.property | 3         | sd.public.comment | {"internal":false}
    """,
}

pytestmark = pytest.mark.xdist_group("postgresql")


def test_an_issue_as_it_stands(tracker):
    """A duplicate: cancelled. Resolved, then closed: done when it was resolved."""
    tracker("jira").tells(
        "work_items",
        """
        item_id | department | team         | employee | status               | received_at      | started_at       | completed_at     | cancelled_at
        BIL-1   | Billing    | Billing      | -        | In Progress          | 2026-03-03T09:00 | 2026-03-03T09:30 | -                | -
        BIL-2   | Billing    | Billing      | Ana Roy  | Closed               | 2026-03-03T10:00 | 2026-03-06T10:00 | 2026-03-06T10:00 | -
        BIL-3   | Billing    | Billing      | Ana Roy  | Closed               | 2026-03-03T11:00 | 2026-03-04T11:00 | 2026-03-04T11:00 | -
        BIL-4   | Billing    | Billing      | -        | To Do                | 2026-03-04T09:00 | -                | -                | -
        BIL-5   | Billing    | Billing      | Ana Roy  | Resolved             | 2026-03-04T10:00 | 2026-03-06T00:00 | 2026-03-06T00:00 | -
        SEC-4   | Support    | Second line  | Ben Iyer | Waiting for customer | 2026-03-02T11:00 | 2026-03-03T11:00 | -                | -
        SUP-1   | Support    | Support desk | Ana Roy  | Closed               | 2026-03-02T09:00 | 2026-03-02T10:00 | 2026-03-02T12:00 | -
        SUP-2   | Support    | Support desk | Ana Roy  | In Progress          | 2026-03-02T09:00 | 2026-03-03T09:00 | -                | -
        SUP-3   | Support    | Support desk | Ben Iyer | Resolved             | 2026-03-02T10:00 | 2026-03-05T10:00 | 2026-03-05T10:00 | -
        SUP-5   | Support    | Support desk | -        | Closed               | 2026-03-03T09:00 | 2026-03-03T10:00 | -                | 2026-03-03T10:00
        """,
    )


def test_a_due_date_counts_to_the_end_of_the_day_where_the_server_stands(tracker):
    """4 March ends in Berlin at 23:00 UTC; the history tells the date before the move."""
    tracker("jira").tells(
        "work_items",
        """
        item_id | first_due_at     | due_at           | work_type | priority | handling_minutes | changed_at
        BIL-1   | 2026-03-04T22:59 | 2026-03-04T22:59 | Incident  | High     | -                | 2026-03-03T09:30
        BIL-2   | 2026-03-04T22:59 | 2026-03-09T22:59 | Incident  | High     | -                | 2026-03-06T10:00
        BIL-3   | -                | -                | Incident  | High     | -                | 2026-03-05T11:00
        BIL-4   | -                | -                | Incident  | High     | -                | 2026-03-04T09:00
        BIL-5   | 2026-03-06T22:59 | 2026-03-06T22:59 | Incident  | High     | -                | 2026-03-06T00:00
        SEC-4   | -                | -                | Incident  | High     | -                | 2026-03-06T11:00
        SUP-1   | 2026-03-03T22:59 | 2026-03-03T22:59 | Incident  | High     | 25.00            | 2026-03-02T12:00
        SUP-2   | 2026-03-04T22:59 | 2026-03-04T22:59 | Incident  | High     | -                | 2026-03-04T09:00
        SUP-3   | -                | -                | Incident  | High     | -                | 2026-03-05T10:00
        SUP-5   | -                | -                | Incident  | High     | -                | 2026-03-03T10:00
        """,
    )


def events(tracker, item, expected):
    tracker("jira").tells("work_events", expected, item_id=item)


def test_a_plain_life(tracker):
    """Comments of customers, of a role alone or marked internal are no answers."""
    events(
        tracker,
        "SUP-1",
        """
        event_at         | sequence | kind      | from_status | to_status   | employee | department | team
        2026-03-02T09:00 | 1        | received  | -           | To Do       | -        | Support    | Support desk
        2026-03-02T10:00 | 2        | assigned  | -           | -           | Ana Roy  | Support    | Support desk
        2026-03-02T10:00 | 3        | status    | To Do       | In Progress | Ana Roy  | Support    | Support desk
        2026-03-02T11:00 | 4        | replied   | -           | -           | Ana Roy  | Support    | Support desk
        2026-03-02T12:00 | 5        | completed | In Progress | Closed      | Ana Roy  | Support    | Support desk
        """,
    )


def test_whoever_never_had_an_issue_has_no_name(tracker):
    events(
        tracker,
        "SUP-2",
        """
        event_at         | kind      | to_status   | employee
        2026-03-02T09:00 | received  | To Do       | -
        2026-03-03T09:00 | completed | Resolved    | Ana Roy
        2026-03-04T09:00 | reopened  | In Progress | -
        """,
    )


def test_an_issue_that_is_moved_is_handed_over(tracker):
    events(
        tracker,
        "SUP-3",
        """
        event_at         | kind        | employee | department | team
        2026-03-02T10:00 | received    | -        | Support    | Support desk
        2026-03-03T10:00 | transferred | Ana Roy  | Billing    | Billing
        2026-03-04T10:00 | transferred | Ben Iyer | Support    | Support desk
        2026-03-05T10:00 | completed   | Ben Iyer | Support    | Support desk
        """,
    )


def test_a_status_that_is_named_as_waiting_is_a_pause(tracker):
    events(
        tracker,
        "SEC-4",
        """
        event_at         | kind        | to_status            | team
        2026-03-02T11:00 | received    | To Do                | Support desk
        2026-03-02T12:00 | transferred | -                    | Second line
        2026-03-03T11:00 | paused      | Waiting for customer | Second line
        2026-03-04T11:00 | resumed     | In Progress          | Second line
        2026-03-06T11:00 | paused      | Waiting for customer | Second line
        """,
    )


def test_a_resolution_that_gives_up_cancels(tracker):
    events(
        tracker,
        "SUP-5",
        """
        event_at         | kind      | to_status | employee
        2026-03-03T09:00 | received  | To Do     | -
        2026-03-03T10:00 | cancelled | Closed    | Ana Roy
        """,
    )


def test_moving_a_date_is_told_and_setting_the_first_is_not(tracker):
    events(
        tracker,
        "BIL-2",
        """
        event_at         | kind        | employee
        2026-03-03T10:00 | received    | Ben Iyer
        2026-03-03T12:00 | due_changed | Ben Iyer
        2026-03-06T10:00 | completed   | Ana Roy
        """,
    )
    events(
        tracker,
        "BIL-5",
        """
        event_at         | kind      | employee
        2026-03-04T10:00 | received  | -
        2026-03-06T00:00 | completed | -
        """,
    )


def test_from_one_done_to_another_is_a_change_of_status(tracker):
    events(
        tracker,
        "BIL-3",
        """
        event_at         | kind      | from_status | to_status
        2026-03-03T11:00 | received  | -           | To Do
        2026-03-04T11:00 | completed | To Do       | Resolved
        2026-03-05T11:00 | status    | Resolved    | Closed
        """,
    )


def test_people_are_told_by_the_name_that_is_in_use(tracker):
    tracker("jira").tells(
        "employees",
        """
        employee | display_name
        Ana Roy  | Ana Roy
        Ben Iyer | Ben Iyer
        """,
    )


def test_the_figures_of_a_week(figures):
    told = figures("jira")
    told.flow(
        """
        bucket_on  | received_items | completed_items | cancelled_items | reopened_items | transferred_in_items | net_flow_items
        2026-03-02 | 10             | 6               | 1               | 1              | 3                    | 4
        """
    )
    told.open(
        """
        team         | open_items | overdue_items | undated_items | paused_items | unassigned_items
        Billing      | 2          | 1             | 1             | 0            | 2
        Second line  | 1          | 0             | 1             | 1            | 0
        Support desk | 1          | 1             | 0             | 0            | 0
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
