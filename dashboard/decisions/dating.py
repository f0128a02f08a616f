"""A decision from a day on: what counted until then ends, and is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.decisions.changing import Change
from dashboard.decisions.checking import is_in_force, same_scope
from dashboard.decisions.rows import Row
from dashboard.errors import DecisionError

Rows = Sequence[Row]


def put_in_force(
    relation: str, rows: Rows, new: Row, day: date, today: date
) -> list[Change]:
    """The changes by which `new` counts from a day on, up to what is decided after it.

    `today` is the day of the figures; raises DecisionError for an earlier one on which
    something counted already, since figures of the past keep what they were measured
    by, and where `new` says nothing new.
    """
    same = [
        row for row in rows if same_scope(relation, row) == same_scope(relation, new)
    ]
    if day < today and any(_ends(row) > day for row in same):
        raise DecisionError(
            f"From {day} on something is decided for this already, and figures of the "
            f"past keep it: choose {today} or a later day."
        )
    begin = [row["valid_from"] for row in same if row["valid_from"]]
    until = min((later for later in begin if later > day), default=None)
    counting = [row for row in same if is_in_force(row, day)]
    if any(row | new == row for row in counting):
        raise DecisionError(f"Just this counts on {day} already: nothing was changed.")
    ending = [change for row in counting for change in _ended(relation, row, day)]
    dated = new | {"valid_from": day, "valid_to": until}
    return [*ending, Change(relation, "added", after=(dated,))]


def ended(relation: str, row: Row, day: date, today: date) -> list[Change]:
    """The changes by which a row no longer counts from a day on.

    Raises DecisionError for a day before that of the figures, or when it has ended.
    """
    if day < today:
        raise DecisionError(
            f"Figures of the past keep what they were measured by: choose {today} or a "
            "later day."
        )
    if day >= _ends(row):
        raise DecisionError(f"This ends on {_ends(row)} anyway: choose an earlier day.")
    return _ended(relation, row, day)


def _ended(relation: str, row: Row, day: date) -> list[Change]:
    """One that has not counted for a day leaves nothing to be kept."""
    if row["valid_from"] and row["valid_from"] >= day:
        return [Change(relation, "removed", (row,))]
    return [Change(relation, "ended", (row,), (row | {"valid_to": day},))]


def _ends(row: Row) -> date:
    return row["valid_to"] or date.max
