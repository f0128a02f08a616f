"""Ages, lateness and lead times in working time: the examples of METRICS.md."""

from datetime import date, datetime

OFFICE = {
    "calendars": """
    calendar | zone          | nominal_minutes | is_default
    OFFICE   | Europe/Berlin | 420             | yes
    NIGHT    | Europe/Berlin | 480             | no
    """,
    "calendar_windows": "calendar | weekday | opens | closes\n"
    + "".join(
        f"OFFICE | {day} | {hours}\n"
        for day in range(1, 6)
        for hours in ("09:00 | 12:00", "13:00 | 17:00")
    )
    + "".join(
        f"NIGHT | {day} | {hours}\n"
        for day in range(1, 8)
        for hours in ("00:00 | 06:00", "22:00 | 24:00")
    ),
    "calendar_exceptions": """
    calendar | day        | opens | closes | reason
    OFFICE   | 2026-04-03 | -     | -      | Good Friday
    OFFICE   | 2026-04-06 | -     | -      | Easter Monday
    OFFICE   | 2026-03-21 | 09:00 | 12:00  | stocktaking
    """,
}
MARCH = {"period_start": date(2026, 3, 1), "period_end": date(2026, 5, 1)}


def test_lateness_counts_working_hours(check):
    """DL3: late by the clock may be no working hour; 3 and 4 April are no days."""
    check(
        "records/due",
        **MARCH,
        as_of=datetime(2026, 4, 7, 10),
        given=OFFICE
        | {
            "work_items": """
            item_id | received_at      | due_at           | completed_at
            1       | 2026-03-02T09:00 | 2026-03-13T17:00 | 2026-03-14T10:00
            2       | 2026-03-02T09:00 | 2026-03-13T16:00 | 2026-03-16T11:00
            3       | 2026-03-02T09:00 | 2026-04-02T16:00 | -
            4       | 2026-03-02T09:00 | 2026-03-11T11:30 | 2026-03-11T13:30
            5       | 2026-03-02T09:00 | 2026-03-12T11:30 | 2026-03-11T13:30
            """
        },
        expect="""
            item_id | outcome        | late_work_hours
            4       | late completed | 1.0
            5       | on time        | -
            2       | late completed | 3.0
            1       | late completed | 0.0
            3       | late open      | 2.0
        """,
    )


def test_lead_and_cycle_time_leave_pauses_out(check):
    """DL7: 420 and 180 minutes; 360 if the pause were forgotten."""
    check(
        "records/completed",
        **MARCH,
        as_of=datetime(2026, 4, 1),
        given=OFFICE
        | {
            "work_items": """
            item_id | received_at      | started_at       | completed_at
            1       | 2026-03-10T09:00 | 2026-03-10T14:00 | 2026-03-11T12:00
            """,
            "work_events": """
            item_id | event_at         | kind
            1       | 2026-03-10T09:00 | received
            1       | 2026-03-10T15:00 | paused
            1       | 2026-03-11T10:00 | resumed
            1       | 2026-03-11T12:00 | completed
            """,
        },
        expect="""
            item_id | lead_hours | lead_work_hours | cycle_work_hours
            1       | 27.0       | 7.0             | 3.0
        """,
    )


def test_pause_is_intersected_with_windows(check):
    """BC4: a pause over night, 180; BC7: pauses that overlap, 240 minutes."""
    check(
        "records/completed",
        **MARCH,
        as_of=datetime(2026, 4, 1),
        given=OFFICE
        | {
            "work_items": """
            item_id | received_at      | completed_at
            BC4     | 2026-03-10T15:00 | 2026-03-11T11:00
            BC7     | 2026-03-10T09:00 | 2026-03-10T17:00
            """,
            "work_events": """
            item_id | event_at         | kind
            BC4     | 2026-03-10T15:00 | received
            BC4     | 2026-03-10T16:30 | paused
            BC4     | 2026-03-11T09:30 | resumed
            BC4     | 2026-03-11T11:00 | completed
            BC7     | 2026-03-10T09:00 | received
            BC7     | 2026-03-10T10:00 | paused
            BC7     | 2026-03-10T11:00 | paused
            BC7     | 2026-03-10T11:30 | resumed
            BC7     | 2026-03-10T14:00 | resumed
            BC7     | 2026-03-10T17:00 | completed
            """,
        },
        expect="""
            item_id | lead_work_hours
            BC7     | 4.0
            BC4     | 3.0
        """,
    )


def test_age_of_open_work_runs_on_its_own_calendar(check):
    """By the calendar of its kind of work; a pause that has not ended runs to now."""
    check(
        "records/open",
        as_of=datetime(2026, 3, 11, 12),
        given=OFFICE
        | {
            "work_types": """
            work_type | calendar | valid_from | valid_to
            shift     | NIGHT    | -          | -
            """,
            "work_events": """
            item_id | event_at         | kind
            1       | 2026-03-10T11:00 | received
            2       | 2026-03-10T11:00 | received
            3       | 2026-03-10T11:00 | received
            3       | 2026-03-11T10:00 | paused
            """,
            "work_items": """
            item_id | work_type | received_at
            1       | case      | 2026-03-10T11:00
            2       | shift     | 2026-03-10T11:00
            3       | case      | 2026-03-10T11:00
            """,
        },
        expect="""
            item_id | age_days | age_work_hours
            1       | 1        | 8.0
            2       | 1        | 8.0
            3       | 1        | 6.0
        """,
    )


