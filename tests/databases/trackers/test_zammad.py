"""What the ready mapping tells of a Zammad, ticket by ticket."""

import pytest

ROWS = {
    "users": """
        id | login          | firstname | lastname | email          | organization_id
        1  | nobody         | -         |          | -              | -
        2  | ana@desk.test  | Ana       | Roy      | ana@desk.test  | -
        3  | ben@desk.test  | Ben       | Iyer     | ben@desk.test  | -
        4  | ben2@desk.test | Ben       | Iyer     | ben2@desk.test | -
        9  | cat@shop.test  | Cat       | Customer | cat@shop.test  | 1
    """,
    "roles": """
        id | name
        1  | Agent
        2  | Customer
    """,
    "permissions": """
        id | name
        1  | ticket.agent
        2  | ticket.customer
    """,
    "permissions_roles": """
        role_id | permission_id
        1       | 1
        2       | 2
    """,
    "roles_users": """
        user_id | role_id
        2       | 1
        3       | 1
        4       | 1
        9       | 2
    """,
    "organizations": """
        id | name
        1  | Shop
    """,
    "groups": """
        id | name
        1  | Support
        2  | Support::Second line
        3  | Billing
    """,
    "ticket_state_types": """
        id | name
        1  | new
        2  | open
        3  | pending reminder
        4  | pending action
        5  | closed
        6  | merged
        7  | removed
    """,
    "ticket_states": """
        id | state_type_id | name             | ignore_escalation
        1  | 1             | new              | false
        2  | 2             | open             | false
        3  | 3             | pending reminder | true
        4  | 5             | closed           | true
        5  | 6             | merged           | true
        7  | 4             | pending close    | true
        8  | 3             | pending supplier | false
    """,
    "ticket_priorities": """
        id | name
        1  | 1 low
        2  | 2 normal
    """,
    "ticket_article_types": """
        id | name  | communication
        1  | email | true
        2  | note  | false
    """,
    "ticket_article_senders": """
        id | name
        1  | Agent
        2  | Customer
    """,
    "history_types": """
        id | name
        1  | created
        2  | updated
        3  | merged_into
    """,
    "history_objects": """
        id | name
        1  | Ticket
        2  | User
    """,
    "history_attributes": """
        id | name
        1  | state
        2  | group
        3  | owner
        4  | close_escalation_at
        5  | title
    """,
    # 1 plain, 2 reopened, 3 passed on and back, 4 waited, 5 merged, 6 overdue, 7 promised
    # anew, 8 closed again, 9 never touched, 10 made by an agent, closed by itself, 11 closed when
    # it was made
    "tickets": """
        id | number | group_id | priority_id | state_id | organization_id | owner_id | created_at       | updated_at       | close_at         | last_close_at    | close_escalation_at | create_article_type_id | type     | time_unit
        1  | 1001   | 1        | 2           | 4        | 1               | 2        | 2026-03-02 09:00 | 2026-03-02 12:00 | 2026-03-02 12:00 | 2026-03-02 12:00 | -                   | 1                      | Question | 25
        2  | 1002   | 1        | 2           | 2        | 1               | 2        | 2026-03-02 09:00 | 2026-03-04 09:00 | 2026-03-03 09:00 | 2026-03-03 09:00 | 2026-03-06 09:00    | 1                      | -        | -
        3  | 1003   | 1        | 1           | 4        | -               | 3        | 2026-03-02 10:00 | 2026-03-05 10:00 | 2026-03-05 10:00 | 2026-03-05 10:00 | -                   | 1                      | -        | -
        4  | 1004   | 2        | 2           | 3        | -               | 4        | 2026-03-02 11:00 | 2026-03-06 11:00 | -                | -                | -                   | 1                      | -        | -
        5  | 1005   | 1        | 2           | 5        | -               | 1        | 2026-03-03 09:00 | 2026-03-03 10:00 | -                | -                | -                   | 1                      | -        | -
        6  | 1006   | 3        | 2           | 2        | -               | 1        | 2026-03-03 09:00 | 2026-03-03 09:30 | -                | -                | 2026-03-04 09:00    | 1                      | -        | -
        7  | 1007   | 3        | 2           | 4        | -               | 2        | 2026-03-03 10:00 | 2026-03-06 10:00 | 2026-03-06 10:00 | 2026-03-06 10:00 | -                   | 1                      | -        | -
        8  | 1008   | 3        | 2           | 4        | -               | 2        | 2026-03-03 11:00 | 2026-03-06 12:00 | 2026-03-04 11:00 | 2026-03-06 12:00 | -                   | 1                      | -        | -
        9  | 1009   | 3        | 2           | 1        | -               | 1        | 2026-03-04 09:00 | 2026-03-04 09:00 | -                | -                | -                   | 1                      | -        | -
        10 | 1010   | 3        | 2           | 4        | -               | 2        | 2026-03-04 10:00 | 2026-03-06 00:00 | 2026-03-06 00:00 | 2026-03-06 00:00 | -                   | 2                      | -        | -
        11 | 1011   | 3        | 2           | 4        | -               | 2        | 2026-03-04 10:00 | 2026-03-04 10:00 | 2026-03-04 10:00 | 2026-03-04 10:00 | -                   | 2                      | -        | -
    """,
    "histories": """
        o_id | history_type_id | history_object_id | history_attribute_id | id_from | id_to | value_from              | value_to                | created_by_id | created_at
        1    | 1               | 1                 | -                    | -       | -     | -                       | -                       | 9             | 2026-03-02 09:00
        1    | 2               | 1                 | 4                    | -       | -     |                         | 2026-03-03 09:00:00 UTC | 1             | 2026-03-02 09:00
        1    | 2               | 1                 | 3                    | 1       | 2     | -                       | Ana Roy                 | 2             | 2026-03-02 10:00
        1    | 2               | 1                 | 1                    | 1       | 2     | new                     | open                    | 2             | 2026-03-02 10:00
        1    | 2               | 1                 | 1                    | 2       | 4     | open                    | closed                  | 2             | 2026-03-02 12:00
        1    | 2               | 1                 | 4                    | -       | -     | 2026-03-03 09:00:00 UTC |                         | 2             | 2026-03-02 12:00
        2    | 2               | 1                 | 4                    | -       | -     |                         | 2026-03-04 09:00:00 UTC | 1             | 2026-03-02 09:00
        2    | 2               | 1                 | 1                    | 1       | 4     | new                     | closed                  | 2             | 2026-03-03 09:00
        2    | 2               | 1                 | 4                    | -       | -     | 2026-03-04 09:00:00 UTC |                         | 2             | 2026-03-03 09:00
        2    | 2               | 1                 | 1                    | 4       | 2     | closed                  | open                    | 9             | 2026-03-04 09:00
        2    | 2               | 1                 | 4                    | -       | -     |                         | 2026-03-06 09:00:00 UTC | 9             | 2026-03-04 09:00
        3    | 2               | 1                 | 2                    | 1       | 3     | Support                 | Billing                 | 2             | 2026-03-03 10:00
        3    | 2               | 1                 | 2                    | 3       | 1     | Billing                 | Support                 | 3             | 2026-03-04 10:00
        3    | 2               | 1                 | 1                    | 1       | 4     | new                     | closed                  | 3             | 2026-03-05 10:00
        4    | 2               | 1                 | 2                    | 1       | 2     | Support                 | Support::Second line    | 2             | 2026-03-02 12:00
        4    | 2               | 1                 | 1                    | 1       | 3     | new                     | pending reminder        | 4             | 2026-03-03 11:00
        4    | 2               | 1                 | 1                    | 3       | 8     | pending reminder        | pending supplier        | 4             | 2026-03-04 11:00
        4    | 2               | 1                 | 1                    | 8       | 3     | pending supplier        | pending reminder        | 4             | 2026-03-06 11:00
        4    | 2               | 2                 | 1                    | 1       | 4     | new                     | closed                  | 2             | 2026-03-06 11:00
        5    | 3               | 1                 | -                    | 5       | 1     | -                       | -                       | 2             | 2026-03-03 10:00
        5    | 2               | 1                 | 1                    | 1       | 5     | new                     | merged                  | 2             | 2026-03-03 10:00
        6    | 2               | 1                 | 4                    | -       | -     |                         | 2026-03-04 09:00:00 UTC | 1             | 2026-03-03 09:00
        6    | 2               | 1                 | 1                    | 1       | 2     | new                     | open                    | 3             | 2026-03-03 09:30
        7    | 2               | 1                 | 4                    | -       | -     |                         | 2026-03-04 10:00:00 UTC | 1             | 2026-03-03 10:00
        7    | 2               | 1                 | 4                    | -       | -     | 2026-03-04 10:00:00 UTC | 2026-03-09 10:00:00 UTC | 3             | 2026-03-03 12:00
        7    | 2               | 1                 | 1                    | 1       | 4     | new                     | closed                  | 2             | 2026-03-06 10:00
        8    | 2               | 1                 | 1                    | 1       | 4     | new                     | closed                  | 2             | 2026-03-04 11:00
        8    | 2               | 1                 | 1                    | 4       | 3     | closed                  | pending reminder        | 2             | 2026-03-05 11:00
        8    | 2               | 1                 | 1                    | 3       | 4     | pending reminder        | closed                  | 3             | 2026-03-06 12:00
        10   | 2               | 1                 | 1                    | 2       | 7     | open                    | pending close           | 2             | 2026-03-04 11:00
        10   | 2               | 1                 | 1                    | 7       | 4     | pending close           | closed                  | 1             | 2026-03-06 00:00
    """,
    "ticket_articles": """
        ticket_id | type_id | sender_id | internal | created_by_id | created_at
        1         | 1       | 2         | false    | 9             | 2026-03-02 09:00
        1         | 2       | 1         | true     | 2             | 2026-03-02 10:30
        1         | 1       | 1         | false    | 2             | 2026-03-02 11:00
        10        | 1       | 1         | false    | 2             | 2026-03-04 10:00
    """,
}

