"""Promises as people write them are minutes or business days, asked about, or set
aside."""

from datetime import time

import pytest

from dashboard.errors import AskError, ImportFileError
from tests.messy.tables import case
from tests.messy.workbooks import book

WORDS = 'units = { h = 60, hrs = 60, min = 1, d = "day", "working days" = "day" }'
PROMISE = f'type = "promise", {WORDS}'
HOURS = f'{PROMISE}, unit = "hours"'


@pytest.mark.parametrize(
    ("declared", "table"),
    [
        case(
            "unit_in_cell",
            PROMISE,
            "8 h            | 480 minutes",
            "8H             | 480 minutes",
            "24  hrs        | 1440 minutes",
            "1.5 h          | 90 minutes",
            "0.375 h        | 22.5 minutes",
            "90min          | 90 minutes",
            "0 h            | 0 minutes",
            "2 d            | 2 days",
            "3 Working Days | 3 days",
            "2.0 d          | 2 days",
            "+2 d           | 2 days",
            "               | -",
            "2 wd           | refused unit_in_cell",
            "2h 30min       | refused unit_in_cell",
            "8 h d          | refused unit_in_cell",
            "soon           | refused late_type_change",
            "h              | refused late_type_change",
            "8-10 h         | refused late_type_change",
        ),
        case("unit_in_cell", 'type = "promise"', "8 h | refused unit_in_cell"),
        case("part_of_day", PROMISE, "1.5 d | refused part_of_day", "1.5 h | 90 minutes"),
        case(
            "part_of_day",
            'type = "promise", unit = "days"',
            "2   | 2 days",
            "2.5 | refused part_of_day",
        ),
        case("promise_bare", HOURS, "48 | 2880 minutes", "2 d | 2 days"),
        case("promise_bare", 'type = "promise", unit = "minutes"', "48 | 48 minutes"),
        case("promise_bare", PROMISE, "-8 | refused out_of_range"),
        case(
            "decimal_comma",
            f'{HOURS}, decimal = ","',
            "1,5 h   | 90 minutes",
            "1.500 h | 90000 minutes",
            "1,5     | 90 minutes",
            "1.5 h   | refused decimal_comma",
        ),
        case("decimal_comma", PROMISE, "1,5 h | refused decimal_comma"),
        case("thousands_comma", f'{PROMISE}, decimal = "."', "1,440 min | 1440 minutes"),
        case("null_words", f'{PROMISE}, null = ["n/a"]', "n/a | -", "8 h | 480 minutes"),
        case(
            "out_of_range",
            HOURS,
            "-8 h       | refused out_of_range",
            "(8 h)      | refused out_of_range",
            "876000 h   | 52560000 minutes",
            "20260105   | refused out_of_range",
            "52000000   | refused out_of_range",
            "876001 h   | refused out_of_range",
            "36501 d    | refused out_of_range",
            "1e30       | refused out_of_range",
        ),
        case("full_width_digits", PROMISE, "８ h | 480 minutes"),
    ],
)  # fmt: skip
def test_a_promise_is_a_number_and_a_word_that_is_declared(tracker, declared, table):
    tracker.check(declared, table)


@pytest.mark.parametrize(
    ("declared", "cell", "words"),
    [
        pytest.param(
            PROMISE,
            "48",
            'cases.csv, line 2: Cell may be hours, days or minutes: declare unit = "hours", '
            '"days" or "minutes" in the mapping.',
            marks=pytest.mark.case("promise_bare"),
        ),
        pytest.param(
            PROMISE,
            "1.500 h",
            "cases.csv, line 2: Cell can be read with a decimal point or with a decimal "
            "comma: declare decimal in the mapping.",
            marks=pytest.mark.case("separator_ambiguous"),
        ),
    ],
)
def test_a_promise_that_reads_in_two_ways_is_asked_about(
    tracker, declared, cell, words
):
    with pytest.raises(AskError) as error:
        tracker.outcomes(declared, [cell])
    assert str(error.value) == words


def test_spellings_of_one_promise_are_read_as_the_one_that_is_declared(tracker):
    declared = f'{PROMISE}, same = {{ "same day" = "0 d", std = "24 h" }}'
    tracker.check(
        declared,
        """
        cell     | outcome
        same day | 0 days
        std      | 1440 minutes
        """,
    )


def test_in_a_workbook_a_number_has_no_word_and_hours_are_hours(tracker):
    rows = [["Case", "Cell"], [1, 48], [2, 1.5], [3, "2 d"], [4, time(8, 30)]]
    columns = f'item = "Case"\ncell = {{ from = "Cell", {HOURS} }}'
    loaded = tracker.load(book(rows), columns=columns, name="cases.xlsx")
    assert [value for _, value, _ in loaded.items] == [
        "2880 minutes", "90 minutes", "2 days", "510 minutes"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ('units = { h = "hour" }', 'such as { h = 60, wd = "day" }'),
        ("units = { h = 0 }", 'such as { h = 60, wd = "day" }'),
        ('unit = "weeks"', "unit must be one of minutes, hours, days"),
        ("round = true", "there is no 'round' here"),
    ],
)
def test_what_a_promise_cannot_declare_is_refused(tracker, declared, words):
    with pytest.raises(ImportFileError, match="cell.*" + words.replace("{", r"\{")):
        tracker.outcomes(f'type = "promise", {declared}', ["8 h"])
