"""A row that was mended stays mended, though the tracker gives it broken once more."""

from __future__ import annotations

from datetime import date

import pytest

from tests.messy.workbooks import book
from tests.office import HEADER
from tests.test_quarantine import BROKEN, Ward, mis


@pytest.fixture
def office(tmp_path):
    return Ward(tmp_path)


def outcomes(report) -> list[str]:
    """What became of the rows of each file, such as `1 unchanged, 2 mended`."""
    names = ("inserted", "updated", "unchanged", "mended", "quarantined")
    return [
        ", ".join(f"{n} {o}" for o in names if (n := getattr(line, f"{o}_rows")))
        for line in report.lines
    ]


def edit_the_mapping(office):
    """A change that means nothing here has the next file read again."""
    office.map(**{"refused_share = 1.0": "refused_share = 0.9"})


def test_what_was_mended_stays_when_the_same_sheet_is_read_by_an_edited_mapping(office):
    office.load(BROKEN)
    office.mend(("soon", "2024-01-02"), ("much", "7"))
    edit_the_mapping(office)
    report = office.bring(office.folder / "day1.csv")
    assert outcomes(report) == ["1 unchanged, 2 mended"]
    assert report.refused == {}
    assert office.items() == "1 AP 5; 2 AP 6; 3 HR 7"
    assert office.waiting() == []


def test_the_report_counts_what_was_mended_before(office):
    office.load(BROKEN)
    office.mend(("soon", "2024-01-02"))
    edit_the_mapping(office)
    day = office.folder / "day1.csv"
    assert (
        "day1.csv: 3 rows = 0 inserted + 0 updated + 1 unchanged + 1 mended before + "
        "1 in quarantine\n"
    ) in mis(office, "import", str(office.mapping), str(day)).stdout


def test_rows_of_one_key_that_were_told_apart_stay_apart(office):
    office.load("1,AP,2024-01-01,5; 1,AP,2024-01-02,6")
    office.mend(("1,AP,2024-01-02", "2,AP,2024-01-02"))
    report = office.load(
        "1,AP,2024-01-01,5; 1,AP,2024-01-02,6; 3,HR,2024-01-03,7",
    )
    assert outcomes(report) == ["1 inserted, 2 mended"]
    assert office.items() == "1 AP 5; 2 AP 6; 3 HR 7"
    assert office.waiting() == []


def test_rows_without_a_key_or_of_the_wrong_width_stay_mended(office):
    broken = ",AP,2024-01-01,5; 2,AP,2024-01-02"
    office.load(broken)
    office.mend(
        (",AP,2024-01-01", "1,AP,2024-01-01"), ("2024-01-02,,", "2024-01-02,6,")
    )
    assert outcomes(office.load(broken + "; 3,HR,2024-01-03,7")) == [
        "1 inserted, 2 mended"
    ]
    assert office.items() == "1 AP 5; 2 AP 6; 3 HR 7"


def test_rows_of_a_workbook_stay_mended(office):
    def bring(*others):
        path = office.folder / "day.xlsx"
        row = ["1", "AP", date(2024, 1, 5), "on hold"]
        path.write_bytes(book([HEADER.strip().split(","), row, *others]))
        return office.bring(path)

    bring()
    office.mend(("on hold", ""))
    assert outcomes(bring(["2", "AP", date(2024, 1, 6), 6])) == ["1 inserted, 1 mended"]
    assert office.items() == "1 AP -; 2 AP 6"


def test_a_row_that_was_mended_in_two_steps_stays_mended(office):
    office.load("1,AP,soon,much")
    office.mend(("soon", "2024-01-01"))
    office.mend(("much", "5"))
    edit_the_mapping(office)
    assert outcomes(office.bring(office.folder / "day1.csv")) == ["1 mended"]
    assert office.items() == "1 AP 5"


def test_any_other_error_under_the_same_key_waits(office):
    office.load("1,AP,soon,5")
    office.mend(("soon", "2024-01-01"))
    assert outcomes(office.load("1,AP,later,5")) == ["1 quarantined"]
    report = office.load("1,AP,soon,5; 2,AP,2024-01-02,6")
    assert outcomes(report) == ["1 inserted, 1 mended"]
    assert office.waiting() == []


def test_what_the_tracker_has_corrected_since_is_no_longer_mended(office):
    """The file imported last has the last word, and what it overtakes is forgotten."""
    office.load("1,AP,soon,5")
    office.mend(("soon", "2024-01-01"))
    office.load("1,AP,2024-01-09,9")
    assert outcomes(office.load("1,AP,soon,5")) == ["1 quarantined"]
    assert office.items() == "1 AP 9"


def test_as_many_equal_rows_are_known_as_were_mended(office):
    """A second row of the same words may be another item."""
    office.load(",AP,2024-01-01,5")
    office.mend((",AP", "1,AP"))
    report = office.load(",AP,2024-01-01,5; ,AP,2024-01-01,5")
    assert outcomes(report) == ["1 mended, 1 quarantined"]


def test_mended_rows_that_come_back_do_not_refuse_the_import(office):
    office.load(BROKEN)
    office.mend(("soon", "2024-01-02"), ("much", "7"))
    office.map(**{"refused_share = 1.0": ""})
    office.bring(office.folder / "day1.csv")
    assert office.items() == "1 AP 5; 2 AP 6; 3 HR 7"