pytestmark = pytest.mark.xdist_group("postgresql")


def test_a_ticket_as_it_stands(tracker):
    """Reopened: not done. Merged: cancelled. Done twice: the second time counts."""
    tracker("zammad").tells(
        "work_items",
        """
        item_id | department | team                 | employee     | status           | received_at      | started_at       | completed_at     | cancelled_at
        1001    | Support    | Support              | Ana Roy      | closed           | 2026-03-02T09:00 | 2026-03-02T10:00 | 2026-03-02T12:00 | -
        1002    | Support    | Support              | Ana Roy      | open             | 2026-03-02T09:00 | 2026-03-03T09:00 | -                | -
        1003    | Support    | Support              | Ben Iyer     | closed           | 2026-03-02T10:00 | 2026-03-05T10:00 | 2026-03-05T10:00 | -
        1004    | Support    | Support::Second line | Ben Iyer (4) | pending reminder | 2026-03-02T11:00 | 2026-03-03T11:00 | -                | -
        1005    | Support    | Support              | -            | merged           | 2026-03-03T09:00 | 2026-03-03T10:00 | -                | 2026-03-03T10:00
        1006    | Billing    | Billing              | -            | open             | 2026-03-03T09:00 | 2026-03-03T09:30 | -                | -
        1007    | Billing    | Billing              | Ana Roy      | closed           | 2026-03-03T10:00 | 2026-03-06T10:00 | 2026-03-06T10:00 | -
        1008    | Billing    | Billing              | Ana Roy      | closed           | 2026-03-03T11:00 | 2026-03-04T11:00 | 2026-03-06T12:00 | -
        1009    | Billing    | Billing              | -            | new              | 2026-03-04T09:00 | -                | -                | -
        1010    | Billing    | Billing              | Ana Roy      | closed           | 2026-03-04T10:00 | -                | 2026-03-06T00:00 | -
        1011    | Billing    | Billing              | Ana Roy      | closed           | 2026-03-04T10:00 | -                | 2026-03-04T10:00 | -
        """,
    )


