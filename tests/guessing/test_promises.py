"""A column called SLA, TAT or the like is a promise, if a person says so."""

import tomllib
from datetime import datetime, time

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.guessing.conftest import Newcomer, keys
from tests.messy.workbooks import book

WORKING = {"promise SLA": "working time"}
ALWAYS = {"promise SLA": "always"}
NONE = {"promise SLA": ""}
DUE = "coalesce(strftime(due_at + interval 1 hour, '%d %H:%M'), '-')"  # in Berlin
FIRST = DUE.replace("due_at", "first_due_at")
# Monday 5 January 2026; without a calendar, Monday to Friday count round the clock.
TRACKER = """
    Ticket No | Received         | SLA
    T1        | 2026-01-05 10:00 | 8 h
    T2        | 2026-01-05 10:00 | 24 Hrs
    T3        | 2026-01-09 10:00 | 24 hrs.
    T4        | 2026-01-09 10:00 | 2 d
    T5        | 2026-01-09 10:00 | 30 min
    T6        | 2026-01-09 10:00 | n/a
"""


def items(found) -> dict:
    return tomllib.loads(found.mapping)["work_items"]


def test_whether_it_is_a_promise_and_which_time_counts_is_asked(newcomer):
    newcomer.brings(TRACKER)
    [asked] = newcomer.proposed().asked
    assert asked.key == "promise SLA"
    assert asked.sentence == (
        "SLA, such as 8 h: it sounds as if work were promised within that time of its "
        "receipt. Which time counts?"
    )
    assert asked.choices == (
        (
            "working time",
            "working time alone: opening hours, and days are working days",
        ),
        ("always", "day and night: closed days count too, and a day is 24 hours"),
        (
            "",
            "it is no promise, such as the time that work took: the column is left out",
        ),
    )


@pytest.mark.parametrize(("answers", "told"), [(WORKING, 1), (ALWAYS, 0), (NONE, 0)])
def test_that_hours_are_missing_is_told_where_working_time_counts(
    newcomer, answers, told
):
    newcomer.brings(TRACKER)
    words = (
        "There is no calendar, so promised working time counts from Monday to Friday "
        "round the clock: give the site its hours, on the page Administration or by "
        "file, and import again."
    )
    assert newcomer.imports(answers).warnings.count(words) == told


@pytest.mark.parametrize(
    ("answers", "due"),
    [
        (WORKING, "05 18:00; 06 10:00; 12 10:00; 13 23:59; 09 10:30; -"),
        (ALWAYS, "05 18:00; 06 10:00; 10 10:00; 11 10:00; 09 10:30; -"),
        (NONE, "-; -; -; -; -; -"),
    ],
)
def test_work_is_due_as_is_answered(newcomer, answers, due):
    newcomer.brings(TRACKER)
    assert newcomer.values(DUE, answers) == due
    assert newcomer.values(FIRST, answers) == due


def test_what_its_words_count_is_told(newcomer):
    newcomer.brings(TRACKER)
    found = newcomer.proposed(WORKING)
    assert (
        'SLA: "h" counts hours, "hrs" counts hours, "hrs." counts hours, "d" counts '
        'days, "min" counts minutes.'
    ) in found.told
    assert newcomer.declared("SLA", WORKING)["units"] == {
        "h": 60,
        "hrs": 60,
        "hrs.": 60,
        "d": "day",
        "min": 1,
    }


