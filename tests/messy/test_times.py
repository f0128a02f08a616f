"""A date and the time of its day in two columns are one instant, or wait."""

from datetime import date, datetime, time, timedelta

import pytest

from dashboard.errors import ImportFileError
from tests.messy import workbooks
from tests.office import Office

HEADER = "Case,In,At,Out,Gone\n"
COLUMNS = """
    case = { from = "Case", type = "key" }
    at = { from = "At", type = "time", format = ["%H:%M", "%H.%M", "%I:%M %p"] }
    gone = { from = "Gone", type = "time", empty = "17:00" }
    came = { from = "In", time = "At", type = "instant", format = FORMS }
    went = { from = "Out", time = "Gone", type = "instant", format = "%d-%m-%Y" }
""".replace("FORMS", '["%d-%m-%Y", "%d-%m-%Y %H:%M"]')
MAPPING = f"""
    [source]
    name = "Desk"
    zone = "Europe/Amsterdam"
    [file]
    refused_share = 1.0
    [columns]
    {COLUMNS}
    [work_items]
    item_id = "case"
    received_at = "came"
    completed_at = "went"
    department = {{ value = "HR" }}
"""
LOCAL = "coalesce(strftime({} + interval 1 hour, '%d %H:%M:%S'), '-')"


@pytest.fixture
def desk(tmp_path):
    desk = Office(tmp_path)
    desk.mapping.write_text(MAPPING)
    return desk


def stays(desk: Office) -> list[tuple]:
    """Key, receipt and end of each item, in the winter time of its office."""
    return desk.ask(f"""
        select item_id, {LOCAL.format("received_at")}, {LOCAL.format("completed_at")}
        from work_items order by item_id
    """)


def refused(desk: Office) -> list[tuple]:
    return desk.ask("select line, code, reason from refused_rows order by line")


@pytest.mark.case("time_of_day")
def test_a_date_has_the_time_that_stands_in_the_other_column(desk):
    desk.load(
        """
        1,03-02-2025,9:15,,;
        2,03-02-2025,9.15,,;
        3,03-02-2025,9:15 pm,,;
        4,03-02-2025,12:05 am,,;
        5,03-02-2025,,,
        """,
        header=HEADER,
    )
    assert stays(desk) == [
        ("1", "03 09:15:00", "-"),
        ("2", "03 09:15:00", "-"),
        ("3", "03 21:15:00", "-"),
        ("4", "03 00:05:00", "-"),
        ("5", "03 00:00:00", "-"),
    ]


@pytest.mark.case("time_of_day")
def test_an_empty_time_is_the_one_that_is_declared(desk):
    desk.load(
        """
        1,03-02-2025,9:15,03-02-2025,;
        2,03-02-2025,9:15,03-02-2025,10:00;
        3,03-02-2025,9:15,,
        """,
        header=HEADER,
    )
    assert stays(desk) == [
        ("1", "03 09:15:00", "03 17:00:00"),
        ("2", "03 09:15:00", "03 10:00:00"),
        ("3", "03 09:15:00", "-"),
    ]


@pytest.mark.case("time_of_day")
@pytest.mark.case("time_without_date")
@pytest.mark.case("two_times")
def test_what_is_no_time_or_contradicts_its_date_waits(desk):
    desk.load(
        """
        1,03-02-2025,noon,,;
        2,03-02-2025,24:00,,;
        3,03-02-2025,9:15,,16:00;
        4,03-02-2025 10:00,10:01,,;
        5,03-02-2025 10:00,10:00,,;
        6,03-02-2025 10:00,,,;
        7,30-03-2025,02:30,,
        """,
        header=HEADER,
    )
    assert stays(desk) == [("5", "03 10:00:00", "-"), ("6", "03 10:00:00", "-")]
    assert refused(desk) == [
        (
            *(2, "time_of_day"),
            "At is not a valid time of the day of the form %H:%M or %H.%M or %I:%M %p",
        ),
        (
            *(3, "time_of_day"),
            "At is not a valid time of the day of the form %H:%M or %H.%M or %I:%M %p",
        ),
        (4, "time_without_date", "Out is empty, and there is a time for it"),
        (
            *(5, "two_times"),
            "In has a time of its own, and another one beside it",
        ),
        (
            *(8, "dst_gap"),
            "In is a time that a clock change in Europe/Amsterdam leaves out or "
            "repeats",
        ),
    ]


