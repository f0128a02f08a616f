"""From which day to which a decision counts, and how hours are written."""

from datetime import date

import pytest

from dashboard.decisions.dating import ended, put_in_force
from dashboard.decisions.hours import windows
from dashboard.errors import DecisionError
from tests.decisions.conftest import rows

TODAY = date(2026, 3, 10)
HEADER = "metric | value | valid_from | valid_to\n"


def after(old, value, day, today=TODAY):
    """The rows of `open` after a target is set from a day on: value, from, to."""
    there = list(rows("targets", HEADER + old))
    new = rows("targets", f"metric | value\nopen | {value}")[0]
    for change in put_in_force("targets", there, new, day, today):
        for row in change.before:
            there.remove(row)
        there += change.after
    return sorted(
        f"{row['value']:g} from {row['valid_from'] or '-'} to {row['valid_to'] or '-'}"
        for row in there
    )


@pytest.mark.parametrize(
    ("old", "day", "found"),
    [
        ("", "2026-03-10", ["9 from 2026-03-10 to -"]),
        ("", "2020-01-01", ["9 from 2020-01-01 to -"]),
        (
            "open | 5 | - | -",
            "2026-03-10",
            ["5 from - to 2026-03-10", "9 from 2026-03-10 to -"],
        ),
        ("open | 5 | 2026-03-10 | -", "2026-03-10", ["9 from 2026-03-10 to -"]),
        (
            "open | 5 | 2026-06-01 | -",
            "2026-03-11",
            ["5 from 2026-06-01 to -", "9 from 2026-03-11 to 2026-06-01"],
        ),
        (
            "open | 5 | - | 2026-02-01",
            "2026-02-01",
            ["5 from - to 2026-02-01", "9 from 2026-02-01 to -"],
        ),
    ],
)
def test_what_counted_ends_and_what_is_to_come_stays(old, day, found):
    assert after(old, 9, date.fromisoformat(day)) == found


def test_what_counts_already_is_not_set_again():
    with pytest.raises(DecisionError, match="counts on 2026-03-12 already"):
        after("open | 9 | - | -", 9, date(2026, 3, 12))


@pytest.mark.parametrize("old", ["open | 5 | - | -", "open | 5 | - | 2026-03-10"])
def test_a_past_day_keeps_what_counted_on_it(old):
    with pytest.raises(DecisionError, match="choose 2026-03-10 or a later day"):
        after(old, 9, date(2026, 3, 9))


@pytest.mark.parametrize(
    ("day", "words"), [("2026-03-09", "of the past"), ("2026-05-01", "ends on")]
)
def test_a_target_ends_between_today_and_its_end(day, words):
    [row] = rows("targets", HEADER + "open | 5 | - | 2026-05-01")
    with pytest.raises(DecisionError, match=words):
        ended("targets", row, date.fromisoformat(day), TODAY)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("8:30-17:00", [("08:30", "17:00")]),
        ("08:30–12:00, 13:00 – 17:30", [("08:30", "12:00"), ("13:00", "17:30")]),
        ("08:30 to 12:00; 13:00-24:00", [("08:30", "12:00"), ("13:00", "24:00")]),
    ],
)
def test_hours_are_read_as_people_write_them(text, found):
    assert windows(text) == found


@pytest.mark.parametrize("text", ["closed", "9-5", "08:30", "08:30-12:00 and more"])
def test_hours_that_are_not_clear_are_refused(text):
    with pytest.raises(DecisionError, match="are not clear"):
        windows(text)
