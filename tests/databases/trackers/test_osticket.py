"""What the ready mapping tells of an osTicket, whose server is five hours behind UTC."""

import pytest

ROWS = {
    "ost_staff": """
        staff_id | dept_id | username | firstname | lastname | email
        1        | 1       | ana      | Ana       | Roy      | ana@desk.test
        2        | 3       | ben      | Ben       | Iyer     | ben@desk.test
    """,
    "ost_department": """
        id | pid | name        | path  | schedule_id
        1  | -   | Support     | /1/   | 0
        2  | 1   | Second line | /1/2/ | 0
        3  | -   | Billing     | /3/   | 0
    """,
    "ost_sla": """
        id | schedule_id | isactive | grace_period | name
        1  | 0           | 1        | 24           | One day
        2  | 7           | 1        | 18           | Opening hours
    """,
    "ost_help_topic": """
        topic_id | topic
        1        | Question
    """,
    "ost_organization": """
        id | name
        1  | Shop
    """,
    "ost_user": """
        id | org_id | name
        1  | 1      | Cat Customer
        2  | 0      | Dan Customer
    """,
    "ost_ticket_status": """
        id | name        | state
        1  | Open        | open
        2  | Resolved    | closed
        3  | Closed      | closed
        6  | In progress | open
    """,
    "ost_ticket_priority": """
        priority_id | priority | priority_desc
        2           | normal   | Normal
    """,
    "ost_ticket__cdata": """
        ticket_id | subject | priority
        1         | Secret  | 2
    """,
    # 1 plain, 2 reopened, 3 passed on and back, 4 late, 5 merged, 6 linked, 7 date moved,
    # 8 resolved and merged later, 9 never touched, 10 late since it was reopened
    "ost_ticket": """
        ticket_id | ticket_pid | number | user_id | status_id | dept_id | sla_id | topic_id | staff_id | flags | source | duedate             | est_duedate         | closed              | created             | updated
        1         | -          | 100001 | 1       | 3         | 1       | 1      | 1        | 1        | 16    | Email  | -                   | 2026-03-03 04:00:00 | 2026-03-02 07:00:00 | 2026-03-02 04:00:00 | 2026-03-02 07:00:00
        2         | -          | 100002 | 2       | 1         | 1       | 1      | 0        | 1        | 0     | Web    | -                   | 2026-03-05 04:00:00 | -                   | 2026-03-02 04:00:00 | 2026-03-04 04:00:00
        3         | -          | 100003 | 2       | 2         | 1       | 2      | 0        | 2        | 0     | Web    | -                   | -                   | 2026-03-05 05:00:00 | 2026-03-02 05:00:00 | 2026-03-05 05:00:00
        4         | -          | 100004 | 2       | 3         | 3       | 1      | 0        | 2        | 0     | Web    | -                   | -                   | 2026-03-06 05:00:00 | 2026-03-03 05:00:00 | 2026-03-06 05:00:00
        5         | 1          | 100005 | 2       | 3         | 1       | 0      | 0        | 1        | 2     | Web    | -                   | -                   | 2026-03-03 05:00:00 | 2026-03-03 04:00:00 | 2026-03-03 05:00:00
        6         | 1          | 100006 | 2       | 1         | 1       | 0      | 0        | 0        | 8     | Web    | -                   | -                   | -                   | 2026-03-03 04:00:00 | 2026-03-03 04:00:00
        7         | -          | 100007 | 2       | 3         | 3       | 0      | 0        | 2        | 0     | Phone  | 2026-03-09 05:00:00 | -                   | 2026-03-06 05:00:00 | 2026-03-03 05:00:00 | 2026-03-06 05:00:00
        8         | 4          | 100008 | 2       | 3         | 3       | 0      | 0        | 2        | 2     | Web    | -                   | -                   | 2026-03-05 06:00:00 | 2026-03-03 06:00:00 | 2026-03-05 06:00:00
        9         | -          | 100009 | 2       | 1         | 2       | 0      | 0        | 0        | 0     | Web    | -                   | -                   | -                   | 2026-03-04 04:00:00 | 2026-03-04 04:00:00
        10        | -          | 100010 | 2       | 6         | 3       | 1      | 0        | 2        | 0     | Web    | -                   | 2026-03-07 05:00:00 | -                   | 2026-03-04 05:00:00 | 2026-03-06 05:00:00
    """,
    "ost_thread": """
        id | object_id | object_type
        1  | 1         | T
        2  | 2         | T
        3  | 3         | T
        4  | 4         | T
        5  | 5         | C
        6  | 6         | T
        7  | 7         | T
        8  | 8         | T
        9  | 9         | T
        10 | 10        | T
        11 | 1         | A
    """,
    "ost_event": """
        id | name
        1  | created
        2  | closed
        3  | reopened
        4  | assigned
        6  | transferred
        8  | overdue
        9  | edited
        15 | merged
        17 | linked
    """,
    "ost_thread_event": """
        thread_id | event_id | dept_id | uid | uid_type | annulled | timestamp           | data
        1         | 1        | 1       | 1   | U        | 0        | 2026-03-02 04:00:00 | -
        1         | 4        | 1       | 1   | S        | 0        | 2026-03-02 05:00:00 | {"claim":true}
        1         | 2        | 1       | 1   | S        | 0        | 2026-03-02 07:00:00 | {"status":[3,"Closed"]}
        2         | 1        | 1       | 2   | U        | 0        | 2026-03-02 04:00:00 | -
        2         | 2        | 1       | 1   | S        | 1        | 2026-03-03 03:00:00 | {"status":[3,"Closed"]}
        2         | 3        | 1       | 2   | U        | 0        | 2026-03-04 04:00:00 | -
        3         | 1        | 1       | 2   | U        | 0        | 2026-03-02 05:00:00 | -
        3         | 6        | 3       | 1   | S        | 0        | 2026-03-03 05:00:00 | {"dept":"Billing"}
        3         | 6        | 1       | 2   | S        | 0        | 2026-03-04 05:00:00 | {"dept":"Support"}
        3         | 8        | 1       | -   | S        | 0        | 2026-03-04 15:05:00 | -
        3         | 2        | 1       | 2   | S        | 0        | 2026-03-05 05:00:00 | {"status":[2,"Resolved"]}
        4         | 1        | 3       | 2   | U        | 0        | 2026-03-03 05:00:00 | -
        4         | 8        | 3       | -   | S        | 0        | 2026-03-04 05:10:00 | -
        4         | 2        | 3       | 2   | S        | 0        | 2026-03-06 05:00:00 | {"status":[3,"Closed"]}
        5         | 1        | 1       | 2   | U        | 0        | 2026-03-03 04:00:00 | -
        5         | 15       | 1       | 1   | S        | 0        | 2026-03-03 05:00:00 | {"ticket":"Ticket #100001","id":1}
        5         | 2        | 1       | 1   | S        | 0        | 2026-03-03 05:00:00 | {"status":[3,"Closed"]}
        6         | 1        | 1       | 2   | U        | 0        | 2026-03-03 04:00:00 | -
        6         | 17       | 1       | 1   | S        | 0        | 2026-03-03 04:30:00 | {"ticket":"Ticket #100001","id":1}
        7         | 1        | 3       | 2   | S        | 0        | 2026-03-03 05:00:00 | -
        7         | 9        | 3       | 2   | S        | 0        | 2026-03-03 07:00:00 | {"duedate":["2026-03-04 05:00:00","2026-03-09 05:00:00"]}
        7         | 2        | 3       | 2   | S        | 0        | 2026-03-06 05:00:00 | {"status":[3,"Closed"]}
        8         | 1        | 3       | 2   | U        | 0        | 2026-03-03 06:00:00 | -
        8         | 2        | 3       | 2   | S        | 1        | 2026-03-04 06:00:00 | {"status":[2,"Resolved"]}
        8         | 15       | 3       | 2   | S        | 0        | 2026-03-05 06:00:00 | {"ticket":"Ticket #100004","id":4}
        8         | 2        | 3       | 2   | S        | 0        | 2026-03-05 06:00:00 | {"status":[3,"Closed"]}
        9         | 1        | 2       | 2   | U        | 0        | 2026-03-04 04:00:00 | -
        10        | 1        | 3       | 2   | U        | 0        | 2026-03-04 05:00:00 | -
        10        | 2        | 3       | 2   | S        | 1        | 2026-03-04 09:00:00 | {"status":[3,"Closed"]}
        10        | 3        | 3       | 2   | U        | 0        | 2026-03-06 05:00:00 | -
        10        | 9        | 3       | 2   | S        | 0        | 2026-03-06 05:00:00 | {"status":6}
        10        | 9        | 3       | 2   | S        | 0        | 2026-03-06 06:00:00 | {"topic_id":[0,1]}
        11        | 1        | 3       | 2   | S        | 0        | 2026-03-06 06:00:00 | -
    """,
    "ost_thread_entry": """
        thread_id | staff_id | user_id | type | created
        1         | 0        | 1       | M    | 2026-03-02 04:00:00
        1         | 1        | 0       | N    | 2026-03-02 05:30:00
        1         | 1        | 0       | R    | 2026-03-02 06:00:00
        1         | 0        | 0       | R    | 2026-03-02 06:30:00
    """,
}