@pytest.mark.parametrize(
    ("header", "cells", "units"),
    [
        ("SLA", ["8 h", "2 wd"], {"h": 60, "wd": "day"}),
        ("TAT", ["3 working days", "1 day"], {"working days": "day", "day": "day"}),
        ("Turn around time", ["8 uur", "4 U", "2 Std"], {"uur": 60, "u": 60, "std": 60}),
        ("Promised within", ["2 bd", "1 business day"], {"bd": "day", "business day": "day"}),
        ("Turnaround", ["1 hour", "90 mins"], {"hour": 60, "mins": 1}),
        ("Service level", ["1,5 h", "8h"], {"h": 60}),
    ],
)  # fmt: skip
def test_a_promise_is_known_by_what_it_is_called(newcomer, header, cells, units):
    newcomer.column(header, cells)
    answers = {f"promise {header}": "working time"}
    found = newcomer.declared(header, answers)
    assert (found["type"], found["units"]) == ("promise", units)
    newcomer.imports(answers)


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("SLA hours", "hours"),
        ("SLA (h)", "hours"),
        ("TAT (hrs)", "hours"),
        ("TAT in days", "days"),
        ("Target hours", "hours"),
        ("TAT (working days)", "days"),
        ("SLA mins", "minutes"),
    ],
)
def test_a_header_says_what_its_plain_numbers_count(newcomer, header, unit):
    newcomer.column(header, ["8", "24", "48"])
    answers = {f"promise {header}": "working time"}
    assert newcomer.declared(header, answers) == {"type": "promise", "unit": unit}
    told = f"{header}: by its name, its plain numbers are {unit}."
    assert told in newcomer.proposed(answers).told


def test_what_plain_numbers_count_is_asked_where_nothing_says_it(newcomer):
    newcomer.column("SLA", ["8", "24 h", "48"])
    [asked] = newcomer.proposed(WORKING).asked
    assert asked.sentence == "SLA: what does a plain number such as 8 count?"
    assert [value for value, _ in asked.choices] == ["hours", "days", "minutes"]
    assert newcomer.values(DUE, {**ALWAYS, "unit SLA": "days"}) == (
        "13 00:00; 06 00:00; 22 00:00"
    )


def test_below_another_name_a_promise_is_known_too(newcomer):
    newcomer.brings("""
        Request   |                  | Agreed
        Ticket No | Received         | SLA
        T1        | 2026-01-05 10:00 | 8 h
    """)
    answers = {"header": "1+2", "promise Agreed SLA": "working time"}
    assert newcomer.values(DUE, answers) == "05 18:00"


def test_a_workbook_stores_plain_numbers_and_hours(newcomer):
    rows = [
        ["Ticket No", "Received", "SLA"],
        ["T1", datetime(2026, 1, 5, 10), 8],
        ["T2", datetime(2026, 1, 5, 10), 1.5],
        ["T3", datetime(2026, 1, 5, 10), time(8, 30)],
        ["T4", datetime(2026, 1, 5, 10), "2 wd"],
    ]
    newcomer.brings(book(rows), "tracker.xlsx")
    assert keys(newcomer.proposed(WORKING)) == ["unit SLA"]
    answers = {**WORKING, "unit SLA": "hours"}
    assert newcomer.values(DUE, answers) == "05 18:00; 05 11:30; 05 18:30; 07 23:59"


def test_what_a_word_counts_that_is_not_known_is_asked(newcomer):
    newcomer.column("SLA", ["8 h", "3 tage", "1 tage"])
    [asked] = newcomer.proposed(WORKING).asked
    assert asked.sentence == (
        'SLA: what does "tage" count, as in tracker.csv, line 3, 3 tage?'
    )
    days = {"word tage in SLA": "days"}
    assert newcomer.values(DUE, ALWAYS | days) == "05 08:00; 08 00:00; 06 00:00"
    report = newcomer.imports(WORKING | {"word tage in SLA": ""})
    assert report.refused_rows == 2


def test_working_days_cannot_count_day_and_night(newcomer):
    newcomer.column("SLA", ["8 h", "2 wd", "1 d"])
    found = newcomer.proposed(ALWAYS)
    assert (
        "SLA: tracker.csv, line 3, 2 wd, counts working days, so not all of it counts "
        "day and night; the column is left out."
    ) in found.told
    assert "due_at" not in items(found)
    assert '# sla = { from = "SLA"' in found.mapping
    assert not found.asked


