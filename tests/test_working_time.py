"""Working time: every second of opening hours counts once, and no other second does."""

from __future__ import annotations

import random
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import gate
from dashboard.answers import Question
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.filters import Filters, utc
from dashboard.settings import Settings
from dashboard.sources.building import new_database
from dashboard.working_time import (
    CalendarError,
    Clock,
    SpecialDay,
    Version,
    Window,
    expand,
    usual,
)

BERLIN = "Europe/Berlin"
OFFICE = [
    Window("OFFICE", weekday, opens, closes)
    for weekday in range(1, 6)
    for opens, closes in (("09:00", "12:00"), ("13:00", "17:00"))
]
DAYS_OFF = [
    SpecialDay("OFFICE", date(2026, 4, 3), reason="Good Friday"),
    SpecialDay("OFFICE", date(2026, 4, 6), reason="Easter Monday"),
    SpecialDay("OFFICE", date(2026, 3, 21), "09:00", "12:00"),
]
NIGHT = [
    Window("NIGHT", weekday, opens, closes)
    for weekday in range(1, 8)
    for opens, closes in (("00:00", "06:00"), ("22:00", "24:00"))
]


@lru_cache
def clock(name: str) -> Clock:
    versions = [Version("OFFICE", BERLIN, is_default=True), Version("NIGHT", BERLIN)]
    days = expand(
        versions, OFFICE + NIGHT, DAYS_OFF, date(2026, 1, 1), date(2026, 12, 31)
    )
    return Clock([day for day in days if day.calendar == name])


def at(text: str) -> datetime:
    """A local time of 2026 as UTC."""
    return utc(datetime.fromisoformat(f"2026-{text}"), BERLIN)


@pytest.mark.parametrize(
    ("name", "start", "end", "minutes"),
    [
        pytest.param("OFFICE", "03-10T11:30", "03-10T14:00", 90, id="BC1 lunch"),
        pytest.param("OFFICE", "04-02T16:00", "04-07T10:00", 120, id="BC2 holidays"),
        pytest.param("OFFICE", "03-14T10:00", "03-15T18:00", 0, id="BC5 outside hours"),
        pytest.param("OFFICE", "03-20T16:00", "03-21T11:00", 180, id="BC6 Saturday"),
        pytest.param("NIGHT", "03-25T20:00", "03-26T12:00", 480, id="BC8 night"),
    ],
)
def test_working_minutes_between(name, start, end, minutes):
    assert clock(name).between(at(start), at(end)) == 60 * minutes


@pytest.mark.parametrize(
    ("name", "start", "end", "minutes"),
    [
        pytest.param("OFFICE", "03-27T16:00", "03-30T10:00", 120, id="BC3 weekend"),
        pytest.param("NIGHT", "03-28T20:00", "03-29T12:00", 420, id="BC9 spring"),
        pytest.param("NIGHT", "10-24T20:00", "10-25T12:00", 540, id="BC10 autumn"),
    ],
)
def test_clock_change_uses_offset_of_each_day(name, start, end, minutes):
    assert clock(name).between(at(start), at(end)) == 60 * minutes


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("03-27T16:30", 60, "03-30T09:30"),
        ("03-27T16:30", 30, "03-27T17:00"),
        ("03-28T10:00", 0, "03-30T09:00"),
        ("04-02T16:00", 420, "04-07T16:00"),
        ("03-10T11:00", 120, "03-10T14:00"),
    ],
)
def test_adding_working_minutes(start, minutes, end):
    assert clock("OFFICE").add(at(start), 60 * minutes) == at(end)


def test_the_days_of_a_clock_change_have_their_own_offsets():
    """METRICS.md 5: rows for OFFICE, minutes counted from 27 March."""
    days = expand(
        [Version("OFFICE", BERLIN)], OFFICE, [], date(2026, 3, 27), date(2026, 3, 30)
    )
    friday, saturday, sunday, monday = days
    assert [day.minutes_before for day in days] == [0, 420, 420, 420]
    assert [day.minutes_in for day in days] == [420, 0, 0, 420]
    assert friday.starts_at == datetime(2026, 3, 26, 23)
    assert sunday.ends_at == monday.starts_at == datetime(2026, 3, 29, 22)
    assert monday.windows[0] == (datetime(2026, 3, 30, 7), datetime(2026, 3, 30, 10))
    assert saturday.windows == ()


def test_a_bound_that_happens_twice_is_the_first_and_one_that_never_does_is_later():
    windows = [Window("N", weekday, "02:30", "05:00") for weekday in range(1, 8)]
    days = expand(
        [Version("N", BERLIN)], windows, [], date(2026, 3, 29), date(2026, 10, 25)
    )
    spring, autumn = days[0].windows[0], days[-1].windows[0]
    assert spring == (datetime(2026, 3, 29, 1, 30), datetime(2026, 3, 29, 3))
    assert autumn == (datetime(2026, 10, 25, 0, 30), datetime(2026, 10, 25, 4))


