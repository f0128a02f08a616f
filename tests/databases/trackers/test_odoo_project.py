"""What the ready mapping tells of the tasks of an Odoo."""

import pytest

ROWS = {
    "res_company": """
        id | name  | resource_calendar_id
        1  | House | 1
        2  | Other | 2
    """,
    "resource_calendar": """
        id | name     | tz
        1  | 36 hours | Europe/Berlin
        2  | 40 hours | Europe/Berlin
    """,
    "resource_calendar_attendance": """
        calendar_id | dayofweek | hour_from | hour_to | day_period | date_to    | resource_id | week_type
        1           | 0         | 8         | 12.5    | morning    | -          | -           | -
        1           | 0         | 12.5      | 13      | lunch      | -          | -           | -
        1           | 0         | 13        | 17.3333 | afternoon  | 2026-06-30 | -           | -
        1           | 6         | 20        | 24      | afternoon  | -          | -           | -
        1           | 1         | 8         | 12      | morning    | -          | 7           | -
        1           | 2         | 8         | 12      | morning    | -          | -           | 0
        2           | 3         | 8         | 12      | morning    | -          | -           | -
    """,
    "resource_calendar_leaves": """
        name    | calendar_id | date_from        | date_to             | resource_id | time_type
        Easter  | 1           | 2026-04-02 22:00 | 2026-04-03 21:59:59 | -           | leave
        New     | -           | 2026-12-30 23:00 | 2027-01-01 22:59:59 | -           | leave
        Ana     | 1           | 2026-05-03 22:00 | 2026-05-04 21:59:59 | 7           | leave
        Other   | 2           | 2026-05-04 22:00 | 2026-05-05 21:59:59 | -           | leave
    """,
    "res_partner": """
        id | name         | email         | is_company | commercial_partner_id
        1  | OdooBot      | -             | false      | 1
        2  | Ana Roy      | ana@desk.test | false      | 2
        3  | Ben Iyer     | ben@desk.test | false      | 3
        4  | Cat Customer | cat@shop.test | false      | 5
        5  | Shop         | -             | true       | 5
        6  | Dan Customer | dan@home.test | false      | 6
    """,
    "res_users": """
        id | partner_id | login         | share
        1  | 1          | __system__    | false
        2  | 2          | ana@desk.test | false
        3  | 3          | ben@desk.test | false
        4  | 4          | cat@shop.test | true
    """,
    "project_project": """
        id | name                                       | company_id
        10 | {"en_US": "Support", "de_DE": "Beistand"}  | 1
        11 | {"de_DE": "Zweite Ebene"}                  | 1
        12 | {"en_US": "Billing"}                       | -
    """,
    "project_task_type": """
        id | name
        1  | {"en_US": "New"}
        2  | {"en_US": "In Progress"}
        3  | {"en_US": "Done"}
    """,
    "mail_message_subtype": """
        id | name                       | internal
        1  | {"en_US": "Discussions"}   | false
        2  | {"en_US": "Note"}          | true
        3  | {"en_US": "Stage Changed"} | false
    """,
    "ir_model_fields": """
        id | model        | name
        1  | project.task | state
        2  | project.task | stage_id
        3  | project.task | project_id
        4  | project.task | user_ids
        5  | project.task | date_deadline
        6  | project.task | priority
        7  | crm.lead     | stage_id
    """,
    "ir_model_fields_selection": """
        field_id | value                | name
        1        | 01_in_progress       | {"en_US": "In Progress", "de_DE": "In Bearbeitung"}
        1        | 02_changes_requested | {"en_US": "Changes Requested", "de_DE": "Nachzubessern"}
        1        | 03_approved          | {"en_US": "Approved", "de_DE": "Genehmigt"}
        1        | 04_waiting_normal    | {"en_US": "Waiting", "de_DE": "Wartend"}
        1        | 1_done               | {"en_US": "Done", "de_DE": "Erledigt"}
        1        | 1_canceled           | {"en_US": "Cancelled", "de_DE": "Abgebrochen"}
    """,
    # 1 plain, 2 reopened, 3 moved and back, 4 waits, 5 given up, 6 overdue, 7 deadline
    # moved, 8 returned, 9 never touched, 10 without a history, 11 archived, 12 private
    "project_task": """
        id | active | priority | stage_id | state             | create_uid | create_date      | write_date       | date_deadline    | date_last_stage_update | project_id | partner_id
        1  | true   | 1        | 3        | 1_done            | 4          | 2026-03-02 09:00 | 2026-03-02 12:00 | 2026-03-03 09:00 | 2026-03-02 12:00       | 10         | 4
        2  | true   | 0        | 2        | 01_in_progress    | 4          | 2026-03-02 09:00 | 2026-03-04 09:00 | 2026-03-04 09:00 | 2026-03-04 09:00       | 10         | 6
        3  | true   | 0        | 1        | 1_done            | 4          | 2026-03-02 10:00 | 2026-03-05 10:00 | -                | 2026-03-02 10:00       | 10         | -
        4  | true   | 0        | 1        | 04_waiting_normal | 4          | 2026-03-02 11:00 | 2026-03-06 11:00 | -                | 2026-03-02 11:00       | 11         | -
        5  | true   | 0        | 1        | 1_canceled        | 4          | 2026-03-03 09:00 | 2026-03-03 10:00 | -                | 2026-03-03 09:00       | 10         | -
        6  | true   | 0        | 2        | 01_in_progress    | 4          | 2026-03-03 09:00 | 2026-03-03 09:30 | 2026-03-04 09:00 | 2026-03-03 09:30       | 12         | -
        7  | true   | 0        | 1        | 1_done            | 3          | 2026-03-03 10:00 | 2026-03-06 10:00 | 2026-03-09 10:00 | 2026-03-03 10:00       | 12         | -
        8  | true   | 0        | 1        | 1_done            | 4          | 2026-03-03 11:00 | 2026-03-06 12:00 | -                | 2026-03-03 11:00       | 12         | -
        9  | true   | 0        | 1        | 01_in_progress    | 4          | 2026-03-04 09:00 | 2026-03-04 09:00 | -                | 2026-03-04 09:00       | 12         | -
        10 | false  | 0        | 3        | 1_done            | 2          | 2026-03-04 10:00 | 2026-03-06 00:00 | -                | 2026-03-04 10:00       | 12         | -
        11 | false  | 0        | 1        | 01_in_progress    | 2          | 2026-03-04 10:00 | 2026-03-06 00:00 | -                | 2026-03-04 10:00       | 12         | -
        12 | true   | 0        | 1        | 01_in_progress    | 2          | 2026-03-04 10:00 | 2026-03-06 00:00 | -                | 2026-03-04 10:00       | -          | -
    """,
    "project_task_user_rel": """
        task_id | user_id
        1       | 2
        2       | 3
        2       | 2
        3       | 3
        4       | 3
        7       | 2
        8       | 2
    """,
    "mail_message": """
        id | model        | res_id | message_type | subtype_id | author_id | is_internal | date             | create_uid
        1  | project.task | 1      | notification | 2          | 2         | true        | 2026-03-02 10:00 | 2
        2  | project.task | 1      | comment      | 2          | 2         | true        | 2026-03-02 10:30 | 2
        3  | project.task | 1      | comment      | 1          | 2         | false       | 2026-03-02 11:00 | 2
        4  | project.task | 1      | comment      | 1          | 4         | false       | 2026-03-02 11:30 | 4
        5  | project.task | 1      | notification | 3          | 2         | false       | 2026-03-02 12:00 | 2
        6  | project.task | 2      | notification | 3          | 2         | false       | 2026-03-03 09:00 | 2
        7  | project.task | 2      | notification | 3          | 4         | false       | 2026-03-04 09:00 | 4
        8  | project.task | 3      | notification | 2          | 2         | true        | 2026-03-03 10:00 | 2
        9  | project.task | 3      | notification | 2          | 3         | true        | 2026-03-04 10:00 | 3
        10 | project.task | 3      | notification | 2          | 3         | true        | 2026-03-05 10:00 | 3
        11 | project.task | 4      | notification | 2          | 2         | true        | 2026-03-02 12:00 | 2
        12 | project.task | 4      | notification | 2          | 3         | true        | 2026-03-03 11:00 | 3
        13 | project.task | 4      | notification | 2          | 1         | true        | 2026-03-04 11:00 | 1
        14 | project.task | 4      | notification | 2          | 3         | true        | 2026-03-06 11:00 | 3
        15 | project.task | 5      | notification | 2          | 2         | true        | 2026-03-03 10:00 | 2
        16 | project.task | 6      | notification | 3          | 3         | false       | 2026-03-03 09:30 | 3
        17 | project.task | 7      | notification | 2          | 3         | true        | 2026-03-03 12:00 | 3
        18 | project.task | 7      | notification | 2          | 2         | true        | 2026-03-06 10:00 | 2
        19 | project.task | 8      | notification | 2          | 3         | true        | 2026-03-04 11:00 | 3
        20 | project.task | 8      | notification | 2          | 2         | true        | 2026-03-06 12:00 | 2
        21 | crm.lead     | 8      | notification | 2          | 2         | true        | 2026-03-06 12:00 | 2
    """,
    "mail_tracking_value": """
        mail_message_id | field_id | old_value_integer | old_value_char    | old_value_datetime | new_value_integer | new_value_char    | new_value_datetime
        1               | 4        | -                 |                   | -                  | -                 | Ana Roy           | -
        1               | 2        | 1                 | New               | -                  | 2                 | In Progress       | -
        5               | 2        | 2                 | In Progress       | -                  | 3                 | Done              | -
        5               | 1        | -                 | In Progress       | -                  | -                 | Done              | -
        6               | 2        | 1                 | New               | -                  | 3                 | Done              | -
        6               | 1        | -                 | In Bearbeitung    | -                  | -                 | Erledigt          | -
        7               | 2        | 3                 | Done              | -                  | 2                 | In Progress       | -
        7               | 1        | -                 | Done              | -                  | -                 | In Progress       | -
        8               | 3        | 10                | Support           | -                  | 12                | Billing           | -
        9               | 3        | 12                | Billing           | -                  | 10                | Support           | -
        10              | 1        | -                 | In Progress       | -                  | -                 | Done              | -
        11              | 3        | 10                | Support           | -                  | 11                | Zweite Ebene      | -
        12              | 1        | -                 | In Progress       | -                  | -                 | Waiting           | -
        13              | 1        | -                 | Waiting           | -                  | -                 | In Progress       | -
        14              | 1        | -                 | In Progress       | -                  | -                 | Waiting           | -
        15              | 1        | -                 | In Progress       | -                  | -                 | Cancelled         | -
        16              | 2        | 1                 | New               | -                  | 2                 | In Progress       | -
        17              | 5        | -                 | -                 | 2026-03-04 10:00   | -                 | -                 | 2026-03-09 10:00
        18              | 1        | -                 | In Progress       | -                  | -                 | Done              | -
        19              | 1        | -                 | In Progress       | -                  | -                 | Changes Requested | -
        20              | 1        | -                 | Changes Requested | -                  | -                 | Done              | -
        21              | 7        | 1                 | New               | -                  | 2                 | Won               | -
    """,
}

