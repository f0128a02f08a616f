"""Who does the work where no column is called department: a column, or one name."""

import pytest

from tests.guessing.conftest import keys

TRACKER = """
    Ticket No | Received   | Team | Region | Handled by
    T1        | 2026-01-05 | Red  | North  | Ana
    T2        | 2026-01-06 | Red  | South  | Ben
    T3        | 2026-01-07 | Blue | South  | Ana
    T4        | 2026-01-08 | Blue | North  | Ben
"""
OPEN = {"department": ""}


def test_columns_of_few_words_are_offered_beside_a_name_of_ones_own(newcomer):
    newcomer.brings(TRACKER)
    [asked] = [a for a in newcomer.proposed(OPEN).asked if a.key == "department"]
    assert asked.choices == (
        ("Team", 'the column Team: "Red", "Blue"'),
        ("Region", 'the column Region: "North", "South"'),
    )
    assert asked.own == "one department does all of it: its name"


@pytest.mark.parametrize(
    ("answer", "departments"),
    [
        ("Team", "Red; Red; Blue; Blue"),
        ("team ", "Red; Red; Blue; Blue"),
        ("Region", "North; South; South; North"),
        ("Handled by", "Ana; Ben; Ana; Ben"),
        ("Payroll", "Payroll; Payroll; Payroll; Payroll"),
    ],
)
def test_an_answer_that_is_a_header_means_that_column(newcomer, answer, departments):
    newcomer.brings(TRACKER)
    answers = {"department": answer, "work_type": "", "client": ""}
    assert newcomer.values("department", answers) == departments


def test_a_column_of_dates_is_no_department(newcomer):
    newcomer.brings(TRACKER)
    answers = {"department": "Received", "work_type": "", "client": ""}
    found = newcomer.proposed(answers)
    assert keys(found) == ["department"]
    assert found.asked[0].sentence.startswith("Received holds dates")


def test_it_is_not_asked_as_long_as_a_header_may_tell_it(newcomer):
    newcomer.column("Customer department", ["Red", "Red", "Red"])
    assert keys(newcomer.proposed(OPEN)) == ["column Customer department"]
