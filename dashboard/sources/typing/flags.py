"""Flags: the words that a mapping declares for true and false, and no others."""

from __future__ import annotations

from dashboard.sources.columns import Column
from dashboard.sources.typing.rule import Rule, cell, kind, parsed, texts


def value(column: Column) -> str:
    """True or false; words are compared whatever their case."""
    word = f"lower({cell(column)})"
    true = texts(tuple(w.lower() for w in column.true_words))
    false = texts(tuple(w.lower() for w in column.false_words))
    return f"""
        case
        when {kind(column)} = 'flag' then {word} = 'true'
        when list_contains({true}, {word}) then true
        when list_contains({false}, {word}) then false
        end"""


def rules(column: Column) -> list[Rule]:
    """A word that is not declared."""
    return [
        Rule(
            "boolean_words",
            f"{cell(column)} is not null and {parsed(column)} is null",
            "is neither yes nor no: declare its words by true and false in the mapping",
        )
    ]
