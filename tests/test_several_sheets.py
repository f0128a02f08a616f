"""A workbook with a sheet a month: all that have the header are one file."""

from __future__ import annotations

import io

import openpyxl
import pytest

from dashboard.errors import AskError, ImportFileError
from dashboard.sources.importing import ImportReport
from dashboard.sources.quarantine import waiting
from tests.messy.other_workbooks import ods
from tests.office import counts
from tests.test_quarantine import Ward

SEP = """
    Case | Team | Opened     | Cost
    1    | AP   | 2026-09-01 | 10
    2    | AP   | 2026-09-02 | 20
"""
OCT = """
    Case | Team | Opened     | Cost
    3    | HR   | 2026-10-01 | 30
    4    | HR   | soon       | 40
"""
NOV = """
    Case | Team | Opened     | Cost
    5    | HR   | 2026-11-01 | 50
"""
LISTS = """
    Team | Lead
    AP   | Asha
    HR   | Ravi
"""


def workbook(**sheets: str) -> bytes:
    """A workbook of sheets that are drawn with bars, with an empty row for dots."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, table in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for line in table.strip().splitlines():
            sheet.append([] if line.strip() == "..." else cells(line))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cells(line: str) -> list[str | int | None]:
    """Numbers of two digits or more are numbers of the workbook."""
    texts = [cell.strip() for cell in line.split("|")]
    return [int(t) if t.isdigit() and len(t) > 1 else t or None for t in texts]


class Log(Ward):
    """A ward whose tracker is the workbook `log.xlsx`."""

    def reads(self, sheet: str, more: str = "", **mapped: str) -> None:
        """Declare `sheet`, as TOML, and more of [file]."""
        form = f"sheet = {sheet}\n{more}\nrefused_share"
        self.map(**mapped, refused_share=form)

    def bring_book(self, **sheets: str) -> ImportReport:
        path = self.folder / "log.xlsx"
        path.write_bytes(workbook(**sheets))
        return self.bring(path)

    def places(self) -> list[tuple[str, int]]:
        """Where the rows that wait stand."""
        return [(row.file, row.line) for row in waiting(self.database)]


@pytest.fixture
def office(tmp_path):
    return Log(tmp_path)


@pytest.mark.parametrize(
    "sheet",
    ['["Sep 26", "Oct 26"]', '["Oct 26", "Sep 26"]', '"* 26"', '"*"', '["S*", "*ct*"]'],
)
def test_several_sheets_are_one_file(office, sheet):
    office.reads(sheet)
    report = office.bring_book(Sep_26=SEP, Oct_26=OCT)
    assert [line.part for line in report.lines] == ["log.xlsx"]
    assert counts(report) == [(3, 0, 0, 1)]
    assert office.items() == "1 AP 10; 2 AP 20; 3 HR 30"
    assert office.places() == [("log.xlsx, sheet Oct 26", 3)]
    assert office.bring(office.folder / "log.xlsx").lines == ()


def test_a_star_reads_the_sheets_of_later_months_too(office):
    office.reads('"* 26"')
    office.bring_book(Sep_26=SEP)
    report = office.bring_book(Sep_26=SEP, Nov_26=NOV, Lists=LISTS)
    assert counts(report) == [(1, 0, 2, 0)]
    assert office.items() == "1 AP 10; 2 AP 20; 5 HR 50"


def test_a_key_on_two_sheets_waits_and_overwrites_nothing(office):
    office.reads('"*"')
    office.bring_book(Sep=SEP)
    report = office.bring_book(Sep=SEP, Oct=SEP.replace(" 20\n", " 99\n"))
    assert office.items() == "1 AP 10; 2 AP 20"
    assert counts(report) == [(0, 0, 1, 3)]
    assert office.places() == [
        ("log.xlsx, sheet Oct", 2),  # the same once more: the first is kept
        ("log.xlsx, sheet Oct", 3),
        ("log.xlsx, sheet Sep", 3),
    ]


def test_a_row_is_mended_where_it_stands_though_another_sheet_has_that_line(office):
    office.reads('"*"')
    office.bring_book(Sep=SEP.replace("2026-09-02", "soon"), Oct=OCT)
    assert office.places() == [("log.xlsx, sheet Oct", 3), ("log.xlsx, sheet Sep", 3)]
    office.mend(("4,HR,soon", "4,HR,2026-10-02"))
    assert office.places() == [("log.xlsx, sheet Sep", 3)]
    office.mend(("2,AP,soon", "2,AP,2026-09-02"))
    assert office.items() == "1 AP 10; 2 AP 20; 3 HR 30; 4 HR 40"


def test_rows_without_a_key_find_their_places_too(office):
    office.reads('"*"')
    office.without_key()
    office.bring_book(Sep=SEP.replace("2026-09-02", "soon"), Oct=OCT)
    office.mend(("4,HR,soon", "4,HR,2026-10-02"))
    assert office.items() == "1 AP 10; 3 HR 30; 4 HR 40"
    assert office.places() == [("log.xlsx, sheet Sep", 3)]


RENAMED = NOV.replace("Opened", "Came in").replace("Cost", "INR").replace("Case", "No")


@pytest.mark.parametrize(
    ("sheet", "key", "said"),
    [
        ('["Sep", "Nov"]', True, "sheet Nov has less than half of the headers"),
        ('"*"', False, "on the sheets Nov, and without a key"),
    ],
)
def test_a_month_that_loses_its_header_is_not_left_out(office, sheet, key, said):
    office.reads(sheet)
    if not key:
        office.without_key()
    office.bring_book(Sep=SEP, Nov=NOV)
    with pytest.raises(ImportFileError, match=said):
        office.bring_book(Sep=SEP, Nov=RENAMED)
    assert office.items() == "1 AP 10; 2 AP 20; 5 HR 50"


def test_a_header_that_stands_late_is_found_where_another_is_declared_later(office):
    blank = "x | y\n" * 33
    office.reads('"*"', more="header_row = 40")
    first = "x | y\n" * 39 + SEP.strip()
    report = office.bring_book(Sep=first, Nov=blank + NOV.strip())
    assert counts(report) == [(3, 0, 0, 0)]


def test_a_sheet_without_the_header_is_told_and_not_read(office):
    office.reads('"*"')
    report = office.bring_book(Sep=SEP, Lists="Teams\nAP\nHR", Pivot="...\nSum | 30")
    assert report.warnings == (
        "log.xlsx: 2 sheets have no such header and cannot be read: Lists, Pivot.",
    )


def test_the_columns_of_a_sheet_may_stand_in_another_order_and_be_more(office):
    office.reads('"*"')
    october = """
        Cost | Remarks | Opened     | Case | Team
        30   | urgent  | 2026-10-01 | 3    | HR
        40   | late    | soon       | 4    | HR
        50   | odd     | 2026-10-01 | 5    | HR   | more
    """
    office.bring_book(Sep=SEP, Oct=october)
    assert office.items() == "1 AP 10; 2 AP 20; 3 HR 30"
    office.mend(("4,HR,soon,40,late", "4,HR,2026-10-02,40,late"))
    assert office.items() == "1 AP 10; 2 AP 20; 3 HR 30; 4 HR 40"
    office.mend(("5,HR,2026-10-01,50,odd\tmore", "5,HR,2026-10-01,50,odd"))
    office.reads('"*"', columns='note = "Remarks"', items='client = "note"')
    remarked = "Cost", "Cost | Remarks"
    office.bring_book(Sep=SEP.replace(*remarked), Nov=NOV.replace(*remarked))
    assert office.ask("select item_id, client from work_items order by item_id") == [
        *(("1", None), ("2", None), ("3", "urgent"), ("4", "late"), ("5", None))
    ]


@pytest.mark.parametrize(
    ("sheet", "october", "told"),
    [
        ('["Sep", "May"]', OCT, "has no sheet May; it has Sep, Oct"),
        ('"* 27"', OCT, r"has no visible sheet whose name fits \* 27; it has Sep, Oct"),
        (
            '"*"',
            OCT.replace("Opened", "Open'd"),
            r"log.xlsx, sheet Oct: line 1 has 3 of the 4 headers .*; missing: Opened",
        ),
        ('"O*"', LISTS, "has the header of the mapping on none of the sheets Oct:"),
    ],
)
def test_what_does_not_fit_refuses_the_file(office, sheet, october, told):
    office.reads(sheet)
    with pytest.raises(ImportFileError, match=told):
        office.bring_book(Sep=SEP, Oct=october)


def test_the_header_may_start_in_another_line_of_each_sheet(office):
    office.reads('"*"', "header_row = 3")
    report = office.bring_book(Sep="Log\n...\n" + SEP, Oct=OCT, Nov="Log\n" + NOV)
    assert office.items() == "1 AP 10; 2 AP 20; 3 HR 30; 5 HR 50"
    assert office.places() == [("log.xlsx, sheet Oct", 3)]
    assert "log.xlsx, sheet Nov: 1 line above the header is no row." in report.warnings


def test_totals_are_those_of_their_own_sheet(office):
    office.reads('"*"', 'totals = ["Total"]')
    total = "Total | | | {}\n".format
    report = office.bring_book(Sep=SEP + total(30), Oct=OCT + total(70), Nov=NOV)
    assert counts(report) == [(4, 0, 0, 1)]
    with pytest.raises(
        AskError, match="log.xlsx, sheet Oct, line 4: the total of Cost"
    ):
        office.bring_book(Sep=SEP + total(30), Oct=OCT + total(100))


def test_what_is_filled_down_ends_with_its_sheet(office):
    office.reads('"*"', **{'"Team"': '{ from = "Team", fill_down = true }'})
    office.bring_book(Sep=SEP.replace("2    | AP", "2 |"), Nov=NOV.replace("HR", "  "))
    assert office.items() == "1 AP 10; 2 AP 20; 5 - 50"


def test_a_star_fits_no_hidden_sheet(office):
    office.reads('"*"')
    book = openpyxl.load_workbook(io.BytesIO(workbook(Sep=SEP, Oct=OCT)))
    book["Oct"].sheet_state = "hidden"
    book.save(office.folder / "log.xlsx")
    report = office.bring(office.folder / "log.xlsx")
    assert report.warnings == ("log.xlsx: 1 hidden sheet is not read: Oct.",)
    assert office.items() == "1 AP 10; 2 AP 20"


def test_an_unread_sheet_with_the_same_header_is_told(office):
    office.reads('"Sep 26"')
    report = office.bring_book(
        Sep_26=SEP, Oct_26=OCT, Lists=LISTS, Nov_26="Log\n" + NOV
    )
    assert report.warnings == (
        "log.xlsx: 3 other sheets are not read: Oct 26, Lists, Nov 26.",
        "log.xlsx: Oct 26, Nov 26 have the same header and are not read: add them to "
        "sheet in [file].",
    )
    assert counts(report) == [(2, 0, 0, 0)]


def test_other_workbooks_are_read_so_too(office):
    office.reads('"C*"')
    path = office.folder / "log.ods"
    path.write_bytes(ods([["Case", "Team", "Opened", "Cost"], ["1", "AP", "soon", 5]]))
    office.bring(path)
    assert office.places() == [("log.ods, sheet Cases", 2)]


def test_a_list_of_no_sheet_is_refused(office):
    office.reads("[]")
    with pytest.raises(ImportFileError, match="sheet names none"):
        office.bring_book(Sep=SEP)
