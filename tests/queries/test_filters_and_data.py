"""What there is to filter by, and what the data says of itself."""

from datetime import date, datetime

import pytest

MARCH = {
    "period_start": date(2026, 3, 2),
    "period_end": date(2026, 3, 9),
    "as_of": datetime(2026, 3, 6),
}


def test_every_value_is_listed_the_past_and_none_too(check):
    check(
        "filters/values",
        given={
            "work_items": """
            item_id | department | team | work_type | employee | received_at
            1       | AP         | B    | X         | P        | 2026-03-01T09:00
            2       | -          | -    | -         | -        | 2026-03-01T09:00
            """,
            "work_events": """
            item_id | event_at         | kind        | department | team
            1       | 2026-03-01T09:00 | received    | AP         | A
            1       | 2026-03-02T09:00 | transferred | AP         | B
            """,
            "employees": """
            employee | employment
            P        | own
            """,
        },
        where=(("filter", ("team", "department", "employment")),),
        expect="""
            filter     | value | department | items
            department | AP    | -          | 1
            department | -     | -          | 1
            employment | own   | -          | 1
            employment | -     | -          | 1
            team       | A     | AP         | 0
            team       | B     | AP         | 1
            team       | -     | -          | 1
        """,
    )


def test_targets_in_force_on_the_as_of_day(check):
    check(
        "data/targets",
        as_of=datetime(2026, 3, 6),
        given={
            "work_items": "item_id | received_at\n1 | 2026-03-01T09:00",
            "targets": """
            metric      | department | value | valid_from | valid_to
            on_time_due | -          | 0.85  | 2025-01-01 | 2026-03-06
            on_time_due | -          | 0.90  | 2026-03-06 | -
            on_time_due | HR         | 0.95  | 2026-03-07 | -
            """,
        },
        expect="""
            metric      | department | value
            on_time_due | -          | 0.90
        """,
    )


def test_load_tells_its_moment(check):
    check(
        "data/load",
        as_of=datetime(2026, 3, 6),
        given={"work_items": "item_id | received_at\n1 | 2026-03-01T09:00"},
        expect="""
            source | zone          | as_of            | rows
            drawn  | Europe/Berlin | 2026-03-06T00:00 | 1
        """,
    )


def test_refused_rows_are_listed_with_file_and_line(check):
    check(
        "data/refused_rows",
        given={
            "work_items": "item_id | received_at\n1 | 2026-03-01T09:00",
            "refused_rows": """
            file  | line | reason     | text
            b.csv | 2    | no item_id | ,x
            a.csv | 10   | bad date   | 1,y
            a.csv | 9    | bad date   | 2,z
            """,
        },
        expect="""
            file  | line | reason
            a.csv | 9    | bad date
            a.csv | 10   | bad date
            b.csv | 2    | no item_id
        """,
    )


