"""How long something took over time: half within, and 85 % within."""

from __future__ import annotations

from dashboard import charts
from dashboard.answers import Answer
from dashboard.components.explained import unshown
from dashboard.components.figures import chart


def duration_over_time(
    answer: Answer,
    duration: str,
    count: str,
    *,
    unit: str,
    x: str = "bucket_on",
    title: str = "",
    note: str = "",
) -> None:
    """The p85 of a duration beside its p50; choosing a point opens what they count."""
    slow, usual = f"{duration}_p85", f"{duration}_p50"
    if answer.rows[usual].null_count == answer.rows.num_rows:
        unshown(answer, title, "Nothing to show: too few in each period.")
        return
    spec = charts.trend(
        answer.rows,
        x=x,
        y=slow,
        name="85 % within",
        count=count,
        partial="is_partial",
        reference=usual,
        reference_name="half within",
        unit=unit,
    )
    chart(answer, spec, title=title, note=note, opens=count)
