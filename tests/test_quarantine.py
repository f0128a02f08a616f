"""Refused rows wait until they are mended, and nothing of them is lost meanwhile."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.cli import cli
from dashboard.errors import ImportFileError
from dashboard.sources.quarantine import write_waiting
from tests.office import HEADER, Office, counts


class Ward(Office):
    """An office that mends what waits in quarantine."""

    def mend(self, *changes: tuple[str, str]):
        """Write the quarantine out, replace texts in it, and import it."""
        target = self.folder / f"mend{len(list(self.folder.iterdir()))}.csv"
        write_waiting(self.database, target, None)
        text = target.read_text("utf-8-sig")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        target.write_text(text)
        return self.bring(target)


@pytest.fixture
def office(tmp_path):
    return Ward(tmp_path)


def mis(office: Office, *arguments: str):
    url = f"duckdb:///{office.database}"
    return CliRunner().invoke(cli, [*arguments, "--database", url])


BROKEN = "1,AP,2024-01-01,5; 2,AP,soon,6; 3,HR,2024-01-03,much"


def test_the_quarantine_is_listed(office):
    office.load(BROKEN)
    assert mis(office, "quarantine").stdout == (
        "Tracker: day1.csv, line 3: Opened is not a valid date of the form "
        '%Y-%m-%d: "soon"\n'
        'Tracker: day1.csv, line 4: Cost is not a valid amount: "much"\n'
        "2 rows wait in quarantine.\n"
    )


def test_without_a_database_the_quarantine_is_that_of_the_settings(office, monkeypatch):
    office.load(BROKEN)
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{office.database}")
    found = CliRunner().invoke(cli, ["quarantine"])
    assert found.stdout.endswith("2 rows wait in quarantine.\n")


def test_the_quarantine_is_written_under_the_header_of_the_tracker(office):
    office.load('2,"A, P",soon,6', header="Note,Case,Team,Opened,Cost\nx,")
    target = office.folder / "mend.csv"
    found = mis(office, "quarantine", "--to", str(target))
    assert found.exit_code == 0, found.stderr
    with target.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            [
                *("Note", "Case", "Team", "Opened", "Cost"),
                *("quarantine_reason", "quarantine_file", "quarantine_line"),
            ],
            [
                *("x", "2", "A, P", "soon", "6"),
                "Opened is not a valid date of the form %Y-%m-%d",
                *("day1.csv", "2"),
            ],
        ]


def test_a_mended_row_takes_the_place_of_the_broken_one(office):
    office.load(BROKEN)
    report = office.mend(("soon", "2024-01-02"))
    assert counts(report) == [(1, 0, 0, 1)]
    assert office.items() == "1 AP 5; 2 AP 6"
    assert office.waiting() == [("3,HR,2024-01-03,much", "Cost is not a valid amount")]
    office.mend(("much", "7"))
    assert office.items() == "1 AP 5; 2 AP 6; 3 HR 7"
    assert office.waiting() == []


def test_a_row_that_is_still_broken_waits_with_the_new_reason(office):
    office.load(BROKEN)
    office.mend(("soon", "2024-01-02"), (",6,", ",six,"))
    assert office.waiting()[0] == ("2,AP,2024-01-02,six", "Cost is not a valid amount")
    assert office.ask("select file, line from refused_rows order by line") == [
        ("day1.csv", 3),
        ("day1.csv", 4),
    ]


def test_a_mended_key_frees_its_row(office):
    office.load("1,AP,2024-01-01,5; ,AP,2024-01-02,6")
    office.mend((",AP", "2,AP"))
    assert office.items() == "1 AP 5; 2 AP 6"
    assert office.waiting() == []


def test_a_row_of_the_wrong_width_is_mended_cell_by_cell(office):
    office.load("1,AP,2024-01-01,5; 2,AP,2024-01-02; 3,AP,2024-01-03,7,8")
    assert counts(office.mend()) == [(0, 0, 0, 2)]
    assert office.items() == "1 AP 5"
    report = office.mend(("2024-01-02,,", "2024-01-02,6,"), ('"7,8"', "7"))
    assert counts(report) == [(2, 0, 0, 0)]
    assert office.items() == "1 AP 5; 2 AP 6; 3 AP 7"


def test_a_row_that_nobody_mended_never_becomes_good_by_itself(office):
    """A row that is too short would be a good one, were it only filled up."""
    office.load("1,AP,2024-01-01,5; 2,AP,2024-01-02")
    assert office.mend().refused == {"has 3 cells where the header has 4": 1}
    assert office.waiting() == [
        ("2,AP,2024-01-02", "has 3 cells where the header has 4")
    ]


def test_broken_rows_of_one_place_in_two_files_are_replaced_together(office):
    office.load("x,AP,2024-01-01; 1,AP,2024-01-01,5")
    office.load("y,AP,2024-01-01; 1,AP,2024-01-01,6")
    office.mend(("x,AP,2024-01-01,,", "7,AP,2024-01-01,5,"))
    assert office.items() == "1 AP 6; 7 AP 5"
    assert [text for text, _ in office.waiting()] == ["y,AP,2024-01-01"]


def test_half_of_what_waits_may_be_mended_first(office):
    office.load("x,AP,2024-01-01; z,AP,2024-01-01")
    target = office.folder / "mend.csv"
    write_waiting(office.database, target, None)
    header, first, _ = target.read_text("utf-8-sig").splitlines()
    target.write_text(f"{header}\n{first.replace('01,,', '01,5,')}\n")
    office.bring(target)
    assert office.items() == "x AP 5"
    assert [text for text, _ in office.waiting()] == ["z,AP,2024-01-01"]


def test_a_good_row_stays_while_its_new_version_waits(office):
    office.load("1,AP,2024-01-01,5")
    assert counts(office.load("1,AP,2024-01-01,six")) == [(0, 0, 0, 1)]
    assert office.items() == "1 AP 5"
    assert len(office.waiting()) == 1
    assert counts(office.mend(("six", "6"))) == [(0, 1, 0, 0)]
    assert office.items() == "1 AP 6"
    assert office.waiting() == []


def test_a_good_version_of_a_key_ends_the_wait_of_the_broken_one(office):
    office.load(BROKEN)
    office.load("2,AP,2024-01-02,6; 3,HR,2024-01-03,7")
    assert office.waiting() == []


def test_a_row_without_a_key_is_mended_at_its_place(office):
    office.without_key()
    office.load("1,AP,2024-01-01,5; 1,AP,2024-01-02,much; 1,AP,2024-01-03,7")
    office.mend(("much", "6"))
    assert office.ask("select amount from work_items") == [(18,)]
    assert office.waiting() == []


def test_a_row_without_a_key_is_never_mended_twice(office):
    office.without_key()
    office.load("1,AP,2024-01-01,5; 1,AP,2024-01-02,much")
    target = office.folder / "mend.csv"
    write_waiting(office.database, target, None)
    target.write_text(target.read_text("utf-8-sig").replace("much", "6"))
    office.bring(target)
    target.write_text(target.read_text() + "\n")
    assert office.bring(target).refused == {"day1.csv, line 3 is not in quarantine": 1}
    assert office.ask("select amount from work_items") == [(11,)]


def test_what_was_mended_and_is_broken_anew_is_mended_by_the_same_file(office):
    office.load(BROKEN)
    target = office.folder / "mend.csv"
    write_waiting(office.database, target, None)
    text = target.read_text("utf-8-sig").replace("soon", "2024-01-02")
    target.write_text(text.replace("much", "7"))
    office.bring(target)
    office.load(BROKEN.replace("soon", "later").replace("much", "more"))
    assert len(office.waiting()) == 2
    assert counts(office.bring(target)) == [(0, 0, 2, 0)]
    assert office.items() == "1 AP 5; 2 AP 6; 3 HR 7"
    assert office.waiting() == []


def test_a_mended_file_whose_rows_are_all_refused_is_a_failure(office):
    office.load(BROKEN)
    target = office.folder / "mend.csv"
    write_waiting(office.database, target, None)
    found = mis(office, "import", str(office.mapping), str(target))
    assert found.exit_code == 1
    assert "refused           1  Cost is not a valid amount" in found.stdout
    assert "mis: Every row of mend.csv is still refused" in found.stderr
    target.write_text(target.read_text("utf-8-sig").replace("soon", "2024-01-02"))
    assert mis(office, "import", str(office.mapping), str(target)).exit_code == 0
    assert office.items() == "1 AP 5; 2 AP 6"


def test_too_many_refused_rows_refuse_the_import_unless_they_are_accepted(office):
    office.map(**{"refused_share = 1.0": ""})
    office.write("day.csv", HEADER + "1,AP,2024-01-01,5\n2,AP,soon,6\n")
    arguments = ("import", str(office.mapping), str(office.folder / "day.csv"))
    found = mis(office, *arguments)
    assert found.exit_code == 1
    assert "1 of 2 rows cannot be read, more than the 5 %" in found.stderr
    assert not office.database.exists()
    found = mis(office, *arguments, "--accept-refused")
    assert found.exit_code == 0, found.stderr
    assert (
        "day.csv: 2 rows = 1 inserted + 0 updated + 0 unchanged + 1 in quarantine"
        in found.stdout
    )
    assert "already imported" in mis(office, *arguments).stdout


def test_what_is_still_broken_does_not_refuse_what_is_mended(office):
    office.load("; ".join(f"{n},AP,soon,5" for n in range(10)))
    office.map(**{"refused_share = 1.0": ""})
    office.mend(("0,AP,soon", "0,AP,2024-01-01"))
    assert office.items() == "0 AP 5"
    assert len(office.waiting()) == 9


def test_a_file_that_is_there_is_never_written_over(office):
    office.load(BROKEN)
    target = office.write("mend.csv", "half mended")
    with pytest.raises(ImportFileError, match="mend.csv is there already"):
        write_waiting(office.database, target, None)
    assert target.read_text() == "half mended"


def test_the_quarantines_of_several_trackers_are_written_one_by_one(office):
    office.load(BROKEN)
    office.map(name="other.toml", Tracker="Other")
    office.load("9,IT,soon,1")
    found = mis(office, "quarantine", "--to", str(office.folder / "x.csv"))
    assert "Rows of Other, Tracker wait in quarantine: name one" in found.stderr
    target = office.folder / "other.csv"
    mis(office, "quarantine", "--tracker", "Other", "--to", str(target))
    assert "9,IT,soon,1" in target.read_text()
    assert "much" not in target.read_text()


def test_a_quarantine_of_two_headers_is_one_table(office):
    office.load("2,AP,soon,6")
    day = "Team,Case,Opened,Cost,Note\nHR,3,soon,7,x\n"
    office.bring(office.write("day2.csv", day))
    office.mend(("soon", "2024-01-01"))
    assert office.items() == "2 AP 6; 3 HR 7"


def test_an_empty_quarantine_is_said(office):
    office.load("1,AP,2024-01-01,5")
    assert mis(office, "quarantine").stdout == "0 rows wait in quarantine.\n"
    found = mis(office, "quarantine", "--to", str(office.folder / "x.csv"))
    assert "No row waits in quarantine" in found.stderr
    office.database.unlink()
    assert "is not there" in mis(office, "quarantine").stderr


@pytest.mark.parametrize("cell", ["=1+1", '5" pipe', "a;b", "Zo\u00eb", "@x", "-1"])
def test_cells_go_out_and_come_back_as_they_are(office, cell):
    file = office.folder / "day.csv"
    with Path(file).open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["Case", "Team", "Opened", "Cost"])
        writer.writerow(["1", cell, "soon", "5"])
    office.bring(file)
    office.mend(("soon", "2024-01-01"))
    assert office.ask("select team from work_items") == [(cell,)]