def test_instant_outside_calendar_is_error():
    for instant in (datetime(2025, 12, 1), datetime(2027, 2, 1)):
        with pytest.raises(CalendarError, match="outside the calendar"):
            clock("OFFICE").at(instant)


@pytest.mark.parametrize(
    ("windows", "match"),
    [
        ([("09:00", "12:00"), ("11:00", "17:00")], "overlap"),
        ([("17:00", "09:00")], "close before they open"),
        ([("9 am", "17:00")], "write it as 08:30"),
        ([("01:00", "02:00")] * 4, "more than 3"),
    ],
)
def test_hours_that_make_no_sense_are_one_sentence(windows, match):
    rows = [Window("W", 1, opens, closes) for opens, closes in windows]
    with pytest.raises(CalendarError, match=match):
        expand([Version("W", "UTC")], rows, [], date(2026, 3, 2), date(2026, 3, 2))


def test_a_site_without_a_calendar_works_monday_to_friday_round_the_clock():
    days = expand(*usual("UTC"), [], date(2026, 3, 2), date(2026, 3, 8))
    assert [day.minutes_in for day in days] == [1440] * 5 + [0, 0]


# Against a slow oracle that looks at every minute of two years

FIRST, LAST = date(2027, 1, 1), date(2028, 12, 31)  # with a leap day
ZONES = (BERLIN, "America/New_York", "Australia/Lord_Howe")  # which moves by half hours
FROM_JULY = date(2027, 7, 1)


def shop(zone: str) -> tuple[list[Version], list[Window], list[SpecialDay]]:
    """A lunch break, other hours from July on, holidays on all kinds of days."""
    windows = [
        *(Window(zone, d, "08:30", "12:15", None, FROM_JULY) for d in range(1, 7)),
        *(Window(zone, d, "13:00", "17:45", None, FROM_JULY) for d in range(1, 6)),
        *(Window(zone, d, "00:00", "06:00", FROM_JULY) for d in range(1, 8)),
        *(Window(zone, d, "09:00", "15:00", FROM_JULY) for d in range(1, 6)),
        *(Window(zone, d, "22:00", "24:00", FROM_JULY) for d in range(1, 8)),
    ]
    special = [
        SpecialDay(zone, date(2027, 5, 1)),  # a Saturday
        SpecialDay(zone, date(2027, 12, 27), "10:00", "11:00"),
        SpecialDay(zone, date(2028, 2, 29)),
        SpecialDay(zone, date(2028, 3, 26), "09:00", "12:00"),  # a clock change
    ]
    return [Version(zone, zone)], windows, special


@lru_cache
def counted(zone: str) -> np.ndarray:
    """Open minutes before every minute of the two years, counted one by one."""
    _, windows, special = shop(zone)
    start = datetime(FIRST.year - 1, 12, 30, tzinfo=UTC)
    minutes = (datetime(LAST.year + 1, 1, 3, tzinfo=UTC) - start) // timedelta(
        minutes=1
    )
    hours = {day.day: [] for day in special}
    for day in special:
        if day.opens:
            hours[day.day].append((day.opens, day.closes))
    is_open = np.zeros(minutes, dtype=np.int64)
    tz, began = ZoneInfo(zone), int(start.timestamp())
    for minute in range(minutes):
        local = datetime.fromtimestamp(began + 60 * minute, tz)
        day, wall = local.date(), f"{local.hour:02}:{local.minute:02}"
        if day not in hours:
            hours[day] = [
                (w.opens, w.closes)
                for w in windows
                if w.weekday == day.isoweekday()
                and (w.valid_from is None or w.valid_from <= day)
                and (w.valid_to is None or day < w.valid_to)
            ]
        is_open[minute] = any(opens <= wall < closes for opens, closes in hours[day])
    return np.concatenate([[0], np.cumsum(is_open)])


