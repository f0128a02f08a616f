"""Dates whose time of the day stands in another column, found by their headers."""

from datetime import date, time

import pytest

from tests.guessing.conftest import keys
from tests.messy import workbooks

LOG = """
    Ticket No | Date received | Time received | Date closed | Time closed | Time spent
    T1        | 03-02-2025    | 9:15          | 13-02-2025  | 10:30       | 0:35
    T2        | 14-02-2025    | 9.40          |             |             |
    T3        | 15-02-2025    | 4:05 pm       | 17-02-2025  | 11:00       | 1:10
"""
LOCAL = "coalesce(strftime({} + interval 1 hour, '%d %H:%M'), '-')"
BARE = """
    Ticket No | Received   | Time  | Note
    T1        | 2026-01-05 | 09:15 | a
    T2        | 2026-01-06 | 10:40 | b
"""


def local(newcomer, column: str, answers: dict[str, str]) -> str:
    """Day and time of winter in which each item has its date."""
    return newcomer.values(LOCAL.format(column), answers)


def test_a_time_is_that_of_the_date_with_the_same_name(newcomer):
    newcomer.brings(LOG)
    found = newcomer.proposed({"handling_minutes": ""})
    assert tuple(told for told in found.told if "time of the day" in told) == (
        "Time received tells the time of the day of Date received.",
        "Time closed tells the time of the day of Date closed.",
    )
    assert newcomer.declared("Date received")["time"] == "Time received"
    assert newcomer.declared("Time received") == {
        "type": "time",
        "format": ["%H:%M", "%H.%M", "%I:%M %p"],
    }
    assert newcomer.declared("Time spent")["type"] != "time"


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("received_at", "03 09:15; 14 09:40; 15 16:05"),
        ("completed_at", "13 10:30; -; 17 11:00"),
    ],
)
def test_what_is_found_is_imported(newcomer, column, values):
    newcomer.brings(LOG.replace("Time spent", "Remark"))
    assert local(newcomer, column, {}) == values


def test_a_column_that_is_called_time_and_no_more_is_asked_about(newcomer):
    newcomer.brings(BARE)
    [asked] = newcomer.proposed().asked
    assert asked.sentence == "Time, such as 09:15: what is it?"
    assert asked.choices == (
        ("yes", "the time of the day of Received"),
        ("", "something else"),
    )


@pytest.mark.parametrize(
    ("answer", "values"), [("yes", "05 09:15; 06 10:40"), ("", "05 00:00; 06 00:00")]
)
def test_it_is_the_time_if_a_person_says_so(newcomer, answer, values):
    newcomer.brings(BARE)
    assert local(newcomer, "received_at", {"time Received": answer}) == values


MISSING = """
    Ticket No | In (date)  | In (time) | Out (date) | Out (time)
    T1        | 2026-01-05 | 09:15     | 2026-01-06 |
    T2        | 2026-01-06 | 10:40     |            |
"""


@pytest.mark.parametrize(
    ("answer", "ended"), [("17:00", "06 17:00; -"), ("", "06 00:00; -")]
)
def test_what_an_empty_time_means_is_asked(newcomer, answer, ended):
    newcomer.brings(MISSING)
    [asked] = newcomer.proposed().asked
    assert asked.sentence == (
        "Out (time) is empty in some rows that have a date in Out (date). Which time is "
        "meant there?"
    )
    assert asked.choices == (("", "midnight, when the day begins"),)
    assert local(newcomer, "completed_at", {asked.key: answer}) == ended


def test_an_answer_that_is_no_time_is_asked_again(newcomer):
    newcomer.brings(MISSING)
    [asked] = newcomer.proposed({"empty Out (time)": "five"}).asked
    assert asked.sentence.startswith("five is no time of the day such as 09:00.")


def test_due_dates_with_times_are_no_ends_of_days(newcomer):
    newcomer.brings("""
        Ticket No | Received   | Due date   | Due time
        T1        | 2026-01-05 | 2026-01-06 | 12:00
        T2        | 2026-01-06 | 2026-01-07 | 17:30
    """)
    assert local(newcomer, "due_at", {}) == "06 12:00; 07 17:30"


def test_times_of_a_workbook_are_found(newcomer):
    header = ["Ticket No", "Received", "Received time"]
    rows = [["T1", date(2026, 1, 5), time(9, 15)], ["T2", date(2026, 1, 6), "10.40"]]
    newcomer.brings(workbooks.book([header, *rows]), "log.xlsx")
    assert keys(newcomer.proposed()) == []
    assert local(newcomer, "received_at", {}) == "05 09:15; 06 10:40"


def test_times_of_a_date_that_is_left_out_are_comments(newcomer):
    newcomer.brings("""
        Ticket No | Received   | Call date  | Call time
        T1        | 2026-01-05 | 2026-01-06 | 12:00
        T2        | 2026-01-06 | 2026-01-07 | 17:30
    """)
    found = newcomer.proposed({"due_at": "", "completed_at": ""})
    assert '# call_time = { from = "Call time"' in found.mapping


def test_times_that_are_all_missing_are_asked_about(newcomer):
    newcomer.brings([["Ticket No", "Received", "Time"], ["T1", "2026-01-05", ""]])
    assert newcomer.proposed().asked[0].sentence == "Time: what is it?"
    answers = {"time Received": "yes", "empty Time": "08:00"}
    assert local(newcomer, "received_at", answers) == "05 08:00"


def test_a_missing_time_may_be_a_word(newcomer):
    newcomer.brings(MISSING.replace("09:15", "-"))
    answers = {"empty In (time)": "08:00", "empty Out (time)": "17:00"}
    assert local(newcomer, "received_at", answers) == "05 08:00; 06 10:40"


def test_times_whose_names_have_no_letters_of_ours_are_told_apart(newcomer):
    newcomer.brings("""
        Ticket No | 受付 date    | 受付 time | 完了 date    | 完了 time
        T1        | 2026-01-05 | 09:15   | 2026-01-06 | 10:00
    """)
    answers = {"received_at": "受付 date", "completed_at": "完了 date", "due_at": ""}
    assert local(newcomer, "completed_at", answers) == "06 10:00"


def test_a_time_that_no_clock_shows_is_told(newcomer):
    newcomer.brings(LOG.replace("9:15", "00:15 am").replace("Time spent", "Remark"))
    assert any('"00:15 am" cannot be read' in t for t in newcomer.proposed().told)


def test_a_time_is_filled_down_as_its_date_is(newcomer):
    rows = [["Ticket No", "In (date)", "In (time)", "Client"]]
    rows += [["T1", "2026-01-05", "09:15", "A"], ["T2", None, None, "B"]]
    rows += [["T3", "2026-01-06", "10:15", "A"]]

    def merged(workbook, sheet):
        sheet.merge_cells("B2:B3")
        sheet.merge_cells("C2:C3")

    newcomer.brings(workbooks.book(rows, merged), "log.xlsx")
    assert local(newcomer, "received_at", {}) == "05 09:15; 05 09:15; 06 10:15"
