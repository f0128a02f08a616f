"""How long work takes, open work included, as a curve and by group."""

from __future__ import annotations

from dashboard import charts
from dashboard.analyses.time_in_work import by_group, curves
from dashboard.components.asking import answer
from dashboard.components.figures import chart, table

HOW_TO_READ = (
    "Read across: this share of work is done within so many working hours. Work that "
    "is still open counts with its time so far, so that slow work is not forgotten; "
    "cancelled work is left out. Drawn until 98 of 100 are done; the longest so far: "
    "{longest:,.0f} hours."
)
OF_GROUPS = (
    " Those with the most work done have a line each: the darker, the later half of it "
    "is done. Dotted is all work together."
)


def time_in_work(group: str) -> None:
    """The curve of all that is shown and of its largest groups, and their times."""
    items = answer("deadlines/time_in_work", level=group)
    found = curves(items)
    if found is None:
        return
    groups = by_group(items, group)
    note = HOW_TO_READ.format(longest=found.longest)
    chart(
        groups,
        charts.curves(
            found.rows,
            x="work_hours",
            y="done_share",
            by="curve",
            names=found.names,
            unit="working hours",
            reference="cancelled_share" if found.has_much_cancelled else None,
        ),
        title="Share of work done, by working hours since receipt",
        note=note + OF_GROUPS if len(found.names) > 1 else note,
    )
    table(
        groups,
        columns=(group, *groups.added),
        title=f"Working hours until work is done, by {group.replace('_', ' ')}",
        note="Half of the work is done within the first figure, 85 of 100 within the "
        "second; empty where that is not reached yet, or for too few.",
    )
