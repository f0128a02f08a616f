"""Sheets: which one is read, what is hidden, merged or blank in it."""

import re
import subprocess
import sys

import pytest

from dashboard.errors import AskError, ImportFileError
from dashboard.sources.reading.workbook import MEMORY
from tests.messy.workbooks import HEADER, ITEMS, ROWS, book, load

PROCESS = "dashboard.sources.reading.workbook_process"


def test_a_workbook_is_read_like_a_file_of_text(tracker):
    loaded = load(tracker, book())
    assert (loaded.items, loaded.notes) == (ITEMS, {})


def test_the_process_that_reads_it_loads_nothing_that_only_writing_needs(tmp_path):
    path = tmp_path / "cases.xlsx"
    path.write_bytes(book())
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", PROCESS, path, "null", str(MEMORY)],
        capture_output=True,
        text=True,
    )
    assert (
        done.stdout.count("\n") == 7
    )  # the kind, a sheet, its 3 rows and notes, others
    assert "openpyxl" in done.stderr
    assert not re.search(r"\b(numpy|PIL)\.\w", done.stderr)


def two_sheets(workbook, sheet):
    workbook.create_sheet("Other").append(["Nothing"])


@pytest.mark.case("multiple_sheets")
def test_one_of_several_sheets_has_to_be_declared(tracker):
    content = book(change=two_sheets)
    with pytest.raises(
        AskError, match='has the sheets Cases, Other: .* sheet = "Cases"'
    ):
        load(tracker, content)
    loaded = load(tracker, content, 'sheet = "Cases"')
    assert loaded.items == ITEMS
    assert loaded.report.warnings == ("cases.xlsx: 1 other sheet is not read: Other.",)


@pytest.mark.case("renamed_sheet")
def test_a_sheet_that_is_not_there_refuses_the_file(tracker):
    with pytest.raises(ImportFileError, match="has no sheet May; it has Cases"):
        load(tracker, book(), 'sheet = "May"')


@pytest.mark.case("hidden_sheet")
def test_a_hidden_sheet_is_read_only_if_it_is_declared(tracker):
    def hide(workbook, sheet):
        workbook.create_sheet("Lists").sheet_state = "veryHidden"

    assert load(tracker, book(change=hide)).notes == {"hidden_sheet": 1}
    with pytest.raises(ImportFileError, match="is empty"):
        load(tracker, book(change=hide), 'sheet = "Lists"')

    def hide_cases(workbook, sheet):
        two_sheets(workbook, sheet)
        sheet.sheet_state = "hidden"

    loaded = load(tracker, book(change=hide_cases), 'sheet = "Cases"')
    assert loaded.items == ITEMS
    assert loaded.notes == {"hidden_sheet": 1, "multiple_sheets": 1}


@pytest.mark.case("hidden_rows")
def test_hidden_rows_are_read_and_told(tracker):
    def hide(workbook, sheet):
        sheet.row_dimensions[3].hidden = True

    loaded = load(tracker, book(change=hide))
    assert (loaded.items, loaded.notes) == (ITEMS, {"hidden_rows": 1})


@pytest.mark.case("filtered_rows")
def test_rows_that_a_filter_hides_are_read_and_told(tracker):
    def hide(workbook, sheet):
        sheet.auto_filter.ref = "A1:C3"
        sheet.auto_filter.add_filter_column(1, ["A"])
        sheet.row_dimensions[3].hidden = True

    loaded = load(tracker, book(change=hide))
    assert (loaded.items, loaded.notes) == (ITEMS, {"filtered_rows": 1})


@pytest.mark.case("hidden_columns")
def test_hidden_columns_are_read_and_told(tracker):
    def hide(workbook, sheet):
        sheet.column_dimensions["C"].hidden = True

    loaded = load(tracker, book(change=hide))
    assert (loaded.items, loaded.notes) == (ITEMS, {"hidden_columns": 1})
    assert loaded.report.warnings == (
        "cases.xlsx: 1 hidden column is read like the others: Cost.",
    )


@pytest.mark.case("hidden_columns")
def test_a_hidden_column_that_is_not_mapped_is_not_said_to_be_read(tracker):
    def hide(workbook, sheet):
        sheet["D1"] = "Remarks"
        sheet.column_dimensions["D"].hidden = True

    loaded = load(tracker, book(change=hide))
    assert (
        "cases.xlsx: 1 hidden column is not in the mapping and not read: Remarks."
    ) in loaded.report.warnings


@pytest.mark.case("merged_header")
def test_a_merged_header_names_the_columns_below_it(tracker):
    rows = [["Case", "Who", None, "Cost"], [None, "Team", "Person", None]]

    def merge(workbook, sheet):
        for cells in ("A1:A2", "B1:C1", "D1:D2"):
            sheet.merge_cells(cells)

    content = book([*rows, ["1", "A", "x", 10.5], ["2", "B", "y", 20]], merge)
    columns = """
item = { from = "Case", type = "key" }
team = "Who Team"
cost = { from = "Cost", type = "money" }
"""
    with pytest.raises(AskError, match="declare header_rows = 2"):
        load(tracker, content, columns=columns)
    assert load(tracker, content, "header_rows = 2", columns=columns).items == ITEMS


FILLED = """
item = { from = "Case", type = "key" }
team = { from = "Team", fill_down = true }
"""


@pytest.mark.case("merged_cells")
def test_a_merged_cell_counts_for_its_rows_if_declared(tracker):
    def merge(workbook, sheet):
        sheet.merge_cells("B2:B3")

    content = book([HEADER, ["1", "A", 1], ["2", None, 2], ["3", "B", 3]], merge)
    assert load(tracker, content).refused == [(3, "merged_cells")]
    loaded = load(tracker, content, columns=FILLED)
    assert [(item, team) for item, team, _ in loaded.items] == [
        ("1", "A"),
        ("2", "A"),
        ("3", "B"),
    ]


@pytest.mark.case("merged_cells")
def test_below_a_row_that_is_set_aside_nothing_is_filled_down(tracker):
    content = "Case,Team,Cost\n1,A,\n2,B,,\n3,,\n4,C,\n5,,\n"
    loaded = tracker.load(content, columns=FILLED)
    assert loaded.refused == [(3, "long_row"), (4, "merged_cells")]
    assert [team for _, team, _ in loaded.items] == ["A", "C", "C"]


def test_a_row_wider_than_the_header_is_set_aside(tracker):
    content = book([*ROWS, ["3", "C", 5, "a remark"], ["4"]])
    loaded = load(tracker, content)
    assert loaded.refused == [(4, "long_row")]
    assert [item for item, *_ in loaded.items] == ["1", "2", "4"]


def test_blank_rows_and_titles_of_a_workbook_are_listed(tracker):
    content = book(
        [["Report of May"], [], HEADER, ["1", "A", 10.5], [], ["2", "B", 20]]
    )
    loaded = load(tracker, content, "header_row = 3")
    assert loaded.items == ITEMS
    assert loaded.notes == {"title_rows": 1, "blank_lines": 2}
