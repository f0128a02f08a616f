"""What the ready mapping tells of an ERPNext, whose site keeps the time of Kolkata."""

import pytest

ZONE = "Asia/Kolkata"
ROWS = {
    "`tabSingles`": """
        doctype         | field     | value
        System Settings | time_zone | Asia/Kolkata
        System Settings | language  | en
    """,
    "`tabUser`": """
        name          | full_name     | user_type    | creation
        Administrator | Administrator | System User  | 2026-01-01
        ana@desk.test | Ana Roy       | System User  | 2026-01-02
        ben@desk.test | Ben Iyer      | System User  | 2026-01-03
        ben@two.test  | Ben Iyer      | System User  | 2026-01-04
        cat@shop.test | Cat Customer  | Website User | 2026-01-05
    """,
    "`tabCustomer`": """
        name   | customer_name | customer_type
        CUST-1 | Shop          | Company
        CUST-2 | Dan Customer  | Individual
    """,
    "`tabPause SLA On Status`": """
        name | parent  | status
        p1   | Default | Replied
        p2   | Default | On Hold
    """,
    "`tabService Level Agreement`": """
        name    | document_type | enabled | default_service_level_agreement | holiday_list
        Between | Issue         | 1       | 0                               | India
        Default | Issue         | 1       | 1                               | India
        Former  | Issue         | 0       | 0                               | India
        Sales   | Lead          | 1       | 1                               | India
    """,
    "`tabService Day`": """
        name | parent  | workday | start_time | end_time
        d1   | Default | Monday  | 09:30:00   | 18:00:00
        d2   | Default | Sunday  | 00:00:00   | 23:59:59
        d3   | Sales   | Monday  | 09:00:00   | 18:00:00
    """,
    "`tabHoliday`": """
        name | parent | holiday_date | weekly_off | description
        h1   | India  | 2026-01-26   | 0          | <div>Republic Day</div>
        h2   | India  | 2026-03-07   | 1          | Saturday
        h3   | Other  | 2026-03-08   | 0          | Elsewhere
    """,
    # 1 plain, 2 reopened by the customer, 3 resolved and then closed, 4 waits, 5 reopened
    # into a wait, 6 overdue, 7 promised anew, 8 without an agreement, 9 never touched, 10 came on hold
    "`tabIssue`": """
        name  | owner         | customer | status   | priority | issue_type | service_level_agreement | creation                   | modified         | first_responded_on | sla_resolution_by | sla_resolution_date | company | email_account | via_customer_portal | _assign
        ISS-1 | cat@shop.test | CUST-1   | Closed   | High     | Question   | Default                 | 2026-03-02 14:30:00.123456 | 2026-03-02 17:30 | 2026-03-02 16:30   | 2026-03-03 14:30  | 2026-03-02 17:30    | House   | Support       | 0                   | -
        ISS-2 | cat@shop.test | CUST-2   | Open     | Medium   | -          | Default                 | 2026-03-02 14:30           | 2026-03-04 14:30 | 2026-03-03 14:30   | 2026-03-04 14:30  | -                   | House   | -             | 1                   | ["ben@two.test"]
        ISS-3 | ana@desk.test | -        | Closed   | Medium   | -          | Default                 | 2026-03-02 15:30           | 2026-03-06 15:30 | -                  | 2026-03-04 15:30  | 2026-03-06 15:30    | House   | -             | 0                   | -
        ISS-4 | cat@shop.test | -        | On Hold  | Medium   | -          | Default                 | 2026-03-02 16:30           | 2026-03-06 16:30 | 2026-03-03 16:30   | -                 | -                   | House   | -             | 0                   | ["ben@desk.test"]
        ISS-5 | cat@shop.test | -        | Resolved | Medium   | -          | Default                 | 2026-03-03 14:30           | 2026-03-06 14:30 | 2026-03-04 14:30   | -                 | 2026-03-06 14:30    | House   | -             | 0                   | []
        ISS-6 | cat@shop.test | -        | Open     | Medium   | -          | Default                 | 2026-03-03 14:30           | 2026-03-03 14:30 | -                  | 2026-03-04 14:30  | -                   | Branch  | -             | 0                   | -
        ISS-7 | cat@shop.test | -        | Closed   | Medium   | -          | Default                 | 2026-03-03 15:30           | 2026-03-06 00:00 | -                  | 2026-03-09 15:30  | 2026-03-06 00:00    | Branch  | -             | 0                   | -
        ISS-8 | cat@shop.test | -        | Replied  | Medium   | -          | -                       | 2026-03-03 16:30           | 2026-03-04 16:30 | 2026-03-04 16:30   | -                 | -                   | Branch  | -             | 0                   | -
        ISS-9 | cat@shop.test | -        | Open     | Medium   | -          | Default                 | 2026-03-04 14:30           | 2026-03-04 14:30 | -                  | -                 | -                   | Branch  | -             | 0                   | -
        ISS-10 | cat@shop.test | -        | On Hold  | Medium   | -          | Default                 | 2026-03-04 14:30           | 2026-03-04 14:30 | -                  | -                 | -                   | Branch  | -             | 0                   | -
    """,
    "`tabVersion`": """
        name | owner         | ref_doctype | docname | creation                   | data
        v1   | ana@desk.test | Issue       | ISS-1   | 2026-03-02 16:30:00.000001 | {"added":[],"changed":[["status","Open","Replied"],["first_responded_on",null,"02-03-2026 16:30:00"]]}
        v2   | ana@desk.test | Issue       | ISS-1   | 2026-03-02 17:30           | {"changed":[["status","Replied","Closed"]]}
        v3   | ana@desk.test | Issue       | ISS-2   | 2026-03-03 14:30           | {"changed":[["status","Open","Closed"]]}
        v4   | ana@desk.test | Issue       | ISS-3   | 2026-03-05 15:30           | {"changed":[["status","Open","Resolved"]]}
        v5   | Administrator | Issue       | ISS-3   | 2026-03-06 15:30           | {"changed":[["status","Resolved","Closed"]]}
        v6   | ben@desk.test | Issue       | ISS-4   | 2026-03-03 16:30           | {"changed":[["status","Open","Replied"],["sla_resolution_by","05-03-2026 16:30:00",null]]}
        v7   | ben@desk.test | Issue       | ISS-4   | 2026-03-06 16:30           | {"changed":[["status","Open","On Hold"]]}
        v8   | ben@two.test  | Issue       | ISS-5   | 2026-03-04 14:30           | {"changed":[["status","Open","Closed"]]}
        v9   | ben@two.test  | Issue       | ISS-5   | 2026-03-05 14:30           | {"changed":[["status","Closed","On Hold"]]}
        v10  | ben@two.test  | Issue       | ISS-5   | 2026-03-06 14:30           | {"changed":[["status","On Hold","Resolved"]]}
        v11  | ana@desk.test | Issue       | ISS-7   | 2026-03-03 17:30           | {"changed":[["priority","High","Medium"],["sla_resolution_by","04-03-2026 15:30:00","09-03-2026 15:30:00"]]}
        v12  | Administrator | Issue       | ISS-7   | 2026-03-06 00:00           | {"changed":[["status","Open","Closed"]]}
        v13  | ben@desk.test | Issue       | ISS-8   | 2026-03-04 16:30           | {"changed":[["status","Open","Replied"]]}
        v14  | ben@desk.test | Task        | ISS-9   | 2026-03-04 16:30           | {"changed":[["status","Open","Closed"]]}
        v15  | ben@desk.test | Issue       | ISS-9   | 2026-03-04 14:30           | {"creation":"2026-03-04","updater_reference":{"doctype":"Data Import"}}
    """,
    "`tabCommunication`": """
        name | owner         | communication_type | sent_or_received | reference_name | creation
        c1   | cat@shop.test | Communication      | Received         | ISS-1          | 2026-03-02 14:30:01
        c2   | ana@desk.test | Communication      | Sent             | ISS-1          | 2026-03-02 16:30
        c3   | Administrator | Communication      | Sent             | ISS-1          | 2026-03-02 16:31
        c4   | ana@desk.test | Comment            | Sent             | ISS-1          | 2026-03-02 16:32
        c5   | cat@shop.test | Communication      | Received         | ISS-2          | 2026-03-04 14:30
        c6   | cat@shop.test | Communication      | Received         | ISS-4          | 2026-03-04 16:30
    """,
    "`tabToDo`": """
        name | creation         | status    | reference_type | reference_name | allocated_to  | assigned_by
        t1   | 2026-03-02 15:30 | Cancelled | Issue          | ISS-1          | ben@desk.test | ana@desk.test
        t2   | 2026-03-02 15:40 | Cancelled | Issue          | ISS-1          | ana@desk.test | ana@desk.test
        t3   | 2026-03-02 15:40 | Open      | Task           | ISS-2          | ana@desk.test | ana@desk.test
    """,
}