pytestmark = pytest.mark.xdist_group("mariadb")


def test_a_ticket_as_it_stands(tracker):
    """Merged: cancelled, unless it was done before. Linked: not."""
    tracker("osticket").tells(
        "work_items",
        """
        item_id | department | team                  | employee | status      | received_at      | started_at       | completed_at     | cancelled_at
        100001  | Support    | Support               | Ana Roy  | Closed      | 2026-03-02T09:00 | 2026-03-02T11:00 | 2026-03-02T12:00 | -
        100002  | Support    | Support               | Ana Roy  | Open        | 2026-03-02T09:00 | -                | -                | -
        100003  | Support    | Support               | Ben Iyer | Resolved    | 2026-03-02T10:00 | -                | 2026-03-05T10:00 | -
        100004  | Billing    | Billing               | Ben Iyer | Closed      | 2026-03-03T10:00 | -                | 2026-03-06T10:00 | -
        100005  | Support    | Support               | Ana Roy  | Closed      | 2026-03-03T09:00 | -                | -                | 2026-03-03T10:00
        100006  | Support    | Support               | -        | Open        | 2026-03-03T09:00 | -                | -                | -
        100007  | Billing    | Billing               | Ben Iyer | Closed      | 2026-03-03T10:00 | -                | 2026-03-06T10:00 | -
        100008  | Billing    | Billing               | Ben Iyer | Closed      | 2026-03-03T11:00 | -                | 2026-03-04T11:00 | -
        100009  | Support    | Support / Second line | -        | Open        | 2026-03-04T09:00 | -                | -                | -
        100010  | Billing    | Billing               | Ben Iyer | In progress | 2026-03-04T10:00 | -                | -                | -
        """,
    )


