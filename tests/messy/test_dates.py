"""Dates and times are those that were meant, or are asked about, or set aside."""

import pytest

from dashboard.errors import AskError, ImportFileError
from tests.messy.tables import case

INSTANT = 'type = "instant"'
DMY = 'type = "date", format = "%d/%m/%Y"'


@pytest.mark.parametrize(
    ("declared", "table"),
    [
        case("iso_date", 'type = "date"', "2026-04-03 | 2026-04-03"),
        case(
            "iso_date",
            INSTANT,
            "2026-01-15 09:30:00 | 2026-01-15 08:30:00",
            "2026-01-15T09:30    | 2026-01-15 08:30:00",
        ),
        case("dmy_mdy_ambiguous", DMY, "03/04/2026 | 2026-04-03"),
        case(
            "dmy_mdy_ambiguous",
            'type = "date", format = "%m/%d/%Y"',
            "03/04/2026 | 2026-03-04",
        ),
        case(
            "dmy_mdy_mixed",
            'type = "date", format = "%m/%d/%Y"',
            "12/25/2026 | 2026-12-25",
            "25/12/2026 | refused dmy_mdy_mixed",
        ),
        case("two_digit_year", DMY, "03/04/26 | refused two_digit_year"),
        case(
            "two_digit_year",
            'type = "date", format = "%d/%m/%y"',
            "03/04/26 | refused two_digit_year",
        ),
        case(
            "two_digit_year",
            'type = "date", format = "%d/%m/%y", pivot = 30',
            "03/04/26 | 2026-04-03",
            "03/04/29 | 2029-04-03",
            "03/04/30 | 1930-04-03",
            "29/02/00 | 2000-02-29",
        ),
        case(
            "two_digit_year",
            'type = "date", format = "%d/%m/%y", pivot = 0',
            "03/04/26 | 1926-04-03",
            "29/02/00 | refused two_digit_year",
        ),
        case(
            "month_name",
            'type = "date", format = "%d %b %Y"',
            "12 May 2026 | 2026-05-12",
            "12 Mai 2026 | refused month_name",
        ),
        case(
            "month_name",
            'type = "date", format = "%d. %B %Y", months = ["Januar", "Februar",'
            ' "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",'
            ' "November", "Dezember"]',
            "12. Mai 2026  | 2026-05-12",
            "1. märz 2026  | 2026-03-01",
            "12. May 2026  | refused month_name",
        ),
        case(
            "offset_time",
            'type = "instant", format = "%Y-%m-%dT%H:%M:%S%z"',
            "2026-10-25T02:30:00+05:30 | 2026-10-24 21:00:00",
            "2026-10-25T02:30:00Z      | 2026-10-25 02:30:00",
        ),
        case("no_offset", INSTANT, "2026-07-15 09:30:00 | 2026-07-15 07:30:00"),
        case(
            "dst_gap",
            INSTANT,
            "2026-03-29 01:59:00 | 2026-03-29 00:59:00",
            "2026-03-29 02:30:00 | refused dst_gap",
            "2026-03-29 03:00:00 | 2026-03-29 01:00:00",
        ),
        case("dst_repeat", INSTANT, "2026-10-25 02:30:00 | refused dst_repeat"),
        case("leap_day", 'type = "date"', "2028-02-29 | 2028-02-29"),
        case("false_leap_day", 'type = "date"', "2026-02-29 | refused false_leap_day"),
        case("false_leap_day", DMY, "29/02/2026 | refused false_leap_day"),
        case("false_leap_day", DMY, "31/09/2026 | refused false_leap_day"),
        case("false_leap_day", 'type = "date"', "2026-04-31 | refused false_leap_day"),
        case("time_24_00", INSTANT, "2026-01-15 24:00:00 | refused time_24_00"),
        case(
            "date_only_where_time", INSTANT, "2026-01-15 | refused date_only_where_time"
        ),
        case(
            "date_only_where_time",
            'type = "instant", format = ["%Y-%m-%d %H:%M", "%Y-%m-%d"]',
            "2026-01-15 09:30 | 2026-01-15 08:30:00",
            "2026-01-15       | 2026-01-14 23:00:00",
        ),
        case(
            "late_type_change",
            INSTANT,
            "soon     | refused late_type_change",
            "infinity | refused late_type_change",
        ),
    ],
)
def test_a_cell_becomes(tracker, declared, table):
    tracker.check(declared, table)


@pytest.mark.case("dmy_mdy_ambiguous")
@pytest.mark.parametrize("kind", ["instant", "date", "end_of_day"])
def test_an_undeclared_order_of_day_and_month_is_asked_about(tracker, kind):
    with pytest.raises(AskError) as caught:
        tracker.outcomes(f'type = "{kind}"', ["03/04/2026"])
    assert str(caught.value) == (
        "cases.csv, line 2: Cell may be day/month or month/day: declare format in "
        '[columns] of the mapping, such as cell = { from = "Cell", type = '
        f'"{kind}", format = "%d/%m/%Y" }}.'
    )


@pytest.mark.case("dmy_mdy_ambiguous")
def test_two_declared_orders_are_asked_about_where_they_differ(tracker):
    declared = 'type = "date", format = ["%d/%m/%Y", "%m/%d/%Y"]'
    assert tracker.outcomes(declared, ["25/12/2026"]) == [("25/12/2026", "2026-12-25")]
    with pytest.raises(AskError, match="is another time by each of the declared"):
        tracker.outcomes(declared, ["03/04/2026"])


@pytest.mark.case("no_offset")
def test_a_mapping_without_zone_is_asked_for_one(tracker):
    tracker.zone = ""
    with pytest.raises(ImportFileError, match="zone is missing"):
        tracker.outcomes(INSTANT, ["2026-07-15 09:30:00"])


ITEMS = """
item = { from = "Case", type = "key" }
opened = { from = "Opened", type = "date" }
closed = { from = "Closed", type = "date" }
"""
PAIRS = """
select item as item_id, opened as received_at, closed as completed_at from source
"""


def load_items(tracker, rows: str):
    tracker.items = PAIRS
    return tracker.load("Case,Opened,Closed\n" + rows, columns=ITEMS).report


@pytest.mark.case("date_future_or_before_2000")
def test_facts_of_the_future_or_of_long_ago_are_told(tracker):
    report = load_items(
        tracker, "1,1999-12-31,\n2,2024-01-01,2999-01-01\n3,2024-01-01,\n"
    )
    assert report.warnings == ("Facts of work_items before 2000 or of the future: 2.",)
    assert report.loaded == {"work_items": 3}


@pytest.mark.case("completed_before_received")
def test_work_that_ends_before_it_comes_is_told(tracker):
    report = load_items(tracker, "1,2024-01-02,2024-01-01\n")
    [told] = report.warnings
    assert told.startswith("Items that end before they are received: 1 (1); they count")
