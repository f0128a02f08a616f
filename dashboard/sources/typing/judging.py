"""Judge cells: all rules of a column in their order, as one `case` of SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.sources.columns import DATES, NUMBERS, Column
from dashboard.sources.typing import dates, flags, numbers, promises, texts, times
from dashboard.sources.typing.conditions import counts
from dashboard.sources.typing.rule import Rule, cell, kind


def _rules(column: Column, zone: str) -> list[Rule]:
    """All that a cell of the column may break, in the order in which it is told."""
    if column.type in NUMBERS:
        own = numbers.rules(column)
    elif column.type in DATES:
        own = [*times.rules_of_both(column), *dates.rules(column, zone)]
    elif column.type == "time":
        own = times.rules(column)
    elif column.type == "flag":
        own = flags.rules(column)
    elif column.type == "promise":
        own = promises.rules(column)
    else:
        own = texts.rules(column)
    return [*_rules_of_all(column), *own]


def _rules_of_all(column: Column) -> list[Rule]:
    is_ = f"{kind(column)} = "
    found = [
        Rule("error_cells", f"{is_} 'error'", "is an error of the workbook"),
        Rule(
            "formula_no_cache",
            f"{is_} 'no_cache'",
            "is a formula without a value: open the file in Excel and save it",
        ),
        Rule(
            "readers_disagree",
            f"{is_} 'disagree'",
            "is read differently by two programs: type it anew",
        ),
        Rule(
            "merged_cells",
            f"part = 'row' and {kind(column)} in ('merged', 'merged_across')",
            "is covered by a merged cell: declare fill_down in the mapping",
        ),
    ]
    if column.required:
        empty = f"part = 'row' and {counts(column)} and {cell(column)} is null"
        found.append(Rule("empty_required", empty, "is empty"))
    return found


def fault(column: Column, zone: str) -> str:
    """SQL for what is wrong with the cell, after its case; null if nothing is.

    Of a row of totals only the numbers are judged: its label may stand in any column.
    """
    branches = "\n".join(
        f"when {rule.when} then ${column.name}_fault_{place}"
        for place, rule in enumerate(_rules(column, zone))
    )
    if column.type not in NUMBERS:
        branches = f"when part <> 'row' then null {branches}"
    return f"case {branches} end"


def bound(columns: Sequence[Column], zone: str) -> dict[str, Any]:
    """Every text of the mapping that the statement shows, as a value."""
    words: dict[str, Any] = {
        "control_char": "control_char: has a control character",
        "totals": "totals_row_at_end",
        "subtotals": "subtotal_rows",
    }
    for column in columns:
        words[f"{column.name}_nulls"] = list(column.nulls)
        for place, rule in enumerate(_rules(column, zone)):
            told = f"{rule.case}: {column.header} {rule.words}"
            words[f"{column.name}_fault_{place}"] = told
    return words