def test_beside_a_due_date_the_promise_is_the_first_one(newcomer):
    newcomer.brings("""
        Ticket No | Received         | SLA | Due date
        T1        | 2026-01-05 10:00 | 8 h | 2026-01-20
        T2        | 2026-01-05 10:00 | 8 h |
    """)
    found = items(newcomer.proposed(WORKING))
    assert found["due_at"] == "due_at"
    assert found["first_due_at"] == {"after": "promised"}
    assert newcomer.values(DUE, WORKING) == "20 23:59; -"
    assert newcomer.values(FIRST, WORKING) == "05 18:00; 05 18:00"


def test_a_due_date_that_is_called_after_the_sla_is_no_promise(newcomer):
    newcomer.brings("""
        Ticket No | Received   | SLA due date | TAT due
        T1        | 2026-01-05 | 2026-01-20   | 2026-01-21
    """)
    assert keys(newcomer.proposed()) == ["due_at"]


def test_a_column_of_other_cells_is_no_promise(newcomer):
    newcomer.column("SLA", ["met", "missed", "met", "8 h"])
    assert "promise SLA" not in keys(newcomer.proposed())
    assert "promise" not in newcomer.proposed().mapping


def test_of_two_such_columns_one_is_the_promise(newcomer):
    newcomer.brings("""
        Ticket No | Received         | SLA | TAT
        T1        | 2026-01-05 10:00 | 8 h | 12 h
        T2        | 2026-01-05 10:00 | 4 h | 3 h
    """)
    [asked] = newcomer.proposed().asked
    assert asked.sentence == "Which column tells how long the work may take?"
    answers = {**WORKING, "promised": "SLA"}
    assert newcomer.values(DUE, answers) == "05 18:00; 05 14:00"
    assert newcomer.values(DUE, {"promised": ""}) == "-; -"


def test_cells_that_are_no_promise_are_told_with_their_lines(newcomer):
    newcomer.column("SLA", ["8 h", "4 h", "8-10 h", "1.5 d", "pending", "asap"])
    found = newcomer.proposed(WORKING)
    assert keys(found) == ["words SLA"]
    assert (
        'SLA: "8-10 h", "1.5 d" cannot be read as a promise (line 4, line 5); rows that '
        "will wait in quarantine for it: 2."
    ) in found.told
    assert newcomer.imports({**WORKING, "words SLA": "null"}).refused_rows == 2


BOTH = ["8", "0", "+3", "-2", "2-3", "1 440", "1.500", "1,440"]
POINT = [*BOTH, "2.0", "1.5", ".5", "8."]
COMMA = [*BOTH, "2,0", "1,5", ",5", "8,"]
SPOKEN = st.sampled_from(
    ["", "h", "Hrs", "hrs.", "min", "d", "Days", "wd", "working days", "tage", "h 30m"]
)
SPACES = st.sampled_from(["", " ", "  "])


def cells(numbers: list[str]):
    """Cells of a column whose numbers are written so."""
    one = st.builds("{}{}{}".format, st.sampled_from(numbers), SPACES, SPOKEN)
    return st.lists(st.one_of(one, one, st.sampled_from(["n/a", "asap"])), min_size=3)


@settings(max_examples=30, deadline=None)
@given(
    written=st.one_of(cells(POINT), cells(COMMA)),
    choice=st.integers(0, 2),
)
@example(written=["n/a", "8h", "-2"], choice=0)
def test_each_cell_is_read_or_told_before_the_import(tmp_path_factory, written, choice):
    newcomer = Newcomer(tmp_path_factory.mktemp("newcomer")).column("SLA", written)
    answers = dict(WORKING)
    while asked := newcomer.proposed(answers).asked:
        for each in asked:
            answers[each.key] = each.choices[min(choice, len(each.choices) - 1)][0]
    found = newcomer.proposed(answers)
    assume("\npromised = " in found.mapping)
    told = [
        sentence for sentence in found.told if "SLA" in sentence and "wait" in sentence
    ]
    counted = sum(int(sentence.rpartition(": ")[2].rstrip(".")) for sentence in told)
    nulls = answers.get("words SLA") == "refuse"
    report = newcomer.imports(answers)
    assert report.refused_rows == counted + nulls * written.count("asap")
