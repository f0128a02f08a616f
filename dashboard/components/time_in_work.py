"""How long work takes, open work included, as a curve and by group."""

from __future__ import annotations

from dashboard import charts
from dashboard.analyses.time_in_work import by_group, curve
from dashboard.components.asking import answer
from dashboard.components.figures import chart, table

HOW_TO_READ = (
    "Read across: this share of work is done within so many working hours. Work that "
    "is still open counts with its time so far, so that slow work is not forgotten; "
    "cancelled work is left out. The longest so far: {longest:,.0f} hours."
)


def time_in_work(group: str) -> None:
    """The curve of all that is shown, and the usual times of each group."""
    items = answer("deadlines/time_in_work")
    found = curve(items)
    if found is None:
        return
    groups = by_group(items, group)
    chart(
        groups,
        charts.curve(
            found.rows,
            x="work_hours",
            y="done_share",
            unit="working hours",
            reference="cancelled_share" if found.has_much_cancelled else None,
        ),
        title="Share of work done, by working hours since receipt",
        note=HOW_TO_READ.format(longest=found.longest),
    )
    table(
        groups,
        columns=(group, *groups.added),
        title=f"Working hours until work is done, by {group.replace('_', ' ')}",
        note="Half of the work is done within the first figure, 85 of 100 within the "
        "second; empty where that is not reached yet, or for too few.",
    )