@pytest.mark.case("time_without_date")
def test_a_time_counts_where_its_date_does(desk):
    ends = """
    status = "Status"
    went = { OUT, unless = { "Status" = ["Cancelled"] } }
    gave_up = { OUT, where = { "Status" = ["Cancelled"] } }
    """.replace(
        "OUT", 'from = "Out", type = "instant", time = "Gone", format = "%d-%m-%Y"'
    )
    text = MAPPING.replace(COLUMNS[COLUMNS.index("    went") :], ends)
    desk.mapping.write_text(text + '    cancelled_at = "gave_up"\n')
    desk.load(
        """
        1,03-02-2025,9:15,04-02-2025,10:00,Done;
        2,03-02-2025,9:15,04-02-2025,11:00,Cancelled
        """,
        header=HEADER.replace("\n", ",Status\n"),
    )
    assert desk.ask("""
        select item_id, completed_at, cancelled_at from work_items order by item_id
    """) == [
        ("1", datetime(2025, 2, 4, 9), None),
        ("2", None, datetime(2025, 2, 4, 10)),
    ]


@pytest.mark.case("time_of_day")
def test_a_workbook_stores_times_in_many_ways(desk):
    day = date(2025, 2, 3)
    rows = [
        ["Case", "In", "At", "Out", "Gone"],
        ["1", day, time(9, 15), None, None],
        ["2", day, timedelta(hours=9, minutes=15), None, None],
        ["3", day, 0.385416666666667, None, None],
        ["4", "03-02-2025", "9.15", day, time(16, 0, 30)],
        ["5", day, timedelta(hours=30), None, None],
        ["6", day, 9.15, None, None],
    ]
    path = desk.folder / "log.xlsx"
    path.write_bytes(workbooks.book(rows))
    desk.bring(path)
    assert stays(desk) == [
        ("1", "03 09:15:00", "-"),
        ("2", "03 09:15:00", "-"),
        ("3", "03 09:15:00", "-"),
        ("4", "03 09:15:00", "03 16:00:30"),
    ]
    assert [line for line, code, _ in refused(desk) if code == "time_of_day"] == [6, 7]


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        (
            'came = { from = "In", type = "instant", time = "Now" }',
            "'Now' is no column of the type time in [columns]; add a line for it, or "
            "correct it",
        ),
        (
            'came = { from = "In", type = "instant", time = "Case" }',
            "'Case' is no column of the type time in [columns]",
        ),
        (
            'came = { from = "In", type = "instant", time = "At", format = "%Y-%m-%d %H:%M%z" }',
            "a date with its offset from UTC takes no time of another column",
        ),
        (
            'at = { from = "At", type = "time", format = "%d %H:%M" }',
            "the format '%d %H:%M' has a date; write one such as %H:%M",
        ),
        (
            'at = { from = "At", type = "time", empty = "9" }',
            "empty must be a time of the day, such as 09:00",
        ),
        (
            'came = { from = "In", type = "date", time = "At" }',
            "there is no 'time' here",
        ),
    ],
)
def test_what_cannot_be_declared_of_times_is_said(desk, declared, said):
    name = declared.split()[0]
    kept = [
        f"    {line}"
        for line in COLUMNS.strip().splitlines()
        if line.split()[0] != name
    ]
    lines = "\n".join([*kept, f"    {declared}"])
    desk.mapping.write_text(MAPPING.replace(COLUMNS, lines))
    with pytest.raises(ImportFileError) as caught:
        desk.load("1,2025-02-03,9:15,,", header=HEADER)
    assert said in str(caught.value)
