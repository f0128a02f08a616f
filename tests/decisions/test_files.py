"""The file of a relation is the relation; a broken one takes nothing down."""

import pytest

from dashboard import decisions
from dashboard.decisions.rows import read, written
from dashboard.errors import DecisionError
from tests.decisions.conftest import put, targets_on

TARGET = """
    metric      | department | value
    on_time_due | Payroll    | 0.75
"""


def test_without_a_file_the_table_of_the_database_counts(database):
    assert targets_on(database) == [("on_time_due", None, 0.90)]


def test_the_file_is_the_relation_whatever_the_database_has(database, folder):
    put(folder, "targets", TARGET)
    assert targets_on(database) == [("on_time_due", "Payroll", 0.75)]


def test_a_file_without_rows_is_a_relation_without_rows(database, folder):
    folder.mkdir()
    (folder / "targets.csv").write_text("metric,value\n")
    assert targets_on(database) == []


def test_an_edited_file_counts_for_the_next_question(database, folder):
    for value in (0.75, 0.76, 0.77):  # of one size, within one tick of the clock
        put(folder, "targets", TARGET.replace("0.75", str(value)))
        assert targets_on(database) == [("on_time_due", "Payroll", value)]


def test_a_file_that_is_taken_away_gives_the_table_back(database, folder):
    put(folder, "targets", TARGET)
    targets_on(database)
    (folder / "targets.csv").unlink()
    assert targets_on(database) == [("on_time_due", None, 0.90)]


def test_what_a_broken_file_said_before_counts_and_every_page_says_so(database, folder):
    put(folder, "targets", TARGET)
    targets_on(database)
    put(folder, "targets", TARGET.replace("on_time_due", "on_time_duo"))
    assert targets_on(database) == [("on_time_due", "Payroll", 0.75)]
    [notice] = database.state().load.notices
    assert notice == (
        "targets.csv, line 2: there is no metric 'on_time_duo': did you mean "
        "on_time_due? What counted before goes on until it is mended."
    )
    put(folder, "targets", TARGET)
    assert database.state().load.notices == ()


def test_a_file_that_is_broken_from_the_start_counts_nothing(database, folder):
    put(folder, "targets", TARGET.replace("0.75", "75"))
    assert targets_on(database) == []
    put(folder, "targets", TARGET.replace("0.75", "750"))
    assert targets_on(database) == []
    [notice] = database.state().load.notices
    assert notice.endswith("Nothing of it counts until it is mended.")


def test_a_new_file_that_is_broken_leaves_the_table_in_force(database, folder):
    targets_on(database)
    put(folder, "targets", TARGET.replace("0.75", "75"))
    assert targets_on(database) == [("on_time_due", None, 0.90)]


@pytest.mark.parametrize(
    ("relation", "text", "said"),
    [
        ("targets", "metric,valu\n", "targets.csv, line 1: there is no column 'valu'"),
        ("targets", "metric;value\n", "with commas between them"),
        ("targets", "metric\n", "the column value lacks: add it"),
        ("targets", "metric,value,value\n", "value stands there twice"),
        ("targets", "metric,value\n,1\n", "line 2: metric is empty: fill it"),
        ("targets", "metric,value\nopen,many\n", "write a number such as 0.85"),
        ("targets", "metric,value\nopen,nan\n", "write a number such as 0.85"),
        ("targets", "metric,value\nopen,1,2\n", "more cells than columns"),
        ("targets", 'metric,value\nopen,1\n"open,2\n', "line 3: this is no line"),
        ("targets", "metric,value\nerror_rate,3\n", "share from 0 to 1"),
        ("targets", "metric,value\nopen,1\n\nopen,2\n", "lines 2 and 4 count on the"),
        (
            "targets",
            "metric,value,valid_from\nopen,1,30/11/2026\n",
            "valid_from is '30/11/2026': write a day such as 2026-11-30",
        ),
        (
            "targets",
            "metric,value,valid_from,valid_to\nopen,1,2026-02-01,2026-02-01\n",
            "is not after valid_from",
        ),
        ("targets", f"metric,value,team\nopen,1,{'x' * 256}\n", "at most 255 letters"),
        ("calendars", "calendar,zone\nA,Mars/Base\n", "which is no time zone"),
        ("calendars", "calendar,zone\n", "has no calendar"),
        ("calendars", "calendar,zone\nA,UTC\nB,UTC\n", "no calendars with is_default"),
        ("calendar_windows", "calendar,weekday,opens,closes\n", "without calendars"),
    ],
)
def test_a_wrong_file_is_one_sentence_with_file_and_line(folder, relation, text, said):
    folder.mkdir()
    (folder / f"{relation}.csv").write_text(text)
    [problem] = decisions.standing(str(folder)).problems
    assert said in problem
    assert "\n" not in problem