def test_a_promise_that_was_deleted_is_made_again(tracker):
    """3 has opening hours: the flag. 4 has none: the hours of the SLA."""
    tracker("osticket").tells(
        "work_items",
        """
        item_id | first_due_at     | due_at           | work_type | priority | channel | client | changed_at
        100001  | 2026-03-03T09:00 | 2026-03-03T09:00 | Question  | Normal   | Email   | Shop   | 2026-03-02T12:00
        100002  | 2026-03-03T09:00 | 2026-03-05T09:00 | -         | -        | Web     | -      | 2026-03-04T09:00
        100003  | 2026-03-04T20:05 | 2026-03-04T20:05 | -         | -        | Web     | -      | 2026-03-05T10:00
        100004  | 2026-03-04T10:00 | 2026-03-04T10:00 | -         | -        | Web     | -      | 2026-03-06T10:00
        100005  | -                | -                | -         | -        | Web     | -      | 2026-03-03T10:00
        100006  | -                | -                | -         | -        | Web     | -      | 2026-03-03T09:00
        100007  | 2026-03-04T10:00 | 2026-03-09T10:00 | -         | -        | Phone   | -      | 2026-03-06T10:00
        100008  | -                | -                | -         | -        | Web     | -      | 2026-03-05T11:00
        100009  | -                | -                | -         | -        | Web     | -      | 2026-03-04T09:00
        100010  | 2026-03-05T10:00 | 2026-03-07T10:00 | -         | -        | Web     | -      | 2026-03-06T10:00
        """,
    )