def test_what_a_closed_ticket_was_promised_is_read_from_its_history(tracker):
    """Zammad deletes the promise when a ticket is closed or waits."""
    tracker("zammad").tells(
        "work_items",
        """
        item_id | first_due_at     | due_at           | work_type | priority | channel | client | handling_minutes | changed_at
        1001    | 2026-03-03T09:00 | 2026-03-03T09:00 | Question  | 2 normal | email   | Shop   | 25.00            | 2026-03-02T12:00
        1002    | 2026-03-04T09:00 | 2026-03-06T09:00 | -         | 2 normal | email   | Shop   | -                | 2026-03-04T09:00
        1003    | -                | -                | -         | 1 low    | email   | -      | -                | 2026-03-05T10:00
        1004    | -                | -                | -         | 2 normal | email   | -      | -                | 2026-03-06T11:00
        1005    | -                | -                | -         | 2 normal | email   | -      | -                | 2026-03-03T10:00
        1006    | 2026-03-04T09:00 | 2026-03-04T09:00 | -         | 2 normal | email   | -      | -                | 2026-03-03T09:30
        1007    | 2026-03-04T10:00 | 2026-03-09T10:00 | -         | 2 normal | email   | -      | -                | 2026-03-06T10:00
        1008    | -                | -                | -         | 2 normal | email   | -      | -                | 2026-03-06T12:00
        1009    | -                | -                | -         | 2 normal | email   | -      | -                | 2026-03-04T09:00
        1010    | -                | -                | -         | 2 normal | note    | -      | -                | 2026-03-06T00:00
        1011    | -                | -                | -         | 2 normal | note    | -      | -                | 2026-03-04T10:00
        """,
    )


def events(tracker, item, expected):
    tracker("zammad").tells("work_events", expected, item_id=item)