WINDOW = "calendar,weekday,opens,closes\n"


@pytest.mark.parametrize(
    ("windows", "said"),
    [
        ("B,1,09:00,17:00\n", "line 2: calendars.csv has no calendar 'B'"),
        ("A,8,09:00,17:00\n", "write 1 for Monday to 7 for Sunday"),
        ("A,1,9 am,17:00\n", "the hour '9 am'"),
        ("A,1,17:00,09:00\n", "close before they open"),
        ("A,1,09:00,17:00\nA,2,02:30,01:00\n", "close before they open"),
        ("A,1,09:00,12:00\nA,1,11:00,17:00\n", "overlap"),
    ],
)
def test_hours_that_make_no_sense_are_told_before_they_count(folder, windows, said):
    folder.mkdir()
    (folder / "calendars.csv").write_text("calendar,zone\nA,Europe/Berlin\n")
    (folder / "calendar_windows.csv").write_text(WINDOW + windows)
    [problem] = decisions.standing(str(folder)).problems
    assert said in problem


def test_a_mistyped_year_does_not_hide_hours_that_make_no_sense(folder):
    folder.mkdir()
    (folder / "calendars.csv").write_text("calendar,zone\nA,Europe/Berlin\n")
    (folder / "calendar_windows.csv").write_text(WINDOW + "A,1,17:00,09:00\n")
    day = "calendar,day\nA,0206-12-25\n"
    (folder / "calendar_exceptions.csv").write_text(day)
    [problem] = decisions.standing(str(folder)).problems
    assert "close before they open" in problem


def test_rows_that_follow_each_other_in_time_are_no_overlap(folder):
    put(
        folder,
        "targets",
        """
        metric      | department | value | valid_from | valid_to
        on_time_due | Payroll    | 0.80  | -          | 2026-02-01
        on_time_due | Payroll    | 0.90  | 2026-02-01 | -
        on_time_due | -          | 0.85  | 2026-01-15 | -
        """,
    )
    assert decisions.standing(str(folder)).problems == ()


@pytest.mark.parametrize(
    "text",
    [
        *("a,b", 'say "x"', "two\nlines", "a\rb", "a\r\nb", " around ", "=1+1", "\\"),
        *("Ü€😀", "'", "null", "-", "a;b\tc", "\u2028", "\ufeffx"),
    ],
)
def test_any_text_comes_back_as_it_was(text):
    row = {"metric": "open", "department": text, "team": None, "work_type": text}
    row |= {"value": 0.1 + 0.2, "valid_from": None, "valid_to": None}
    assert read("targets", written("targets", [row])) == [(2, row)]


def test_half_a_letter_that_no_file_can_hold_is_refused():
    with pytest.raises(DecisionError, match="department is"):
        decisions.rows.from_texts(
            "targets", {"metric": "open", "value": "1", "department": "\ud800"}
        )


def test_lines_of_empty_cells_and_a_mark_at_the_start_are_no_rows():
    data = "\ufeffMetric,VALUE\r\nopen,1\r\n,\r\n\r\n".encode()
    assert [line for line, _ in read("targets", data)] == [2]
