"""What the data tells and cannot be: counted, listed, and left out of the figures."""

from datetime import date, datetime

import pytest

AS_OF = datetime(2026, 3, 10, 12)
MARCH = {
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1),
    "as_of": AS_OF,
}
OFFICE = "calendar | zone | is_default\n OFFICE | Europe/Berlin | yes"
HOURS = "calendar | weekday | opens | closes\n" + "".join(
    f"OFFICE | {day} | 09:00 | 17:00\n" for day in range(1, 6)
)
ITEM = "item_id | received_at\n 1 | 2026-03-04T09:00"
DQ1 = """
    item_id | received_at      | completed_at
    1       | 2026-03-02T09:00 | 2026-03-02T12:00
    2       | 2026-03-03T09:00 | 2026-03-02T12:00
    3       | 2026-03-04T09:00 | -
    4       | 2026-03-05T09:00 | 2026-03-05T09:00
"""


def dates(**told: str) -> dict[str, str]:
    """One item received on 4 March at 9:00, with what is told of it."""
    names, values = " | ".join(told), " | ".join(told.values())
    return {
        "work_items": f"item_id | received_at | {names}\n"
        f"1 | 2026-03-04T09:00 | {values}"
    }


def reviewed(rows: str) -> dict[str, str]:
    head = "review_id | item_id | work_date | reviewed_at | design | units | defects"
    return {"work_items": ITEM, "quality_reviews": f"{head}\n{rows}"}


def hours(rows: str) -> dict[str, str]:
    head = "employee | work_date | kind | minutes"
    return {"work_items": ITEM, "time_entries": f"{head}\n{rows}"}


BEFORE, LATER = "2026-03-04T08:59", "2026-03-07T09:00"
NO_CALENDAR = "item | of a calendar that is not there or never open"
OUTSIDE = "item | with a date outside of the calendar"
FAULTS = [
    (dates(completed_at=BEFORE), "item | completed before receipt | 1"),
    (dates(started_at=BEFORE), "item | started before receipt | 1"),
    (dates(due_at=BEFORE), "item | due before receipt | 1"),
    (dates(first_due_at=BEFORE, due_at=LATER), "item | due before receipt | 1"),
    (dates(cancelled_at=BEFORE), "item | cancelled before receipt | 0"),
    (
        dates(started_at="2026-03-08T09:00", completed_at=LATER),
        "item | completed before its start | 0",
    ),
    (dates(due_at="9999-12-31T00:00"), f"{OUTSIDE} | 0"),
    (dates(completed_at="9999-12-31T00:00"), f"{OUTSIDE} | 0"),
    ({"work_items": "item_id | received_at\n1 | 1900-01-01T00:00Z"}, f"{OUTSIDE} | 0"),
    ({"work_items": ITEM, "calendars": OFFICE}, f"{NO_CALENDAR} | 0"),
    (
        dates(work_type="Slip") | {"work_types": "work_type | calendar\n Slip | NIGHT"},
        f"{NO_CALENDAR} | 0",
    ),
    (
        dates(standard_minutes="-0.01"),
        "item | with a negative standard time | 0",
    ),
    (
        dates(handling_minutes="-0.01"),
        "item | with a negative handling time | 0",
    ),
    (
        dates(completed_at=LATER, handling_minutes="4320.01"),
        "item | with more handling time than went by | 0",
    ),
    (
        dates(cancelled_at=LATER, handling_minutes="4320.01"),
        "item | with more handling time than went by | 0",
    ),
    (
        {
            "work_items": ITEM,
            "work_events": "item_id | event_at | kind\n2 | 2026-03-04T09:00 | received",
        },
        "event | of no item | 0",
    ),
    (
        reviewed("r | 2 | 2026-03-05 | 2026-03-05T09:00 | random | 1 | 0"),
        "review | of no item | 0",
    ),
    (
        reviewed("r | 1 | 2026-03-04 | 2026-03-04T08:59 | random | 1 | 0"),
        "review | from before receipt | 0",
    ),
    (
        reviewed("r | 1 | 2026-03-03 | 2026-03-05T09:00 | random | 1 | 0"),
        "review | from before receipt | 0",
    ),
    (
        reviewed("r | 1 | 2026-03-05 | 2026-03-05T09:00 | random | 1 | 2"),
        "review | with more defects than units | 0",
    ),
    (
        reviewed("r | 1 | 2026-03-05 | 2026-03-05T09:00 | random | 1 | -1"),
        "review | with a negative number of defects, or none told | 0",
    ),
    (hours("P | 2026-03-05 | core | -1"), "time record | below zero | 0"),
    (
        {
            "work_items": ITEM,
            "work_types": "work_type | standard_minutes\n Slip | -5",
        },
        "work type | with a negative standard time | 0",
    ),
]


@pytest.mark.parametrize(("given", "fault"), FAULTS)
def test_what_cannot_be_is_counted_by_its_kind(check, given, fault):
    check(
        "data/faults",
        given=given,
        expect=f"kind | fault | negative_rows | rows\n{fault} | 1",
    )


SOUND = [
    dates(started_at="2026-03-04T09:00", completed_at="2026-03-04T09:00"),
    dates(due_at="2026-03-04T09:00", cancelled_at="2026-03-04T09:00"),
    dates(standard_minutes="0", handling_minutes="0"),
    dates(completed_at=LATER, handling_minutes="4320"),
    dates(completed_at="2026-03-04T09:30", handling_minutes="1440"),  # many hands
    reviewed("r | 1 | 2026-03-04 | 2026-03-04T09:00 | random | 2 | 2"),
    hours("P | 2026-03-05 | core | 1440\n Q | 2026-03-05 | core | 1\n"),
    {"work_items": ITEM, "calendars": OFFICE, "calendar_windows": HOURS},
]


