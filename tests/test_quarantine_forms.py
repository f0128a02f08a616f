"""Rows of workbooks and of CSV files of any form wait, and come back mended."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from dashboard.sources.quarantine import write_waiting
from tests.messy.workbooks import book
from tests.office import HEADER, counts
from tests.test_quarantine import Ward

COLUMNS = HEADER.strip().split(",")
LOCAL = {"%Y-%m-%d": "%d/%m/%Y", "refused_share": 'decimal = ","\nrefused_share'}


@pytest.fixture
def office(tmp_path):
    return Ward(tmp_path)


def bring_workbook(office, *rows):
    path = office.folder / "day.xlsx"
    path.write_bytes(book([COLUMNS, *rows]))
    return office.bring(path)


def test_what_a_workbook_keeps_is_the_same_after_each_import(office):
    """1.234 of a workbook is no 1234, though texts have a decimal comma."""
    office.map(**LOCAL)
    bring_workbook(office, ["1", "AP", date(2024, 1, 5), 1.234])
    assert counts(office.load("2,HR,06/01/2024,7")) == [(1, 0, 0, 0)]
    assert office.items() == "1 AP 1.234; 2 HR 7"
    assert office.ask("select min(received_at) :: date from work_items") == [
        (date(2024, 1, 5),)
    ]


def test_cells_of_a_workbook_that_nobody_touched_are_mended_as_they_were(office):
    office.map(**LOCAL)
    bring_workbook(
        office,
        ["1", "AP", date(2024, 1, 5), "much"],
        ["2", "HR", "soon", 1.234],
        ["3", "HR", "soon", "much"],
    )
    report = office.mend(("1,AP,2024-01-05,much", '1,AP,2024-01-05,"7,5"'))
    assert counts(report) == [(1, 0, 0, 2)]
    assert report.warnings == ()
    office.mend(("2,HR,soon", "2,HR,06/01/2024"))
    assert office.items() == "1 AP 7.5; 2 HR 1.234"
    assert len(office.waiting()) == 1


@pytest.mark.parametrize("team", ["one\ntwo", '"AP" and more', "a\tb", " "])
def test_a_row_of_a_workbook_that_is_too_long_is_mended_cell_by_cell(office, team):
    bring_workbook(office, ["1", team, date(2024, 1, 5), 5, 6])
    assert office.codes() == ["long_row"]
    assert office.mend().refused_rows == 1
    assert office.codes() == ["long_row"]
    office.mend(("5\t6", "5"))
    expected = team if team.strip() else None
    assert office.ask("select team, amount from work_items") == [(expected, 5)]


def test_an_error_of_a_workbook_waits_until_a_value_stands_in_its_place(office):
    rows = [["1", "AP", date(2024, 1, 5), "=1/0"], ["2", "AP", date(2024, 1, 5), 5]]
    bring_workbook(office, *rows)
    assert office.mend().refused_rows == 1
    assert office.codes() == ["formula_no_cache"]
    office.mend(("1,AP,2024-01-05,,", "1,AP,2024-01-05,6,"))
    assert office.items() == "1 AP 6; 2 AP 5"


def test_a_mended_file_is_read_plainly_whatever_the_mapping_declares(office):
    form = 'delimiter = ";"\nencoding = "cp1252"\nheader_row = 3\ntotals = ["Total"]'
    office.map(refused_share=f"{form}\nrefused_share")
    content = "Report of May\n\nCase;Team;Opened;Cost\n1;Zoë;soon;5\n2;A,P;soon;6\n"
    path = office.folder / "day.csv"
    path.write_bytes(f"{content}Total;;;11\n".encode("cp1252"))
    office.bring(path)
    office.mend(
        ("1,Zoë,soon", "1,Zoë,2024-01-01"), ('2,"A,P",soon', "2,Zoë,2024-01-02")
    )
    assert office.items() == "1 Zoë 5; 2 Zoë 6"
    assert office.waiting() == []


def test_a_mended_file_may_be_saved_with_another_delimiter(office):
    """As spreadsheets do in countries with a decimal comma."""
    office.load("1,AP,soon,5")
    target = office.folder / "mend.csv"
    write_waiting(office.database, target, None)
    rows = list(csv.reader(target.read_text("utf-8-sig").splitlines()))
    rows[1][2] = "2024-01-01"
    with target.open("w", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    office.bring(target)
    assert office.items() == "1 AP 5"


def test_a_mended_file_may_be_saved_as_a_workbook(office):
    """Whatever the mapping says of the sheets of the tracker and their headers."""
    form = 'sheet = "May"\nheader_row = 3\ntotals = ["Total"]'
    office.map(refused_share=f"{form}\nrefused_share")
    tracker = office.folder / "day.xlsx"
    rows = [["Report"], [], COLUMNS, ["1", "AP", "soon", 5], ["Total", None, None, 5]]
    tracker.write_bytes(
        book(rows, change=lambda _, sheet: setattr(sheet, "title", "May"))
    )
    office.bring(tracker)
    target = office.folder / "mend.csv"
    write_waiting(office.database, target, None)
    header, row = csv.reader(target.read_text("utf-8-sig").splitlines())
    mended = [*row[:2], date(2024, 1, 1), 5, *row[4:6], int(row[6])]
    saved = office.folder / "mend.xlsx"
    saved.write_bytes(book([header, mended]))
    assert counts(office.bring(saved)) == [(1, 0, 0, 0)]
    assert office.items() == "1 AP 5"
    assert office.waiting() == []


def test_a_short_row_is_mended_by_the_delimiter_of_its_own_file(office):
    office.write("a.csv", "Case;Team;Opened;Cost\n1;AP;2024-01-01\n")
    office.bring(office.folder / "a.csv")
    assert office.mend().refused == {"has 3 cells where the header has 4": 1}
    office.mend(("1,AP,2024-01-01,,", "1,AP,2024-01-01,5,"))
    assert office.items() == "1 AP 5"


def test_headers_of_one_column_are_one_in_the_quarantine(office):
    office.map(**{'team = "Team"': 'team = { from = "Team", aliases = ["Group"] }'})
    office.load("1,AP,soon,5")
    office.bring(office.write("b.csv", "CASE,Opened,Group,Cost\n2,soon,HR,6\n"))
    target = office.folder / "mend.csv"
    write_waiting(office.database, target, None)
    header = target.read_text("utf-8-sig").splitlines()[0]
    assert header.count(",") == 6
    target.unlink()
    office.mend(("soon", "2024-01-01"))
    assert office.items() == "1 AP 5; 2 HR 6"


def test_kept_rows_are_found_under_the_header_that_their_file_had(office):
    office.map(**{'team = "Team"': 'team = { from = "Team", aliases = ["Group"] }'})
    office.bring(office.write("b.csv", "CASE,Opened,Group,Cost\n2,2024-01-01,HR,6\n"))
    office.load("1,AP,2024-01-01,5")
    assert office.items() == "1 AP 5; 2 HR 6"


def test_an_empty_cell_of_a_mended_file_is_not_filled_from_above(office):
    office.map(**{'team = "Team"': 'team = { from = "Team", fill_down = true }'})
    office.load("1,AP,2024-01-01,much; 2,,soon,6; 3,,2024-01-01")
    office.mend(("much", "5"), ("soon", "2024-01-02"), ("01,,", "01,7,"))
    assert office.items() == "1 AP 5; 2 AP 6; 3 - 7"


def test_a_row_of_totals_is_never_kept(office):
    office.map(refused_share='totals = ["Total"]\nrefused_share')
    report = office.load("1,AP,2024-01-01,5; 2,AP,2024-01-01,6; Total,,,11")
    assert counts(report) == [(2, 0, 0, 0)]
    assert counts(office.load("2,AP,2024-01-01,7; Total,,,7")) == [(0, 1, 0, 0)]
    assert office.items() == "1 AP 5; 2 AP 7"


def test_a_code_waits_with_its_row(office):
    office.load("1,AP,2024-01-01,much; 2,AP; ,AP,2024-01-01,5")
    expected = ["late_type_change", "short_row", "empty_required"]
    assert office.codes() == expected
    office.load("9,AP,2024-01-01,5")
    assert office.codes() == expected
