"""Columns that are called like nothing of ours, and by their cells may be something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.relations.mapped import WORK_ITEMS
from dashboard.sources.guessing import dates
from dashboard.sources.guessing.asking import Dialogue
from dashboard.sources.guessing.called import CALLED
from dashboard.sources.guessing.groups import is_of_groups
from dashboard.sources.guessing.money import is_of_money
from dashboard.sources.guessing.roles import MOSTLY, NONE, shown, without_words
from dashboard.sources.guessing.seen import Seen, share_of
from dashboard.sources.headings import called_so, sounding_so


def is_unnamed(column: Seen) -> bool:
    """Whether nothing of ours is called so, or sounds so."""
    said = column.header, column.lower
    return not (called_so(*said) or sounding_so(*said))


def ask_of_unnamed(
    columns: Sequence[Seen], roles: Mapping[str, Seen], dialogue: Dialogue
) -> Mapping[str, Seen]:
    """The roles with those that a person finds among the columns without a name.

    Only what is still free is asked, and only where the cells of a column fit.
    """
    found = dict(roles)
    unnamed = [
        column
        for column in columns
        if is_unnamed(column) and not dialogue.is_open(column.header)
    ]
    for name, fits in ASKED.items():
        if name in found or dialogue.is_open(name):
            continue
        used = [column.header for column in found.values()]
        fitting = {c.header: c for c in unnamed if c.header not in used and fits(c)}
        if fitting:
            sentence = f"Which column is {CALLED[name]}?"
            choices = [*((header, shown(c)) for header, c in fitting.items()), NONE]
            answer = dialogue.ask_role(name, sentence, choices)
            if answer:
                found[name] = fitting[answer]
    return {name: found[name] for name in WORK_ITEMS.column_names if name in found}


def is_of_days(column: Seen) -> bool:
    """Whether it holds dates."""
    return share_of(without_words(column), dates.is_date) >= MOSTLY


ASKED = {  # column of ours -> which cells it has
    "due_at": is_of_days,
    "completed_at": is_of_days,
    "amount": is_of_money,
    "work_type": is_of_groups,
    "client": is_of_groups,
}
