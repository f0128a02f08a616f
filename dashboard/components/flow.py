"""What came and what went over time, and by how much open work grew."""

from __future__ import annotations

from dashboard import charts
from dashboard.components.asking import answer
from dashboard.components.figures import chart


def flow_over_time() -> None:
    """Received and completed work as bars, the net flow as a line."""
    flow = answer("workload/flow_by_bucket")
    spec = charts.bars_and_line(
        flow.rows,
        x="bucket_on",
        bars={"received_items": "Received", "completed_items": "Completed"},
        line=("net_flow_items", "Net flow"),
        partial="is_partial",
    )
    note = (
        "Above zero, the line says that more came than went, with reopened, passed on "
        "and cancelled items: the backlog grew. Pale bars are not complete."
    )
    chart(flow, spec, note=note)
