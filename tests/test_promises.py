"""Work that is promised within a time is due when that much time has gone by."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import gate
from dashboard.answers import Question
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.errors import ImportFileError
from dashboard.questions import read_filters
from dashboard.settings import Settings
from dashboard.sources.building_anew import build_anew
from dashboard.sources.importing import ImportReport, import_files
from dashboard.sources.previewing import preview_files
from tests.guessing.conftest import drawn

ZONE = "Europe/Amsterdam"
MAPPING = """
[source]
name = "{name}"
zone = "Europe/Amsterdam"
as_of = 2026-06-01T00:00:00
key = ["item"]

[file]
time_format = "%Y-%m-%d %H:%M"
refused_share = 1.0

[columns]
item = {{ from = "Item", type = "key" }}
received = {{ from = "Received", type = "instant" }}
kind = {{ from = "Kind", type = "key" }}
due = {{ from = "Due", type = "instant" }}
sla = {{ from = "SLA", type = "promise", {sla} }}

[work_items]
item_id = "item"
received_at = "received"
work_type = "kind"
{due}

[calendars]
select = "calendars.sql"

[calendar_windows]
select = "windows.sql"

[calendar_exceptions]
select = "exceptions.sql"

[work_types]
select = "kinds.sql"
"""
WORDS = 'units = { h = 60, min = 1, wd = "day", d = "day" }'
HEADER = ["Item", "Received", "Kind", "Due", "SLA"]
OFFICE = [(day, "09:00", "17:00") for day in range(1, 6)]
LUNCH = [
    (day, *hours)
    for day in range(1, 6)
    for hours in (("09:00", "12:00"), ("13:00", "17:00"))
]
SUNDAYS = [(7, "00:00", "06:00"), (1, "09:00", "17:00")]
NIGHT = [(day, "20:00", "24:00") for day in range(1, 8)]


class Desk:
    """An office in Amsterdam, its tracker, and the hours that it keeps."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.database = folder / "site.duckdb"
        self.map()
        self.opens(office=OFFICE)
        self.closed_on()

    def map(
        self,
        due: str = 'due_at = { after = "sla" }',
        sla: str = WORDS,
        name: str = "Desk",
    ) -> None:
        text = MAPPING.format(name=name, sla=sla, due=due)
        (self.folder / "mapping.toml").write_text(text)

    def opens(self, **calendars: list[tuple[int, str, str]]) -> None:
        """Hours by weekday; the first calendar is that of the site. A kind of work
        with the name of a calendar is counted by it."""
        self._select(
            "calendars",
            "calendar, zone, is_default",
            [(name, ZONE, place == 0) for place, name in enumerate(calendars)],
        )
        hours = [(name, *window) for name, own in calendars.items() for window in own]
        self._select("windows", "calendar, weekday, opens, closes", hours)
        kinds = [(name, name) for name in calendars]
        self._select("kinds", "work_type, calendar", kinds)

    def closed_on(self, *days: str) -> None:
        rows = [("office", day) for day in days or ["2020-01-01"]]
        self._select("exceptions", "calendar, day", rows)

    def open_on(self, day: str, opens: str, closes: str) -> None:
        row = ("office", day, opens, closes)
        self._select("exceptions", "calendar, day, opens, closes", [row])

    def _select(self, file: str, names: str, rows: list[tuple]) -> None:
        values = ", ".join(map(str, rows))
        sql = f"select {names} from (values {values}) as told ({names})"
        (self.folder / f"{file}.sql").write_text(sql)

    def write(self, rows: list[tuple[str, ...]], name: str = "desk.csv") -> Path:
        path = self.folder / name
        path.write_text("".join(f"{','.join(row)}\n" for row in [HEADER, *rows]))
        return path

    def loads(self, rows: list[tuple[str, ...]], **options) -> ImportReport:
        path = self.write(rows)
        mapping = self.folder / "mapping.toml"
        return import_files(mapping, [path], self.database, **options)

    def due(self, column: str = "due_at") -> list[str]:
        """The due dates in local time, to the minute, by item."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            found = connection.execute(
                f"select {column} from work_items order by length(item_id), item_id"
            ).fetchall()
        return [local(instant) for (instant,) in found]

    def check(self, table: str, column: str = "due_at") -> None:
        """Receipts and promises as they are drawn, each with the due date it has."""
        [names, *rows] = drawn(table)
        told = [dict(zip(names, row, strict=True)) for row in rows]
        self.loads(
            [
                (str(n), row["received"], row.get("kind", ""), "", row["sla"])
                for n, row in enumerate(told)
            ]
        )
        assert self.due(column) == [row["due"] for row in told]


def local(instant: datetime | None) -> str:
    if instant is None:
        return "-"
    return f"{instant.replace(tzinfo=UTC).astimezone(ZoneInfo(ZONE)):%a %m-%d %H:%M}"


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_working_time_runs_from_the_receipt_or_from_the_next_opening(desk):
    desk.check("""
        received         | sla    | due
        2026-03-10 10:15 | 8 h    | Wed 03-11 10:15
        2026-03-10 18:00 | 8 h    | Wed 03-11 17:00
        2026-03-10 09:00 | 8 h    | Tue 03-10 17:00
        2026-03-10 07:00 | 8 h    | Tue 03-10 17:00
        2026-03-10 17:00 | 1 min  | Wed 03-11 09:01
        2026-03-13 16:00 | 2 h    | Mon 03-16 10:00
        2026-03-14 12:00 | 1.5 h  | Mon 03-16 10:30
        2026-03-10 10:00 | 0 h    | Tue 03-10 10:00
        2026-03-10 18:00 | 0 h    | Wed 03-11 09:00
        2026-03-10 10:00 | 24 h   | Fri 03-13 10:00
        2026-03-10 10:00 |        | -
    """)


def test_lunch_is_no_working_time(desk):
    desk.opens(office=LUNCH)
    desk.check("""
        received         | sla   | due
        2026-03-10 11:00 | 2 h   | Tue 03-10 14:00
        2026-03-10 12:30 | 1 h   | Tue 03-10 14:00
        2026-03-10 11:00 | 1 h   | Tue 03-10 12:00
        2026-03-10 12:30 | 0 h   | Tue 03-10 13:00
        2026-03-10 12:30 | 1 wd  | Wed 03-11 17:00
    """)


def test_business_days_end_at_the_close_of_a_working_day(desk):
    desk.check("""
        received         | sla  | due
        2026-03-13 16:00 | 2 wd | Tue 03-17 17:00
        2026-03-13 17:30 | 2 wd | Wed 03-18 17:00
        2026-03-13 17:00 | 2 wd | Wed 03-18 17:00
        2026-03-14 10:00 | 2 wd | Wed 03-18 17:00
        2026-03-13 06:00 | 2 wd | Tue 03-17 17:00
        2026-03-13 16:00 | 0 wd | Fri 03-13 17:00
        2026-03-13 18:00 | 0 wd | Mon 03-16 17:00
        2026-03-15 18:00 | 0 wd | Mon 03-16 17:00
    """)


def test_a_holiday_is_no_working_day(desk):
    desk.closed_on("2026-04-03", "2026-04-06")
    desk.check("""
        received         | sla  | due
        2026-04-02 16:00 | 2 h  | Tue 04-07 10:00
        2026-04-02 16:00 | 1 wd | Tue 04-07 17:00
        2026-04-03 10:00 | 1 wd | Wed 04-08 17:00
        2026-04-03 10:00 | 8 h  | Tue 04-07 17:00
    """)


def test_a_day_with_hours_of_its_own_is_worked_as_long_as_these(desk):
    desk.open_on("2026-03-14", "10:00", "12:00")  # a Saturday
    desk.check("""
        received         | sla  | due
        2026-03-13 16:00 | 2 h  | Sat 03-14 11:00
        2026-03-13 16:00 | 4 h  | Mon 03-16 10:00
        2026-03-13 16:00 | 1 wd | Sat 03-14 12:00
        2026-03-14 11:00 | 1 wd | Mon 03-16 17:00
        2026-03-14 12:00 | 1 wd | Tue 03-17 17:00
    """)


def test_an_hour_that_a_clock_change_skips_is_not_worked(desk):
    desk.opens(office=SUNDAYS)
    desk.check("""
        received         | sla  | due
        2026-03-29 01:00 | 2 h  | Sun 03-29 04:00
        2026-03-29 01:00 | 5 h  | Mon 03-30 10:00
        2026-03-22 01:00 | 5 h  | Sun 03-22 06:00
        2026-10-25 01:00 | 2 h  | Sun 10-25 02:00
        2026-10-25 01:00 | 6 h  | Sun 10-25 06:00
        2026-03-29 01:00 | 1 wd | Mon 03-30 17:00
    """)


def test_a_kind_of_work_with_hours_of_its_own_is_due_by_these(desk):
    desk.opens(office=OFFICE, night=NIGHT)
    desk.check("""
        received         | kind   | sla  | due
        2026-03-13 16:00 | night  | 2 h  | Fri 03-13 22:00
        2026-03-13 16:00 | night  | 6 h  | Sat 03-14 22:00
        2026-03-13 16:00 | office | 2 h  | Mon 03-16 10:00
        2026-03-13 16:00 | other  | 2 h  | Mon 03-16 10:00
        2026-03-13 16:00 |        | 2 h  | Mon 03-16 10:00
        2026-03-13 16:00 | night  | 1 wd | Sat 03-14 23:59
    """)


def test_promises_that_always_count_run_by_day_and_night(desk):
    desk.map('due_at = { after = "sla", counts = "always" }')
    desk.check("""
        received         | sla   | due
        2026-03-13 16:00 | 2 h   | Fri 03-13 18:00
        2026-03-13 16:00 | 24 h  | Sat 03-14 16:00
        2026-03-13 16:00 | 2 d   | Sun 03-15 16:00
        2026-03-28 16:00 | 24 h  | Sun 03-29 17:00
        2026-03-13 16:00 | 0 h   | Fri 03-13 16:00
    """)


def test_without_a_calendar_monday_to_friday_count_round_the_clock(tmp_path):
    desk = Desk(tmp_path)
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(mapping.read_text().partition("[calendars]")[0])
    desk.check("""
        received         | sla  | due
        2026-03-13 16:00 | 8 h  | Sat 03-14 00:00
        2026-03-13 16:00 | 9 h  | Mon 03-16 01:00
        2026-03-14 16:00 | 1 h  | Mon 03-16 01:00
        2026-03-13 16:00 | 1 wd | Mon 03-16 23:59
    """)


def test_a_date_that_is_told_counts_and_else_the_promise(desk):
    desk.map('due_at = "due"\nfirst_due_at = { after = "sla" }')
    row = ("2026-03-10 10:15", "")
    desk.loads(
        [
            ("1", *row, "2026-03-20 12:00", "8 h"),
            ("2", *row, "", "8 h"),
            ("3", *row, "", ""),
        ]
    )
    assert desk.due() == ["Fri 03-20 12:00", "-", "-"]
    assert desk.due("first_due_at") == ["Wed 03-11 10:15", "Wed 03-11 10:15", "-"]


def test_a_promise_counts_only_where_its_column_does(desk):
    desk.map(sla=f'{WORDS}, unless = {{ "Kind" = ["gift"] }}')
    desk.check("""
        received         | kind | sla | due
        2026-03-10 10:15 | gift | 8 h | -
        2026-03-10 10:15 |      | 8 h | Wed 03-11 10:15
    """)


def test_a_page_counts_promised_work_as_on_time_or_late(desk):
    mapping = desk.folder / "mapping.toml"
    text = mapping.read_text().replace(
        "as_of = 2026-06-01T00:00:00\n", "as_of = 2026-04-01T00:00:00\n"
    )
    mapping.write_text(text.replace("due_at = {", 'completed_at = "due"\ndue_at = {'))
    received = ("2026-03-10 10:15", "")
    desk.loads(
        [
            ("1", *received, "2026-03-11 10:15", "8 h"),
            ("2", *received, "2026-03-11 10:16", "8 h"),
            ("3", *received, "", "2 wd"),
            ("4", *received, "2026-03-12 17:00", "2 wd"),
            ("5", *received, "2026-03-12 17:00", ""),
        ]
    )
    database = DuckDBFile(Settings(f"duckdb:///{desk.database}"))
    filters = read_filters(gate.load(database), "2026-03-01", "2026-04-01", None, {})
    [row] = gate.ask(
        Question("deadlines/on_time_by_group", filters), database
    ).rows.to_pylist()
    database.close()
    counted = ("due_items", "on_time_items", "late_completed_items", "late_open_items")
    assert [row[name] for name in counted] == [4, 2, 1, 1]


def test_one_promise_fills_both_due_dates(desk):
    desk.map('due_at = { after = "sla" }\nfirst_due_at = { after = "sla" }')
    desk.loads([("1", "2026-03-10 10:15", "", "", "8 h")])
    assert desk.due() == desk.due("first_due_at") == ["Wed 03-11 10:15"]


def test_where_no_calendar_reaches_there_is_no_due_date_and_it_is_told(desk):
    row = ("2026-03-10 10:15", "", "")
    report = desk.loads(
        [("1", *row, "8 h"), ("2", *row, "9999 h"), ("3", *row, "999 d")]
    )
    assert desk.due() == ["Wed 03-11 10:15", "-", "-"]
    assert report.warnings == (
        "Items whose promise ends where their calendar has no working days: 2 (2, 3); "
        "they have no due date. Correct the receipt or the promise in the tracker, or "
        "the hours of the calendar.",
    )


def test_the_longest_promises_are_counted_or_told(desk):
    row = ("2026-03-10 10:15", "", "")
    rows = [
        ("1", *row, "876000 h"),
        ("2", *row, "36500 d"),
        ("3", *row, "52560000 min"),
    ]
    assert "3 (1, 2, 3)" in desk.loads(rows).warnings[0]
    desk.map('due_at = { after = "sla", counts = "always" }')
    assert desk.loads([*rows, ("4", *row, "0 d")]).warnings == ()
    assert desk.due() == [*["Thu 02-14 10:15"] * 3, "Tue 03-10 10:15"]


def test_every_item_is_counted_by_the_calendars_of_the_last_import(desk):
    desk.loads([("1", "2026-04-02 16:00", "", "", "1 wd")])
    assert desk.due() == ["Fri 04-03 17:00"]
    desk.closed_on("2026-04-03")
    desk.loads([("2", "2026-04-02 16:00", "", "", "2 h")])
    assert desk.due() == ["Mon 04-06 17:00", "Mon 04-06 10:00"]


HOURS = [("office", day, "08:00", "12:00", None, None) for day in range(1, 6)]
DECIDED = (
    (
        {
            "calendar": "office", "zone": ZONE, "is_default": True,
            "valid_from": None, "valid_to": None,
        },
    ),
    tuple(
        dict(zip(["calendar", "weekday", "opens", "closes", "valid_from", "valid_to"], row, strict=True))
        for row in HOURS
    ),
    (),
)  # fmt: skip


def test_calendars_that_the_site_decides_go_before_those_of_the_mapping(desk):
    desk.loads([("1", "2026-03-10 10:00", "", "", "8 h")])
    assert desk.due() == ["Wed 03-11 10:00"]
    assert desk.loads(
        [("1", "2026-03-10 10:00", "", "", "8 h")], calendars=DECIDED
    ).lines
    assert desk.due() == ["Thu 03-12 10:00"]


def test_due_dates_follow_calendars_by_which_a_file_is_built_anew(desk):
    desk.loads([("1", "2026-03-10 10:00", "", "", "8 h")])
    assert build_anew(desk.database, DECIDED)
    assert desk.due() == ["Thu 03-12 10:00"]
    desk.loads([("2", "2026-03-10 10:00", "", "", "1 wd")], calendars=DECIDED)
    assert desk.due() == ["Thu 03-12 10:00", "Wed 03-11 12:00"]


def test_a_preview_shows_the_due_dates_that_the_import_then_writes(desk):
    desk.loads([("1", "2026-03-10 10:15", "", "", "8 h")])
    file = desk.write(
        [
            ("1", "2026-03-10 10:15", "", "", "2 wd"),
            ("2", "2026-03-13 16:00", "", "", "2 h"),
            ("3", "2026-03-13 16:00", "", "", "9999 h"),
        ],
        "later.csv",
    )
    found = preview_files(desk.folder / "mapping.toml", [file], desk.database)
    [changed] = found.changes
    assert (changed.item_id, changed.column) == ("1", "due_at")
    assert local(changed.before) == "Wed 03-11 10:15"
    assert local(changed.after) == "Thu 03-12 17:00"
    new = [local(instant) for instant in found.items["due_at"].to_pylist()]
    assert new == ["Mon 03-16 10:00", "-"]
    assert desk.due() == ["Wed 03-11 10:15"]
    done = import_files(desk.folder / "mapping.toml", [file], desk.database)
    assert done == found.report
    assert desk.due() == ["Thu 03-12 17:00", *new]


def test_an_import_of_what_is_there_changes_no_due_date(desk):
    rows = [("1", "2026-03-10 10:15", "", "", "8 h")]
    desk.loads(rows)
    file = desk.write([*rows, ("2", "2026-03-13 16:00", "", "", "")], "later.csv")
    found = preview_files(desk.folder / "mapping.toml", [file], desk.database)
    assert found.changed_items == 0


def test_each_tracker_of_a_database_has_its_own_promises(desk):
    desk.loads([("1", "2026-03-10 10:15", "", "", "8 h")])
    desk.map('due_at = { after = "sla", counts = "always" }', name="Other")
    other = desk.write([("2", "2026-03-10 10:15", "", "", "8 h")], "other.csv")
    import_files(desk.folder / "mapping.toml", [other], desk.database)
    desk.map('due_at = "due"', name="Third")
    third = desk.write([("3", "2026-03-10 10:15", "", "2026-03-12 10:00", "")], "3.csv")
    import_files(desk.folder / "mapping.toml", [third], desk.database)
    assert desk.due() == ["Wed 03-11 10:15", "Tue 03-10 18:15", "Thu 03-12 10:00"]


def test_a_promise_that_is_taken_back_leaves_no_due_date(desk):
    desk.loads([("1", "2026-03-10 10:15", "", "", "8 h")])
    desk.loads([("1", "2026-03-10 10:15", "", "", "")])
    assert desk.due() == ["-"]


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (
            'due_at = { after = "kind" }',
            "[work_items][due_at]: after names 'kind', which is of type key: give it "
            'type = "promise" in [columns].',
        ),
        (
            'due_at = { after = "tat" }',
            "[work_items][due_at]: after names 'tat', which is not in [columns].",
        ),
        (
            'due_at = { after = "sla", counts = "nights" }',
            '[work_items][due_at]: counts must be "always" or "working time".',
        ),
        (
            'completed_at = { after = "sla" }',
            "[work_items]: completed_at takes no after: only first_due_at and due_at of "
            "[work_items] can be promised.",
        ),
        (
            'due_at = { after = "sla", value = 1 }',
            "[work_items][due_at]: there is no 'value' here; write one of after, counts.",
        ),
        (
            'due_at = "sla"',
            "[work_items]: due_at is of type instant, sla of type promise: write "
            'due_at = { after = "sla" }.',
        ),
    ],
)
def test_what_cannot_be_promised_is_refused_in_a_sentence(desk, due, words):
    desk.map(due)
    with pytest.raises(ImportFileError) as error:
        desk.loads([("1", "2026-03-10 10:15", "", "", "8 h")])
    assert str(error.value) == f"{desk.folder / 'mapping.toml'}, {words}"


def test_a_due_date_that_is_promised_is_never_before_the_receipt(desk):
    mapping = desk.folder / "mapping.toml"
    text = mapping.read_text()
    mapping.write_text(text.replace("key =", 'refuse = ["due_before_received"]\nkey ='))
    with pytest.raises(ImportFileError, match="due_before_received has nothing to"):
        desk.loads([("1", "2026-03-10 10:15", "", "", "8 h")])


MINUTE = timedelta(minutes=1)
FIRST = date(2026, 3, 16)  # a Monday two weeks before a clock change
# What opens within the hour that a clock change skips is another rule.
STEPS = st.integers(0, 24 * 12).filter(lambda steps: not 24 < steps < 36)
WINDOWS = st.lists(
    st.tuples(
        st.integers(1, 7),
        st.lists(STEPS, min_size=2, max_size=6, unique=True).map(sorted),
    ),
    min_size=1,
    max_size=7,
    unique_by=lambda day: day[0],
)


def hours(windows) -> list[tuple[int, str, str]]:
    """Windows drawn in steps of five minutes as hours of a calendar."""
    return [
        (day, clock(opens), clock(closes))
        for day, bounds in windows
        for opens, closes in zip(bounds[::2], bounds[1::2], strict=False)
    ]


def clock(steps: int) -> str:
    return f"{steps // 12:02}:{steps % 12 * 5:02}"


def is_open(instant: datetime, windows: list[tuple[int, str, str]]) -> bool:
    """Whether the minute that begins at a UTC instant is one of working time."""
    there = instant.replace(tzinfo=UTC).astimezone(ZoneInfo(ZONE))
    return any(
        day == there.isoweekday() and opens <= f"{there:%H:%M}" < closes
        for day, opens, closes in windows
    )


def walked(received: datetime, minutes: int, windows) -> datetime:
    """The due date, minute by minute."""
    now, left = received, minutes
    while left or not minutes and not is_open(now, windows):
        left -= minutes > 0 and is_open(now, windows)
        now += MINUTE
    return now


@settings(max_examples=12, deadline=None)
@given(
    windows=WINDOWS.map(hours),
    items=st.lists(
        st.tuples(st.integers(0, 21 * 1440 - 1), st.integers(0, 3000)),
        min_size=1,
        max_size=40,
    ),
)
def test_a_due_date_is_the_minute_to_which_a_walk_through_the_hours_leads(
    tmp_path_factory, windows, items
):
    desk = Desk(tmp_path_factory.mktemp("desk"))
    desk.opens(office=windows)
    start = datetime(FIRST.year, FIRST.month, FIRST.day)
    received = [start + MINUTE * minutes for minutes, _ in items]
    rows = [
        (f"{n}", f"{instant:%Y-%m-%d %H:%M}Z", "", "", f"{minutes} min")
        for n, (instant, (_, minutes)) in enumerate(zip(received, items, strict=True))
    ]
    mapping = desk.folder / "mapping.toml"
    mapping.write_text(mapping.read_text().replace("%H:%M", "%H:%M%z"))
    desk.loads(rows)
    expected = [
        local(walked(instant, minutes, windows))
        for instant, (_, minutes) in zip(received, items, strict=True)
    ]
    assert desk.due() == expected