pytestmark = pytest.mark.xdist_group("mariadb")


def test_an_issue_as_it_stands(tracker):
    """Resolved, then closed: done when it was resolved. Who ended it had it last."""
    tracker("erpnext").tells(
        "work_items",
        """
        item_id | department | employee     | status   | received_at      | started_at       | due_at           | completed_at
        ISS-1   | House      | Ana Roy      | Closed   | 2026-03-02T09:00 | 2026-03-02T11:00 | 2026-03-03T09:00 | 2026-03-02T12:00
        ISS-10  | Branch     | -            | On Hold  | 2026-03-04T09:00 | -                | -                | -
        ISS-2   | House      | Ben Iyer (2) | Open     | 2026-03-02T09:00 | 2026-03-03T09:00 | 2026-03-04T09:00 | -
        ISS-3   | House      | -            | Closed   | 2026-03-02T10:00 | -                | 2026-03-04T10:00 | 2026-03-05T10:00
        ISS-4   | House      | Ben Iyer     | On Hold  | 2026-03-02T11:00 | 2026-03-03T11:00 | -                | -
        ISS-5   | House      | -            | Resolved | 2026-03-03T09:00 | 2026-03-04T09:00 | -                | 2026-03-06T09:00
        ISS-6   | Branch     | -            | Open     | 2026-03-03T09:00 | -                | 2026-03-04T09:00 | -
        ISS-7   | Branch     | -            | Closed   | 2026-03-03T10:00 | -                | 2026-03-09T10:00 | 2026-03-05T18:30
        ISS-8   | Branch     | -            | Replied  | 2026-03-03T11:00 | 2026-03-04T11:00 | -                | -
        ISS-9   | Branch     | -            | Open     | 2026-03-04T09:00 | -                | -                | -
        """,
    )