def events(tracker, item, expected):
    tracker("osticket").tells("work_events", expected, item_id=item)


def test_a_plain_life(tracker):
    """Notes are no answers, nor is what a machine sends."""
    events(
        tracker,
        "100001",
        """
        event_at         | sequence | kind      | to_status | employee | department | team
        2026-03-02T09:00 | 1        | received  | -         | -        | Support    | Support
        2026-03-02T10:00 | 2        | assigned  | -         | Ana Roy  | Support    | Support
        2026-03-02T11:00 | 3        | replied   | -         | Ana Roy  | Support    | Support
        2026-03-02T12:00 | 4        | completed | Closed    | Ana Roy  | Support    | Support
        """,
    )


def test_a_closing_that_a_reopening_annulled_is_still_told(tracker):
    events(
        tracker,
        "100010",
        """
        event_at         | kind      | to_status   | employee
        2026-03-04T10:00 | received  | -           | -
        2026-03-04T14:00 | completed | Closed      | Ben Iyer
        2026-03-06T10:00 | reopened  | -           | -
        2026-03-06T10:00 | status    | In progress | Ben Iyer
        """,
    )


def test_a_ticket_is_passed_on_and_comes_back(tracker):
    events(
        tracker,
        "100003",
        """
        event_at         | kind        | employee | department | team
        2026-03-02T10:00 | received    | -        | Support    | Support
        2026-03-03T10:00 | transferred | Ana Roy  | Billing    | Billing
        2026-03-04T10:00 | transferred | Ben Iyer | Support    | Support
        2026-03-05T10:00 | completed   | Ben Iyer | Support    | Support
        """,
    )


def test_merging_cancels(tracker):
    events(
        tracker,
        "100005",
        """
        event_at         | kind      | employee
        2026-03-03T09:00 | received  | -
        2026-03-03T10:00 | cancelled | Ana Roy
        """,
    )


def test_what_was_done_before_it_was_merged_stays_done(tracker):
    events(
        tracker,
        "100008",
        """
        event_at         | kind      | to_status
        2026-03-03T11:00 | received  | -
        2026-03-04T11:00 | completed | Resolved
        2026-03-05T11:00 | status    | Closed
        """,
    )


def test_who_moved_the_date(tracker):
    events(
        tracker,
        "100007",
        """
        event_at         | kind        | employee
        2026-03-03T10:00 | received    | Ben Iyer
        2026-03-03T12:00 | due_changed | Ben Iyer
        2026-03-06T10:00 | completed   | Ben Iyer
        """,
    )


def test_agents_and_where_they_belong(tracker):
    tracker("osticket").tells(
        "employees",
        """
        employee | display_name | department | team
        Ana Roy  | Ana Roy      | Support    | Support
        Ben Iyer | Ben Iyer     | Billing    | Billing
        """,
    )


def test_the_figures_of_a_week(figures):
    told = figures("osticket")
    told.flow(
        """
        bucket_on  | received_items | completed_items | cancelled_items | reopened_items | transferred_in_items | net_flow_items
        2026-03-02 | 10             | 7               | 1               | 2              | 2                    | 4
        """
    )
    told.open(
        """
        team                  | open_items | overdue_items | undated_items | paused_items | unassigned_items
        Billing               | 1          | 1             | 0             | -            | 0
        Support               | 2          | 1             | 1             | -            | 1
        Support / Second line | 1          | 0             | 1             | -            | 1
        """
    )
    told.on_time(
        """
        department | due_items | on_time_items | late_completed_items | late_open_items
        Billing    | 3         | 0             | 2                    | 1
        Support    | 3         | 1             | 1                    | 1
        """
    )
    told.handoffs(
        """
        completed_items | handoffs | handed_items | ping_pong_items
        5               | 2        | 1            | 1
        """,
    )
    assert told.faults() == []