@pytest.mark.parametrize("given", SOUND)
def test_what_can_just_be_is_no_fault(check, given):
    check("data/faults", given=given, expect="kind | fault | rows")


def test_a_day_of_more_than_24_hours_names_all_its_rows(check):
    """Which of them is wrong is not known."""
    check(
        "data/faults",
        given=hours(
            """P | 2026-03-05 | core     | 1000
               P | 2026-03-05 | diverted | 441
               P | 2026-03-06 | core     | 480"""
        ),
        expect="""
            kind        | fault                                       | rows
            time record | of a person with more than 24 hours in a day | 2
        """,
    )


def test_negative_durations_of_the_load(check):
    """DQ1: one, whatever the period; an item that lasts no time is valid."""
    check(
        "data/faults",
        given={"work_items": DQ1},
        period_end=date(2026, 1, 2),
        expect="""
            kind | fault                    | negative_rows
            item | completed before receipt | 1
        """,
    )


def test_an_item_with_several_negative_durations_is_one(check):
    check(
        "data/faults",
        given=dates(completed_at=BEFORE, started_at=BEFORE, due_at=BEFORE),
        expect="""
            kind | fault                    | rows | negative_rows
            item | completed before receipt | 1    | 1
            item | due before receipt       | 1    | 0
            item | started before receipt   | 1    | 0
        """,
    )


def test_faults_are_those_of_the_departments_chosen(check):
    given = {
        "work_items": """
            item_id | department | received_at      | completed_at
            1       | AP         | 2026-03-04T09:00 | 2026-03-03T09:00
            2       | HR         | 2026-03-04T09:00 | 2026-03-03T09:00
            3       | -          | 2026-03-04T09:00 | 2026-03-03T09:00
        """
    }
    check(
        "records/faults",
        given=given,
        department=("AP", None),
        expect="""
            row_key | fault                    | received_at      | is_negative
            1       | completed before receipt | 2026-03-04T09:00 | yes
            3       | completed before receipt | 2026-03-04T09:00 | yes
        """,
    )


def test_a_fault_says_what_is_told(check):
    check(
        "records/faults",
        given=reviewed("r | 1 | 2026-03-05 | 2026-03-05T09:00 | random | 1 | 2"),
        expect="""
            kind   | row_key | item_id | told
            review | r       | 1       | 2 of 1
        """,
    )


# What becomes of it


def test_work_begun_before_it_came_or_after_it_ended_has_no_cycle_time(check):
    check(
        "records/completed",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at      | started_at       | completed_at
            1       | 2026-03-03T09:00 | 2026-03-03T09:00 | 2026-03-03T10:00
            2       | 2026-03-03T09:00 | 2026-03-03T08:59 | 2026-03-03T11:00
            3       | 2026-03-03T09:00 | 2026-03-03T13:00 | 2026-03-03T12:00
            """
        },
        expect="""
            item_id | cycle_work_hours | lead_work_hours
            1       | 1.0              | 1.0
            2       | -                | 2.0
            3       | -                | 3.0
        """,
    )


def test_a_negative_standard_time_is_no_work_of_known_size(check):
    check(
        "backlog/open_by_group",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at      | standard_minutes
            1       | 2026-03-03T09:00 | 90
            2       | 2026-03-03T09:00 | -60
            """
        },
        expect="""
            open_items | open_hours
            2          | 1.5
        """,
    )


def test_a_negative_number_of_defects_is_no_clean_item(check):
    """The next random review of the item counts; without one it is not reviewed."""
    given = {
        "work_items": ITEM + "\n2 | 2026-03-04T09:00",
        "quality_reviews": """
            review_id | item_id | work_date  | reviewed_at      | design | defects
            a         | 1       | 2026-03-05 | 2026-03-05T09:00 | random | -1
            b         | 1       | 2026-03-05 | 2026-03-06T09:00 | random | 1
            c         | 2       | 2026-03-05 | 2026-03-05T09:00 | random | -1
        """,
    }
    counted = "reviewed_items | defective_items\n1 | 1"
    for query in ("errors/review_designs", "errors/error_rate_by_group"):
        check(query, **MARCH, given=given, expect=counted)
    check(
        "records/reviews",
        **MARCH,
        given=given,
        expect="""
            review_id | is_counted
            a         | no
            c         | no
            b         | yes
        """,
    )


@pytest.mark.parametrize(
    "given",
    [
        {"calendars": OFFICE},
        {"work_types": "work_type | calendar\n Slip | NIGHT"},
    ],
    ids=["never open", "not there"],
)
def test_a_calendar_that_tells_no_hours_gives_no_working_time_not_none(check, given):
    check(
        "records/open",
        as_of=AS_OF,
        given=dates(work_type="Slip", due_at="2026-03-09T09:00") | given,
        expect="""
            item_id | age_days | age_work_hours | late_work_hours | due_state | age_band
            1       | 6        | -              | -               | overdue   | not known
        """,
    )


def test_a_calendar_without_a_fellow_is_that_of_the_site(check):
    check(
        "records/open",
        as_of=AS_OF,
        given={
            "work_items": ITEM,
            "calendars": "calendar | zone\n OFFICE | Europe/Berlin",
            "calendar_windows": HOURS,
        },
        expect="item_id | age_work_hours\n1 | 35.0",
    )