def oracle(zone: str, start: datetime, end: datetime) -> int:
    origin = datetime(FIRST.year - 1, 12, 30)
    places = [(moment - origin) // timedelta(minutes=1) for moment in (start, end)]
    return int(counted(zone)[places[1]] - counted(zone)[places[0]])


@lru_cache
def shop_clock(zone: str) -> Clock:
    return Clock(expand(*shop(zone), FIRST, LAST))


def moments(rng: random.Random, count: int) -> list[datetime]:
    """Whole minutes, many of them around clock changes, at bounds and on odd days."""
    spots = [datetime(2027, 3, 28), datetime(2027, 10, 31), datetime(2028, 2, 29)]
    spots += [datetime(2027, 7, 1), datetime(2027, 11, 7), datetime(2027, 4, 4)]
    found = []
    for _ in range(count):
        if rng.random() < 0.5:
            near = rng.choice(spots) - timedelta(days=2)
            found.append(near + timedelta(minutes=rng.randrange(4 * 1440)))
        else:
            day = datetime(2027, 1, 2) + timedelta(days=rng.randrange(725))
            found.append(day + timedelta(minutes=15 * rng.randrange(96)))
    return found


@pytest.mark.parametrize("zone", ZONES)
def test_ten_thousand_intervals_agree_with_counting_every_minute(zone):
    rng, found = random.Random(zone), shop_clock(zone)
    for start, end in zip(moments(rng, 10_000), moments(rng, 10_000), strict=True):
        first, last = min(start, end), max(start, end)
        assert found.between(first, last) == 60 * oracle(zone, first, last)


INSTANTS = st.datetimes(datetime(2027, 1, 3), datetime(2028, 12, 20))


@given(st.sampled_from(ZONES), INSTANTS, INSTANTS, INSTANTS)
@settings(max_examples=300, deadline=None)
def test_time_adds_up_and_never_exceeds_what_passed(zone, a, b, c):
    first, middle, last = sorted((a, b, c))
    found = shop_clock(zone)
    whole = found.between(first, last)
    parts = found.between(first, middle) + found.between(middle, last)
    assert whole == pytest.approx(parts, abs=1e-6)
    assert 0 <= whole <= (last - first).total_seconds() + 1e-6


@given(st.sampled_from(ZONES), INSTANTS, st.integers(0, 400_000))
@settings(max_examples=300, deadline=None)
def test_adding_is_the_inverse_and_no_earlier_instant_does(zone, start, seconds):
    found = shop_clock(zone)
    try:
        end = found.add(start, seconds)
    except CalendarError:
        return  # the calendar ends before
    assert found.between(start, end) == pytest.approx(seconds, abs=1e-6)
    if end > start and seconds:
        earlier = max(start, end - timedelta(seconds=1))
        assert found.between(start, earlier) < seconds


# In SQL


def rows(kind: str, found: list) -> pa.Table:
    return pa.Table.from_pylist([asdict(row) for row in found])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Three calendars, and 10,000 items with a random life in each."""
    path = tmp_path_factory.mktemp("clocks") / "clocks.duckdb"
    rng = random.Random(1)
    lives = [
        (zone, min(pair), max(pair) + timedelta(microseconds=rng.randrange(2)))
        for zone in ZONES
        for pair in zip(moments(rng, 10_000), moments(rng, 10_000), strict=True)
    ]
    shops = [shop(zone) for zone in ZONES]
    with new_database(path, source="t", zone="UTC", as_of=datetime(2029, 1, 1)) as file:
        for place, name in enumerate(
            ("calendars", "calendar_windows", "calendar_exceptions")
        ):
            file.insert(name, rows(name, [row for s in shops for row in s[place]]))
        kinds = [{"work_type": zone, "calendar": zone} for zone in ZONES]
        file.insert("work_types", pa.Table.from_pylist(kinds))
        items = [
            {"item_id": f"{i}", "work_type": zone, "received_at": a, "completed_at": b}
            for i, (zone, a, b) in enumerate(lives)
        ]
        file.insert("work_items", pa.Table.from_pylist(items))
    return DuckDBFile(Settings(database_url=f"duckdb:///{path}")), lives


def test_the_database_counts_as_python_does(site):
    """30,000 intervals in three zones, to the microsecond."""
    database, lives = site
    filters = Filters(date(2027, 1, 1), date(2029, 1, 1), datetime(2029, 1, 1), "UTC")
    answer = gate.ask(Question("records/completed", filters), database).rows
    ids, hours = answer["item_id"].to_pylist(), answer["lead_work_hours"].to_pylist()
    assert len(ids) == len(lives)
    wrong = [
        (item, found)
        for item, found in zip(ids, hours, strict=True)
        if abs(
            3600 * found
            - shop_clock(lives[int(item)][0]).between(*lives[int(item)][1:])
        )
        > 5e-7
    ]
    assert wrong == []


def test_a_figure_beyond_the_calendar_is_refused(site):
    database, _ = site
    filters = Filters(date(2027, 1, 1), date(2029, 1, 1), datetime(2060, 1, 1), "UTC")
    with pytest.raises(gate.QuestionError, match="beyond the calendar"):
        gate.ask(Question("records/open", filters), database)
