"""Which department does the work, where no column is called so: a column, or a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.sources.guessing.asking import Dialogue
from dashboard.sources.guessing.groups import is_of_groups
from dashboard.sources.guessing.roles import may_fill
from dashboard.sources.guessing.seen import Seen, quoted
from dashboard.sources.reading.headers import normal

OTHERS = ("item_id", "employee", "priority", "channel", "status")  # are something else
SENTENCE = "Which department does this work? No column is called so."
OWN = "one department does all of it: its name"


def department_of(
    columns: Sequence[Seen], roles: Mapping[str, Seen], dialogue: Dialogue
) -> Seen | str | None:
    """The column that tells it, or the name of the one that does all; None if open.

    An answer that is the header of a column means that column.
    """
    others = [roles[name].header for name in OTHERS if name in roles]
    choices = [
        (c.header, f"the column {c.header}: {quoted(c.cells.values(), 3)}")
        for c in columns
        if c.header not in others and is_of_groups(c)
    ]
    answer = dialogue.ask("department", SENTENCE, choices, OWN)
    if answer is None:
        return None
    meant = next((c for c in columns if normal(c.header) == normal(answer)), None)
    if meant and not may_fill(meant, "department"):
        sentence = f"{meant.header} holds dates, no departments. {SENTENCE}"
        dialogue.ask_again("department", sentence, choices, OWN)
        return None
    return meant or answer.strip()
