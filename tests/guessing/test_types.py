"""Columns that fill nothing of ours stand as comments, with the type of their cells."""

import pytest


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
        ("2025-12-25; 2025-12-26", {"type": "date"}),
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