def test_zero_working_minutes_never_divides(check):
    """Received on a Saturday and due on the same one: no working time was allowed."""
    check(
        "backlog/age_profile",
        as_of=datetime(2026, 3, 14, 12),
        given=OFFICE
        | {
            "work_items": """
            item_id | received_at      | due_at
            1       | 2026-03-14T10:00 | 2026-03-14T18:00
            2       | 2026-03-14T10:00 | 2026-03-14T11:00
            """
        },
        expect="""
            age_band                       | open_items
            last fifth                     | 1
            late by up to the time allowed | 1
        """,
    )


def test_lead_time_over_time_is_in_working_hours(check):
    """Each of five took from Friday 16:00 to Monday 10:00 over a clock change: BC3."""
    items = "".join(
        f"{n} | 2026-03-27T16:00 | 2026-03-30T10:00\n            " for n in range(5)
    )
    check(
        "deadlines/lead_time_by_bucket",
        period_start=date(2026, 3, 30),
        period_end=date(2026, 4, 6),
        as_of=datetime(2026, 5, 1),
        given=OFFICE
        | {
            "work_items": f"""
            item_id | received_at | completed_at
            {items}
            """
        },
        expect="""
            completed_items | lead_work_hours_p50 | lead_hours_p50
            5               | 2.0                 | 65.0
        """,
    )


def test_time_in_work_leaves_nights_pauses_and_the_time_before_out(check):
    """Item 1 came before 10 March: 180 of its 360 minutes are before; 4 was paused."""
    check(
        "deadlines/time_in_work",
        period_start=date(2026, 3, 10),
        period_end=date(2026, 3, 11),
        as_of=datetime(2026, 3, 20),
        settings={"level": "work_type"},
        given=OFFICE
        | {
            "work_items": """
            item_id | received_at      | completed_at     | cancelled_at     | work_type
            1       | 2026-03-09T14:00 | 2026-03-10T12:00 | -                | 1 before
            2       | 2026-03-10T09:00 | 2026-03-12T09:00 | -                | 2 open then
            3       | 2026-03-10T09:00 | -                | 2026-03-10T11:00 | 3 cancelled
            4       | 2026-03-10T09:00 | 2026-03-10T17:00 | -                | 4 paused
            5       | 2026-03-10T11:00 | 2026-03-10T10:00 | -                | 5 faulty
            6       | 2026-03-11T00:00 | -                | -                | 6 later
            7       | 2026-03-09T09:00 | 2026-03-09T12:00 | -                | 7 earlier
            """,
            "work_events": """
            item_id | event_at         | kind
            4       | 2026-03-10T10:00 | paused
            4       | 2026-03-10T14:00 | resumed
            """,
        },
        expect="""
        group_name   | entry_minutes | exit_minutes | outcome
        1 before    | 180           | 360          | completed
        2 open then | -             | 420          | open
        3 cancelled | -             | 120          | cancelled
        4 paused    | -             | 240          | completed
        5 faulty    | -             | -60          | faulty
        """,
    )


def test_age_of_open_work_leaves_nights_and_pauses_out(check):
    """420 minutes a day: item 1 is 9 h old less 3 h of pause, item 2 is 2 h old."""
    check(
        "backlog/oldest",
        as_of=datetime(2026, 3, 11, 11),
        given=OFFICE
        | {
            "work_items": """
            item_id | received_at
            1       | 2026-03-10T09:00
            2       | 2026-03-11T09:00
            3       | 2026-03-11T10:00
            4       | 2026-03-11T10:00
            5       | 2026-03-11T10:00
            """,
            "work_events": """
            item_id | event_at         | kind
            1       | 2026-03-10T09:00 | paused
            1       | 2026-03-10T12:00 | resumed
            """,
        },
        expect="""
        open_items | age_work_hours_p50 | oldest_work_hours | oldest_days | oldest_item_id
        5          | 1.0                | 6.0               | 1           | 1
        """,
    )


def test_lateness_at_a_glance_is_in_working_hours(check):
    """DL3 and an item one minute late: 0, 0, 1, 2 and 3 hours, the middle is 1."""
    check(
        "deadlines/lateness_percentiles",
        **MARCH,
        as_of=datetime(2026, 4, 7, 10),
        given=OFFICE
        | {
            "work_items": """
            item_id | received_at      | due_at           | completed_at
            1       | 2026-03-02T09:00 | 2026-03-13T17:00 | 2026-03-14T10:00
            2       | 2026-03-02T09:00 | 2026-03-13T16:00 | 2026-03-16T11:00
            3       | 2026-03-02T09:00 | 2026-04-02T16:00 | -
            4       | 2026-03-02T09:00 | 2026-03-11T11:30 | 2026-03-11T13:30
            5       | 2026-03-02T09:00 | 2026-03-13T17:00 | 2026-03-13T17:01
            """
        },
        expect="""
        late_items | late_work_hours_p50 | late_work_hours_p85
        5          | 1.0                 | -
        """,
    )
