"""An import that refuses too much shows the cells, and says what to declare."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from dashboard.cli import cli
from tests.office import HEADER, Office


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path)
    office.map(**{"refused_share = 1.0": ""})
    return office


def refusal(office: Office, text: str) -> list[str]:
    """The lines that a terminal shows."""
    day = office.write("day.csv", HEADER + text.replace("; ", "\n") + "\n")
    found = CliRunner().invoke(
        cli,
        [
            *("import", str(office.mapping), str(day)),
            *("--database", f"duckdb:///{office.database}"),
        ],
    )
    assert found.exit_code == 1
    assert not office.database.exists()
    return found.stderr[found.stderr.index("mis: ") :].splitlines()


def test_a_refusal_is_a_sentence_and_below_it_each_reason_with_its_cells(office):
    assert refusal(
        office,
        "1,AP,pending,5; 2,AP,2024-01-02,6; 3,HR,later,7; 4,HR,2024-01-02,on hold",
    ) == [
        "mis: 3 of 4 rows cannot be read, more than the 5 % that refused_share allows, "
        "so nothing was imported; declare or mend what stands below, or import the "
        "others with --accept-refused.",
        "  2 rows, day.csv, lines 2, 4: Opened is not a valid date of the form "
        '%Y-%m-%d: "pending", "later"',
        '    declare null = ["pending", "later"] in the column opened',
        '  1 row, day.csv, line 5: Cost is not a valid amount: "on hold"',
        '    declare null = ["on hold"] in the column cost',
    ]


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("1,AP,22/11/2024,5", 'format = ["%Y-%m-%d", "%d/%m/%Y"] in the column opened'),
        ("1,AP,22-Nov-24,5", 'format = ["%Y-%m-%d", "%d-%b-%y"], pivot = 50 in'),
        ("1,AP,2024-01-02,₹ 5", 'currency = ["₹"] in the column cost'),
        ("1,AP,2024-01-02,2.5 lakh", "units = { lakh = 100000, crore = 10000000 } in"),
        ("1,AP,2024-01-02,1.23456", "round = true in the column cost"),
        ("TOTAL,,,5", 'totals = ["TOTAL"] in [file]'),
        ("* keep old rows,,,", 'footers = ["* keep old rows"] in [file]'),
        ("* printed on Monday", 'footers = ["* printed on Monday"] in [file]'),
    ],
)
def test_a_remedy_is_a_line_to_declare(office, row, line):
    office.map(
        **{
            "refused_share = 1.0": "",
            'type = "instant"': 'type = "instant", required = true',
            'case = "Case"': 'case = { from = "Case", required = true }',
        }
    )
    assert refusal(office, row)[2].startswith(f"    declare {line}")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "1,AP,02/11/24,5",
            "has a year of two digits: declare pivot in its column, such as 50",
        ),
        ("1,AP,02/11/24,5", "    declare pivot = 50 in the column opened"),
        ("1,AP,31/09/2024,5", "Opened is no day: September has 30 days"),
        ("1,AP,30/02/2024,5", "Opened is no day: February has 28 or 29 days"),
    ],
)
def test_what_is_wrong_with_a_date_is_said(office, row, said):
    formats = 'type = "instant", format = ["%d/%m/%Y", "%d/%m/%y"]'
    office.map(**{"refused_share = 1.0": "", 'type = "instant"': formats})
    assert any(said in line for line in refusal(office, row))


def test_what_no_declaration_mends_has_no_such_line(office):
    lines = refusal(office, "1,AP,2024-01-02,5; 1,AP,2024-01-02,6")
    assert lines[1:] == [
        "  2 rows, day.csv, lines 2, 3: Case is in several rows that differ: keep the "
        'right one: "1"'
    ]


def test_a_row_that_cannot_be_is_mended_by_no_format(office):
    office.map(
        'refuse = ["due_before_received"]',
        items='due_at = "due"',
        columns='due = { from = "Cost", type = "end_of_day" }',
        **{
            "refused_share = 1.0": "",
            'amount = "cost"': "",
            'cost = { from = "Cost", type = "money" }': "",
        },
    )
    lines = refusal(office, "1,AP,2024-01-02,2023-01-01")
    assert "Cost is before Opened" in lines[1]
    assert not lines[2:]


def test_a_cell_cannot_steer_the_terminal(office):
    [_, told, *_] = refusal(office, "1,AP,so\x1b[31mon,5")
    assert "\x1b" not in told


def test_a_remedy_of_a_promise_says_what_its_words_are(office):
    promise = 'team = { from = "Team", type = "promise" }'
    office.map(**{"refused_share = 1.0": "", 'team = "Team"': promise})
    assert refusal(office, "1,8 h,2024-01-02,5")[1:] == [
        "  1 row, day.csv, line 2: Team is not one number with a word that units "
        'declares in the mapping: "8 h"',
        '    declare units = { h = 60, wd = "day" } or as its words are in the column '
        "team",
    ]
