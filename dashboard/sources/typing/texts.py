"""Texts and keys: kept as they stand; keys without the spaces around them, in NFC."""

from __future__ import annotations

from dashboard.sources.columns import Column
from dashboard.sources.typing.rule import Rule, cell, kind, literal

SCIENTIFIC = "[0-9]([.,][0-9]+)?[eE][+][0-9]+"


def value(column: Column) -> str:
    """The text; a workbook's number is written as it is shown without a format."""
    return cell(column)


def one_spelling(column: Column, text: str) -> str:
    """SQL for a text, by the spelling for which the mapping says that it stands."""
    branches = " ".join(
        f"when nfc_normalize({literal(word)}) then {literal(other)}"
        for word, other in column.same
    )
    return f"case nfc_normalize(trim({text})) {branches} else {text} end"


def rules(column: Column) -> list[Rule]:
    """What makes a text another than was meant: digits that a spreadsheet dropped."""
    found = [
        Rule(
            "id_as_number",
            f"{kind(column)} like 'number%'"
            f" and regexp_full_match({cell(column)}, '-?[0-9]{{16,}}')",
            "is a number of more than 15 digits, of which a workbook keeps only 15",
        )
    ]
    if column.type == "key":
        found.append(
            Rule(
                "scientific_id",
                f"{kind(column)} is null"
                f" and regexp_full_match({cell(column)}, '{SCIENTIFIC}')",
                "has lost its digits to a notation such as 1.23E+15",
            )
        )
    return found