def test_a_plain_life(tracker):
    """Internal notes and what a ticket came with are no answers."""
    events(
        tracker,
        "1001",
        """
        event_at         | sequence | kind      | from_status | to_status | employee | department | team
        2026-03-02T09:00 | 1        | received  | -           | new       | -        | Support    | Support
        2026-03-02T10:00 | 2        | assigned  | -           | -         | Ana Roy  | Support    | Support
        2026-03-02T10:00 | 3        | status    | new         | open      | Ana Roy  | Support    | Support
        2026-03-02T11:00 | 4        | replied   | -           | -         | Ana Roy  | Support    | Support
        2026-03-02T12:00 | 5        | completed | open        | closed    | Ana Roy  | Support    | Support
        """,
    )


def test_an_answer_of_the_customer_reopens_and_a_new_promise_is_nobodys(tracker):
    events(
        tracker,
        "1002",
        """
        event_at         | kind        | from_status | to_status | employee
        2026-03-02T09:00 | received    | -           | new       | -
        2026-03-03T09:00 | completed   | new         | closed    | Ana Roy
        2026-03-04T09:00 | reopened    | closed      | open      | -
        2026-03-04T09:00 | due_changed | -           | -         | -
        """,
    )


def test_a_ticket_is_passed_on_and_comes_back(tracker):
    events(
        tracker,
        "1003",
        """
        event_at         | kind        | employee | department | team
        2026-03-02T10:00 | received    | -        | Support    | Support
        2026-03-03T10:00 | transferred | Ana Roy  | Billing    | Billing
        2026-03-04T10:00 | transferred | Ben Iyer | Support    | Support
        2026-03-05T10:00 | completed   | Ben Iyer | Support    | Support
        """,
    )


def test_only_a_state_that_ignores_escalation_is_a_pause(tracker):
    events(
        tracker,
        "1004",
        """
        event_at         | kind        | to_status        | employee     | team
        2026-03-02T11:00 | received    | new              | -            | Support
        2026-03-02T12:00 | transferred | -                | Ana Roy      | Support::Second line
        2026-03-03T11:00 | paused      | pending reminder | Ben Iyer (4) | Support::Second line
        2026-03-04T11:00 | resumed     | pending supplier | Ben Iyer (4) | Support::Second line
        2026-03-06T11:00 | paused      | pending reminder | Ben Iyer (4) | Support::Second line
        """,
    )


def test_a_ticket_that_is_reopened_into_a_wait_is_paused(tracker):
    events(
        tracker,
        "1008",
        """
        event_at         | kind      | from_status      | to_status
        2026-03-03T11:00 | received  | -                | new
        2026-03-04T11:00 | completed | new              | closed
        2026-03-05T11:00 | reopened  | closed           | pending reminder
        2026-03-05T11:00 | paused    | pending reminder | pending reminder
        2026-03-06T12:00 | completed | pending reminder | closed
        """,
    )


def test_a_ticket_that_is_closed_when_it_is_made_came_and_was_done(tracker):
    events(
        tracker,
        "1011",
        """
        event_at         | kind      | to_status
        2026-03-04T10:00 | received  | closed
        2026-03-04T10:00 | completed | closed
        """,
    )


def test_merging_cancels_and_a_machine_has_no_name(tracker):
    events(
        tracker,
        "1005",
        """
        event_at         | kind      | to_status | employee
        2026-03-03T09:00 | received  | new       | -
        2026-03-03T10:00 | cancelled | merged    | Ana Roy
        """,
    )
    events(
        tracker,
        "1010",
        """
        event_at         | kind      | to_status     | employee
        2026-03-04T10:00 | received  | open          | -
        2026-03-04T11:00 | paused    | pending close | Ana Roy
        2026-03-06T00:00 | completed | closed        | -
        """,
    )


def test_agents_are_told_by_name_and_customers_not_at_all(tracker):
    tracker("zammad").tells(
        "employees",
        """
        employee     | display_name
        Ana Roy      | Ana Roy
        Ben Iyer     | Ben Iyer
        Ben Iyer (4) | Ben Iyer
        """,
    )


def test_the_figures_of_a_week(figures):
    told = figures("zammad")
    told.flow(
        """
        bucket_on  | received_items | completed_items | cancelled_items | reopened_items | transferred_in_items | net_flow_items
        2026-03-02 | 11             | 8               | 1               | 2              | 3                    | 4
        """
    )
    told.open(
        """
        team                 | open_items | overdue_items | undated_items | paused_items | unassigned_items
        Billing              | 2          | 1             | 1             | 0            | 2
        Support              | 1          | 1             | 0             | 0            | 0
        Support::Second line | 1          | 0             | 1             | 1            | 0
        """
    )
    told.on_time(
        """
        department | due_items | on_time_items | late_completed_items | late_open_items
        Billing    | 2         | 0             | 1                    | 1
        Support    | 2         | 1             | 0                    | 1
        """
    )
    told.handoffs(
        """
        completed_items | handoffs | handed_items | ping_pong_items
        6               | 2        | 1            | 1
        """,
    )
    assert told.faults() == []