pytestmark = pytest.mark.xdist_group("postgresql")


def test_a_task_as_it_stands(tracker):
    """Private tasks, and those that were put away while open, are left out."""
    tracker("odoo_project").tells(
        "work_items",
        """
        item_id | department | team         | employee | status      | received_at      | started_at       | completed_at     | cancelled_at
        1       | House      | Support      | Ana Roy  | Done        | 2026-03-02T09:00 | 2026-03-02T10:00 | 2026-03-02T12:00 | -
        10      | Billing    | Billing      | -        | Done        | 2026-03-04T10:00 | -                | 2026-03-04T10:00 | -
        2       | House      | Support      | Ana Roy  | In Progress | 2026-03-02T09:00 | 2026-03-03T09:00 | -                | -
        3       | House      | Support      | Ben Iyer | New         | 2026-03-02T10:00 | 2026-03-05T10:00 | 2026-03-05T10:00 | -
        4       | House      | Zweite Ebene | Ben Iyer | New         | 2026-03-02T11:00 | 2026-03-03T11:00 | -                | -
        5       | House      | Support      | -        | New         | 2026-03-03T09:00 | 2026-03-03T10:00 | -                | 2026-03-03T10:00
        6       | Billing    | Billing      | -        | In Progress | 2026-03-03T09:00 | 2026-03-03T09:30 | -                | -
        7       | Billing    | Billing      | Ana Roy  | New         | 2026-03-03T10:00 | 2026-03-06T10:00 | 2026-03-06T10:00 | -
        8       | Billing    | Billing      | Ana Roy  | New         | 2026-03-03T11:00 | 2026-03-04T11:00 | 2026-03-06T12:00 | -
        9       | Billing    | Billing      | -        | New         | 2026-03-04T09:00 | -                | -                | -
        """,
    )