def test_of_customers_only_companies_are_told(tracker):
    tracker("erpnext").tells(
        "work_items",
        """
        item_id | work_type | priority | channel | client | changed_at
        ISS-1   | Question  | High     | Email   | Shop   | 2026-03-02T12:00
        """,
        item_id="ISS-1",
    )
    tracker("erpnext").tells(
        "work_items",
        """
        item_id | work_type | priority | channel | client
        ISS-2   | -         | Medium   | Portal  | -
        """,
        item_id="ISS-2",
    )


def events(tracker, item, expected):
    tracker("erpnext").tells("work_events", expected, item_id=item)


def test_a_plain_life(tracker):
    """Comments are no answers, nor is what a machine sends."""
    events(
        tracker,
        "ISS-1",
        """
        event_at         | sequence | kind      | from_status | to_status | employee | department
        2026-03-02T09:00 | 1        | received  | -           | Open      | -        | House
        2026-03-02T10:00 | 2        | assigned  | -           | -         | Ana Roy  | House
        2026-03-02T10:10 | 3        | assigned  | -           | -         | Ana Roy  | House
        2026-03-02T11:00 | 4        | replied   | -           | -         | Ana Roy  | House
        2026-03-02T11:00 | 5        | paused    | Open        | Replied   | Ana Roy  | House
        2026-03-02T12:00 | 6        | completed | Replied     | Closed    | Ana Roy  | House
        """,
    )


def test_a_message_of_the_customer_opens_an_issue_again(tracker):
    events(
        tracker,
        "ISS-2",
        """
        event_at         | kind      | from_status | to_status | employee
        2026-03-02T09:00 | received  | -           | Open      | -
        2026-03-03T09:00 | completed | Open        | Closed    | Ana Roy
        2026-03-04T09:00 | reopened  | Closed      | Open      | -
        """,
    )


