"""One person who is written in two ways."""

import pytest

from dashboard.errors import ImportFileError
from tests.office import Office

ROWS = "1,ravi,2024-01-01,5; 2,Ravi,2024-01-02,6; 3,Ravi,2024-01-03,7; 4,Anita,2024-01-04,8"
DECLARED = {'team = "Team"': 'team = { from = "Team", same = { "ravi" = "Ravi" } }'}


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


@pytest.mark.case("two_spellings")
def test_two_spellings_are_told_with_their_rows(office):
    assert (
        '"Ravi" (2 rows) and "ravi" (1 row) are not one team: if they should be, '
        'correct the tracker, or declare same = { "ravi" = "Ravi" } in the column.'
    ) in office.load(ROWS).warnings
    assert office.items() == "1 ravi 5; 2 Ravi 6; 3 Ravi 7; 4 Anita 8"


@pytest.mark.case("two_spellings")
def test_spellings_of_two_files_are_told_too(office):
    office.load("1,ravi,2024-01-01,5")
    warnings = office.load("2,Ra vi,2024-01-02,6").warnings
    assert any('"Ra vi" (1 row) and "ravi"' in text for text in warnings)


@pytest.mark.case("two_spellings")
def test_spellings_that_the_mapping_declares_are_one_in_old_rows_too(office):
    office.load(ROWS)
    office.map(**DECLARED)
    report = office.load("5,ravi ,2024-01-05,9")
    assert office.items() == "1 Ravi 5; 2 Ravi 6; 3 Ravi 7; 4 Anita 8; 5 Ravi 9"
    assert report.warnings == ()


def test_keys_with_capitals_in_some_rows_are_told(office):
    told = office.load("rq-1,A,2024-01-01,5; RQ-2,A,2024-01-02,6").warnings
    assert told == (
        "Keys differ in capital letters, such as RQ-2 and rq-1: declare "
        'key_ignores = ["case"] in [source], so that rq-1 and RQ-1 are one key.',
    )
    office.map(**{"[file]": 'key_ignores = ["case"]\n[file]'})
    assert office.load("rq-3,A,2024-01-01,5").warnings == ()


@pytest.mark.parametrize(
    "same", ['{ "ravi" = 1 }', '{ "ravi" = " " }', '{ a = "b", b = "c" }']
)
def test_spellings_that_lead_nowhere_are_refused(office, same):
    office.map(**{'team = "Team"': f'team = {{ from = "Team", same = {same} }}'})
    with pytest.raises(ImportFileError, match=r"\[columns\]\[team\]: same "):
        office.load(ROWS)
