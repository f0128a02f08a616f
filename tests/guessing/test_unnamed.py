"""Columns without a name of ours are asked about where their cells may be ours."""

import pytest

from tests.guessing.conftest import keys

TRACKER = """
    Ticket No | Received   | Needed by  | Cost €  | What   | Wanted by | Note
    T1        | 2026-01-05 | 2026-01-09 | 12,50   | Repair | Lab       | a
    T2        | 2026-01-06 | 2026-01-12 | pending | Repair | Desk      | b
    T3        | 2026-01-07 | 2026-01-13 | 7,25    | Order  | Lab       | c
    T4        | 2026-01-08 | soon       | 8,00    | Order  | Desk      | d
"""
ANSWERS = {
    "due_at": "Needed by",
    "completed_at": "",
    "amount": "Cost €",
    "work_type": "What",
    "client": "Wanted by",
    "words Needed by": "null",
}


def test_each_column_of_ours_that_is_free_is_asked_with_what_fits_it(newcomer):
    newcomer.brings(TRACKER)
    asked = {question.key: question for question in newcomer.proposed().asked}
    assert list(asked) == [
        *("due_at", "completed_at", "amount", "work_type", "client"),
    ]
    assert asked["due_at"].sentence == "Which column is the due date?"
    assert asked["due_at"].choices == (
        ("Needed by", "Needed by, such as 2026-01-09"),
        ("", "none of these"),
    )
    assert [value for value, _ in asked["amount"].choices] == ["Cost €", ""]
    assert [value for value, _ in asked["work_type"].choices] == [
        *("What", "Wanted by", ""),
    ]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("amount", "12.5000; -; 7.2500; 8.0000"),
        ("work_type", "Repair; Repair; Order; Order"),
        ("client", "Lab; Desk; Lab; Desk"),
        (
            "first_due_at",
            "2026-01-09 22:59:59.999999; 2026-01-12 22:59:59.999999;"
            " 2026-01-13 22:59:59.999999; -",
        ),
    ],
)
def test_what_is_answered_is_imported(newcomer, column, values):
    newcomer.brings(TRACKER)
    assert newcomer.values(column, ANSWERS) == values


def test_none_of_them_leaves_them_out(newcomer):
    newcomer.brings(TRACKER)
    none = dict.fromkeys(ANSWERS, "")
    assert newcomer.values("due_at", none) == "-; -; -; -"


def test_a_column_is_asked_of_once_it_is_taken_for_nothing_else(newcomer):
    newcomer.brings(TRACKER)
    answers = ANSWERS | {"client": "What"}
    [asked] = newcomer.proposed(answers).asked
    assert [value for value, _ in asked.choices] == ["Wanted by", ""]


@pytest.mark.parametrize("header", ["Needed by", "Cost", "What"])
def test_nothing_is_asked_where_no_cells_fit(newcomer, header):
    newcomer.column(header, ["so so", "well", "better than that"])
    assert keys(newcomer.proposed()) == []


def test_the_date_it_was_done_is_asked_for_where_no_column_is_called_so(newcomer):
    newcomer.brings("""
        Ticket No | Received   | Ready
        T1        | 2026-01-05 | 2026-01-09
        T2        | 2026-01-06 |
    """)
    answers = {"due_at": "", "completed_at": "Ready"}
    assert newcomer.values("completed_at", answers) == "2026-01-08 23:00:00; -"