def test_the_first_deadline_comes_from_the_history(tracker):
    """Of customers only companies are told."""
    tracker("odoo_project").tells(
        "work_items",
        """
        item_id | first_due_at     | due_at           | priority | client | changed_at
        1       | 2026-03-03T09:00 | 2026-03-03T09:00 | High     | Shop   | 2026-03-02T12:00
        10      | -                | -                | Low      | -      | 2026-03-06T00:00
        2       | 2026-03-04T09:00 | 2026-03-04T09:00 | Low      | -      | 2026-03-04T09:00
        3       | -                | -                | Low      | -      | 2026-03-05T10:00
        4       | -                | -                | Low      | -      | 2026-03-06T11:00
        5       | -                | -                | Low      | -      | 2026-03-03T10:00
        6       | 2026-03-04T09:00 | 2026-03-04T09:00 | Low      | -      | 2026-03-03T09:30
        7       | 2026-03-04T10:00 | 2026-03-09T10:00 | Low      | -      | 2026-03-06T10:00
        8       | -                | -                | Low      | -      | 2026-03-06T12:00
        9       | -                | -                | Low      | -      | 2026-03-04T09:00
        """,
    )


def events(tracker, item, expected):
    tracker("odoo_project").tells("work_events", expected, item_id=item)


def test_a_plain_life(tracker):
    """Notes, and what customers write, are no answers."""
    events(
        tracker,
        "1",
        """
        event_at         | sequence | kind      | to_status   | employee | department | team
        2026-03-02T09:00 | 1        | received  | New         | -        | House      | Support
        2026-03-02T10:00 | 2        | assigned  | -           | Ana Roy  | House      | Support
        2026-03-02T10:00 | 3        | status    | In Progress | Ana Roy  | House      | Support
        2026-03-02T11:00 | 4        | replied   | -           | Ana Roy  | House      | Support
        2026-03-02T12:00 | 5        | status    | Done        | Ana Roy  | House      | Support
        2026-03-02T12:00 | 6        | completed | Done        | Ana Roy  | House      | Support
        """,
    )


