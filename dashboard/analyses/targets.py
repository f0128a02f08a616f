"""The targets in force, by department."""

from __future__ import annotations

from dashboard.analyses.keeping import kept
from dashboard.answers import Answer


@kept
def in_force(targets: Answer) -> dict[str | None, dict[str, float]]:
    """By department the target of each metric; None holds those of the whole site.

    `targets` is the answer of data/targets; those of teams and kinds of work are not
    among them.
    """
    found: dict[str | None, dict[str, float]] = {None: {}}
    for row in targets.rows.to_pylist():
        if row["team"] is None and row["work_type"] is None:
            found.setdefault(row["department"], {})[row["metric"]] = row["value"]
    return found