def test_items_are_those_the_period_touched(check):
    """1 is closed before, 7 comes after the as-of moment."""
    check(
        "records/items",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at      | due_at           | completed_at     | cancelled_at
            1       | 2026-02-01T09:00 | -                | 2026-02-02T09:00 | -
            2       | 2026-02-02T09:00 | -                | 2026-03-02T09:00 | -
            3       | 2026-02-03T09:00 | 2026-03-03T09:00 | 2026-02-04T09:00 | -
            4       | 2026-02-04T09:00 | -                | -                | 2026-03-03T09:00
            5       | 2026-02-05T09:00 | -                | -                | -
            6       | 2026-03-05T09:00 | -                | 2026-03-05T10:00 | -
            7       | 2026-03-06T00:00 | -                | -                | -
            """
        },
        expect="""
            item_id
            2
            3
            4
            5
            6
        """,
    )


def test_events_are_those_of_the_period_before_the_as_of_moment(check):
    check(
        "records/events",
        **MARCH,
        given={
            "work_events": """
            item_id | event_at         | sequence | kind      | to_status
            1       | 2026-03-01T23:59 | 1        | received  | new
            1       | 2026-03-02T00:00 | 2        | started   | working
            1       | 2026-03-02T00:00 | 3        | completed | done
            1       | 2026-03-06T00:00 | 4        | reopened  | new
            """
        },
        expect="""
            item_id | sequence | kind      | to_status
            1       | 2        | started   | working
            1       | 3        | completed | done
        """,
    )


def test_the_baseline_last_decided_before_the_moment_is_in_force(check):
    check(
        "data/baselines",
        as_of=datetime(2026, 3, 6),
        given={
            "work_items": "item_id | received_at\n1 | 2026-03-01T09:00",
            "baselines": """
            metric      | department | starts_on  | ends_on    | decided_at       | author | reason
            on_time_due | -          | 2025-01-06 | 2025-07-07 | 2025-08-01T09:00 | Ann    | first
            on_time_due | -          | 2025-06-02 | 2025-12-01 | 2026-01-05T09:00 | Ben    | anew
            on_time_due | -          | 2025-09-01 | 2026-03-02 | 2026-03-06T00:00 | Cho    | later
            on_time_due | HR         | 2025-06-02 | 2025-12-01 | 2026-02-01T09:00 | Ann    | HR
            """,
        },
        expect="""
            metric      | department | starts_on  | author | reason
            on_time_due | HR         | 2025-06-02 | Ann    | HR
            on_time_due | -          | 2025-06-02 | Ben    | anew
        """,
    )  # fmt: skip


def test_a_remark_is_read_once_it_is_written(check):
    """The day it is about may lie ahead."""
    check(
        "data/annotations",
        as_of=datetime(2026, 3, 6),
        given={
            "work_items": "item_id | received_at\n1 | 2026-03-01T09:00",
            "annotations": """
            starts_on  | ends_on    | department | remark   | author | written_at
            2026-04-03 | 2026-04-07 | -          | Easter   | Ann    | 2026-03-05T23:59
            2026-03-02 | -          | AP         | new form | Ben    | 2026-03-02T09:00
            2026-03-03 | -          | AP         | too late | Ben    | 2026-03-06T00:00
            """,
        },
        expect="""
            starts_on  | ends_on    | department | remark   | author
            2026-03-02 | -          | AP         | new form | Ben
            2026-04-03 | 2026-04-07 | -          | Easter   | Ann
        """,
    )


def test_remarks_on_one_day_stand_in_the_order_of_writing(check):
    check(
        "data/annotations",
        as_of=datetime(2026, 3, 6),
        given={
            "work_items": "item_id | received_at\n1 | 2026-03-01T09:00",
            "annotations": """
            starts_on  | remark | author | written_at
            2026-03-02 | second | Ann    | 2026-03-03T10:00
            2026-03-02 | first  | Ben    | 2026-03-03T09:00
            """,
        },
        expect="""
            remark
            first
            second
        """,
    )


def test_owners_in_force_on_the_as_of_day(check):
    check(
        "data/owners",
        as_of=datetime(2026, 3, 6),
        given={
            "work_items": "item_id | received_at\n1 | 2026-03-01T09:00",
            "owners": """
            department | owner | contact | valid_from | valid_to
            AP         | Ann   | ann@x   | 2025-01-01 | 2026-03-06
            AP         | Ben   | ben@x   | 2026-03-06 | -
            AP         | Cho   | cho@x   | 2026-03-07 | -
            HR         | Dee   | -       | -          | -
            """,
        },
        expect="""
            department | owner | contact
            AP         | Ben   | ben@x
            HR         | Dee   | -
        """,
    )


def test_the_sites_own_calendar_is_told_apart(check):
    check(
        "data/calendars",
        given={
            "work_items": "item_id | received_at\n1 | 2026-03-01T09:00",
            "calendars": """
            calendar | zone          | nominal_minutes | is_default
            NIGHT    | Europe/Berlin | 480             | no
            OFFICE   | Europe/Berlin | 420             | yes
            """,
            "calendar_windows": """
            calendar | weekday | opens | closes
            OFFICE   | 1       | 09:00 | 12:00
            NIGHT    | 1       | 00:00 | 06:00
            """,
        },
        expect="""
            calendar | is_default | day_hours
            NIGHT    | no         | 6.0
            OFFICE   | yes        | 3.0
        """,
    )


def test_a_department_tells_more_where_its_extension_has_rows(check):
    check(
        "data/extensions",
        given={
            "work_items": """
            item_id | received_at
            1       | 2026-03-02T09:00
            """,
            "ext_payroll": """
            item_id | run_id
            1       | -
            """,
        },
        expect="""
            extension
            payroll
        """,
    )


@pytest.mark.parametrize(
    ("query", "relation", "rows"),
    [
        (
            "data/targets_over_time",
            "targets",
            """
            metric | department | value | valid_from | valid_to
            open   | Payroll    | 5     | 2020-01-01 | 2021-01-01
            open   | Payroll    | 6     | 2021-01-01 | 2030-01-01
            open   | Payroll    | 7     | 2030-01-01 | -
            """,
        ),
        (
            "data/owners_over_time",
            "owners",
            """
            department | owner | valid_from | valid_to
            Payroll    | Ada   | 2020-01-01 | 2021-01-01
            Payroll    | Bob   | 2030-01-01 | -
            """,
        ),
        (
            "data/calendars_over_time",
            "calendars",
            """
            calendar | zone          | is_default | valid_from | valid_to
            office   | Europe/Berlin | yes        | 2020-01-01 | 2030-01-01
            office   | Europe/Paris  | yes        | 2030-01-01 | -
            """,
        ),
        (
            "data/opening_hours",
            "calendar_windows",
            """
            calendar | weekday | opens | closes | valid_from | valid_to
            office   | 1       | 08:00 | 12:00  | 2020-01-01 | 2030-01-01
            office   | 1       | 09:00 | 12:00  | 2030-01-01 | -
            """,
        ),
        (
            "data/special_days",
            "calendar_exceptions",
            """
            calendar | day        | opens | closes | reason
            office   | 2020-12-25 | -     | -      | Christmas
            office   | 2030-12-24 | 08:00 | 12:00  | Christmas Eve
            """,
        ),
    ],
)
def test_what_is_decided_is_told_whenever_it_counts(check, query, relation, rows):
    given = {
        "work_items": "item_id | received_at\n1 | 2026-03-01T09:00",
        "calendars": "calendar | zone\noffice | Europe/Berlin",
    }
    check(query, given={**given, relation: rows}, expect=rows)