def test_a_state_is_understood_in_every_language(tracker):
    events(
        tracker,
        "2",
        """
        event_at         | kind      | to_status   | employee
        2026-03-02T09:00 | received  | New         | -
        2026-03-03T09:00 | status    | Done        | Ana Roy
        2026-03-03T09:00 | completed | Done        | Ana Roy
        2026-03-04T09:00 | reopened  | Done        | -
        2026-03-04T09:00 | status    | In Progress | -
        """,
    )


def test_a_task_that_is_moved_to_another_project_is_handed_over(tracker):
    events(
        tracker,
        "3",
        """
        event_at         | kind        | employee | department | team
        2026-03-02T10:00 | received    | -        | House      | Support
        2026-03-03T10:00 | transferred | Ana Roy  | Billing    | Billing
        2026-03-04T10:00 | transferred | Ben Iyer | House      | Support
        2026-03-05T10:00 | completed   | Ben Iyer | House      | Support
        """,
    )


def test_waiting_for_other_tasks_is_a_pause(tracker):
    events(
        tracker,
        "4",
        """
        event_at         | kind        | employee | team
        2026-03-02T11:00 | received    | -        | Support
        2026-03-02T12:00 | transferred | Ana Roy  | Zweite Ebene
        2026-03-03T11:00 | paused      | Ben Iyer | Zweite Ebene
        2026-03-04T11:00 | resumed     | -        | Zweite Ebene
        2026-03-06T11:00 | paused      | Ben Iyer | Zweite Ebene
        """,
    )


def test_a_task_may_be_given_up_returned_or_promised_anew(tracker):
    events(
        tracker,
        "5",
        """
        event_at         | kind      | employee
        2026-03-03T09:00 | received  | -
        2026-03-03T10:00 | cancelled | Ana Roy
        """,
    )
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
    events(
        tracker,
        "8",
        """
        event_at         | kind      | employee
        2026-03-03T11:00 | received  | -
        2026-03-04T11:00 | returned  | Ben Iyer
        2026-03-06T12:00 | completed | Ana Roy
        """,
    )


def test_only_internal_users_are_told(tracker):
    tracker("odoo_project").tells(
        "employees",
        """
        employee | display_name
        Ana Roy  | Ana Roy
        Ben Iyer | Ben Iyer
        """,
    )


def test_opening_hours_are_those_of_the_first_company(tracker):
    """Without breaks, and without what is only for a person or for every other week."""
    tracker("odoo_project").tells(
        "calendars",
        """
        calendar | zone          | is_default
        36 hours | Europe/Berlin | yes
        """,
    )
    tracker("odoo_project").tells(
        "calendar_windows",
        """
        calendar | weekday | opens | closes | valid_from | valid_to
        36 hours | 1       | 08:00 | 12:30  | -          | -
        36 hours | 1       | 13:00 | 17:20  | -          | 2026-07-01
        36 hours | 7       | 20:00 | 24:00  | -          | -
        """,
    )


def test_holidays_are_days_where_the_company_stands(tracker):
    tracker("odoo_project").tells(
        "calendar_exceptions",
        """
        calendar | day        | reason
        36 hours | 2026-04-03 | Easter
        36 hours | 2026-12-31 | New
        36 hours | 2027-01-01 | New
        """,
    )


def test_the_figures_of_a_week(figures):
    told = figures("odoo_project")
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
        Support      | 1          | 1             | 0             | 0            | 0
        Zweite Ebene | 1          | 0             | 1             | 1            | 0
        """
    )
    told.on_time(
        """
        department | due_items | on_time_items | late_completed_items | late_open_items
        Billing    | 2         | 0             | 1                    | 1
        House      | 2         | 1             | 0                    | 1
        """
    )
    told.handoffs(
        """
        completed_items | handoffs | handed_items | ping_pong_items | returned_items
        5               | 2        | 1            | 1               | 1
        """
    )
    assert told.faults() == []
