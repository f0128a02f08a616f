"""Columns that fill nothing of ours stand as comments, with the type of their cells."""

import pytest

from dashboard.sources.importing import import_files
from tests.guessing.conftest import uncommented


@pytest.mark.parametrize(
    ("cells", "declared"),
    [
        ("Yes; No; Yes", {"type": "flag", "true": ["Yes"], "false": ["No"]}),
        ("Y; n; N", {"type": "flag", "true": ["Y"], "false": ["n", "N"]}),
        ("ja; nein; Ja", {"type": "flag", "true": ["ja", "Ja"], "false": ["nein"]}),
        ("85%; 12.5 %", {"type": "share", "decimal": "."}),
        ("1; 20; 3", {"type": "count"}),
        ("1.5; 2.25", {"type": "value", "decimal": "."}),
        ("₹ 5; ₹ 6", {"type": "money", "currency": ["₹", "Rs.", "Rs", "INR"]}),
        ("2h; 30m", {"type": "minutes", "units": {"h": 60, "m": 1}}),
        ("2025-12-25; 2025-12-26", {"type": "end_of_day"}),
        ("2025-12-25 10:00; 2025-12-26 10:00", {"type": "instant"}),
        ("00123; 00124; 00125", {"type": "key"}),
        ("A-1; A-2; A-3; A-4", {"type": "key"}),
        ("red; red; red; n/a", {"type": "text", "null": ["n/a"]}),
        ("NA; NA; NA; red", {"type": "text"}),
    ],
)
def test_the_type_is_what_the_cells_are(newcomer, cells, declared):
    newcomer.column("Colour", cells.split("; "))
    assert newcomer.declared("Colour") == declared
    assert "\n# colour = " in newcomer.proposed().mapping


def test_what_is_left_out_is_told(newcomer):
    newcomer.column("Colour", ["red"])
    assert (
        "Left out, as nothing of ours is called so: Colour; they are comments in the "
        "mapping."
    ) in newcomer.proposed().told


def test_a_header_with_a_percent_sign_makes_shares(newcomer):
    newcomer.column("Accuracy %", ["85", "92"])
    assert newcomer.declared("Accuracy %") == {"type": "share"}


def line_of(newcomer, name: str) -> str:
    lines = newcomer.proposed({"due_at": "", "amount": ""}).mapping.splitlines()
    [line] = [line for line in lines if line.startswith(f"# {name} = ")]
    return line


def test_days_that_may_be_due_are_offered_with_all_that_reads_them(newcomer):
    days = ["26.09.2026", "27.09.2026", "28.09.26", "03/04/2026", "asap", "asap", "-"]
    newcomer.column("Needed by", days)
    assert newcomer.declared("Needed by") == {
        "type": "end_of_day",
        "format": ["%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y"],
        "pivot": 100,
        "null": ["-", "asap"],
    }
    line = line_of(newcomer, "needed_by")
    assert "# supposed: " in line
    assert "day before month: 3 April 2026" in line


def test_an_amount_with_a_bad_cell_is_money_all_the_same(newcomer):
    cells = ["€ 5,50", "7,25 €", "8,00", "$ 3,50", "1,2,3,4", "3h", "tba"]
    newcomer.column("Cost", cells)
    assert newcomer.declared("Cost") == {
        "type": "money",
        "decimal": ",",
        "currency": ["€", "EUR"],
        "null": ["tba"],
    }
    line = line_of(newcomer, "cost")
    assert "supposed: €" in line
    assert '"1,2,3,4", "3h" cannot be read as a number (line 6, line 7)' in line


def test_what_was_left_out_can_be_taken_in_as_it_stands(newcomer):
    newcomer.column("Needed by", ["26.09.26", "asap", "03.04.26"])
    found = uncommented(newcomer.proposed({"due_at": ""}).mapping)
    mapping = newcomer.folder / "mapping.toml"
    mapping.write_text(f'{found}due_at = "needed_by"\n', "utf-8")
    report = import_files(mapping, newcomer.files, newcomer.database)
    assert report.refused_rows == 0