def test_a_message_of_the_customer_ends_a_pause(tracker):
    events(
        tracker,
        "ISS-4",
        """
        event_at         | kind     | from_status | to_status | employee
        2026-03-02T11:00 | received | -           | Open      | -
        2026-03-03T11:00 | paused   | Open        | Replied   | Ben Iyer
        2026-03-04T11:00 | resumed  | Replied     | Open      | -
        2026-03-06T11:00 | paused   | Open        | On Hold   | Ben Iyer
        """,
    )


def test_an_issue_that_is_reopened_into_a_wait_is_paused(tracker):
    events(
        tracker,
        "ISS-5",
        """
        event_at         | kind      | from_status | to_status | employee
        2026-03-03T09:00 | received  | -           | Open      | -
        2026-03-04T09:00 | completed | Open        | Closed    | Ben Iyer (2)
        2026-03-05T09:00 | reopened  | Closed      | On Hold   | Ben Iyer (2)
        2026-03-05T09:00 | paused    | On Hold     | On Hold   | Ben Iyer (2)
        2026-03-06T09:00 | completed | On Hold     | Resolved  | Ben Iyer (2)
        """,
    )


def test_an_issue_that_comes_on_hold_is_paused(tracker):
    events(
        tracker,
        "ISS-10",
        """
        event_at         | kind     | to_status
        2026-03-04T09:00 | received | On Hold
        2026-03-04T09:00 | paused   | On Hold
        """,
    )


def test_without_an_agreement_no_status_is_a_pause(tracker):
    events(
        tracker,
        "ISS-8",
        """
        event_at         | kind     | to_status | employee
        2026-03-03T11:00 | received | Open      | -
        2026-03-04T11:00 | status   | Replied   | Ben Iyer
        """,
    )


def test_a_promise_that_is_reckoned_anew_is_moved_by_nobody(tracker):
    events(
        tracker,
        "ISS-7",
        """
        event_at         | kind        | employee
        2026-03-03T10:00 | received    | -
        2026-03-03T12:00 | due_changed | -
        2026-03-05T18:30 | completed   | -
        """,
    )


def test_users_of_the_system_are_told_by_name(tracker):
    tracker("erpnext").tells(
        "employees",
        """
        employee     | display_name
        Ana Roy      | Ana Roy
        Ben Iyer     | Ben Iyer
        Ben Iyer (2) | Ben Iyer
        """,
    )


def test_opening_hours_are_those_of_agreements_on_issues(tracker):
    tracker("erpnext").tells(
        "calendars",
        """
        calendar | zone         | is_default
        Between  | Asia/Kolkata | no
        Default  | Asia/Kolkata | yes
        """,
    )
    tracker("erpnext").tells(
        "calendar_windows",
        """
        calendar | weekday | opens | closes
        Default  | 1       | 09:30 | 18:00
        Default  | 7       | 00:00 | 24:00
        """,
    )


def test_holidays_are_those_that_are_not_every_week(tracker):
    tracker("erpnext").tells(
        "calendar_exceptions",
        """
        calendar | day        | reason
        Between  | 2026-01-26 | Republic Day
        Default  | 2026-01-26 | Republic Day
        """,
    )


def test_the_figures_of_a_week(figures):
    told = figures("erpnext")
    told.flow(
        """
        bucket_on  | received_items | completed_items | cancelled_items | reopened_items | transferred_in_items | net_flow_items
        2026-03-02 | 10             | 6               | 0               | 2              | 0                    | 6
        """
    )
    told.open(
        """
        team | open_items | overdue_items | undated_items | paused_items | unassigned_items
        -    | 6          | 2             | 4             | 2            | 4
        """
    )
    told.on_time(
        """
        department | due_items | on_time_items | late_completed_items | late_open_items
        Branch     | 1         | 0             | 0                    | 1
        House      | 3         | 1             | 1                    | 1
        """
    )
    told.handoffs(
        """
        completed_items | handoffs | handed_items | ping_pong_items
        4               | -        | -            | -
        """
    )
    assert told.faults() == []
