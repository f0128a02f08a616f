"""Where do we stand against target, what changed, and where to look first."""

from dashboard import charts
from dashboard.components import Tile, answer, chart, level, table, targets, tiles

aims = targets()
score = answer("overview/scorecard")
tiles(
    score,
    [
        Tile("On time", "on_time", better="up", target=aims.get("on_time_due")),
        Tile("Error rate", "error_rate", better="down", target=aims.get("error_rate")),
        Tile("Overdue", "overdue_items", better="down"),
        Tile("Open", "open_items", better="down"),
        Tile("Due today", "due_today_items"),
        Tile("Received", "received_items"),
        Tile("Completed", "completed_items"),
    ],
)

group = level()
matrix = answer("overview/matrix").by(group)
table(
    matrix,
    columns=(
        group,
        "received_items",
        "completed_items",
        "on_time",
        "due_items",
        "error_rate",
        "reviewed_items",
        "open_items",
        "overdue_items",
    ),
    title=f"Every {group.replace('_', ' ')} at a glance",
    narrows=group,
)

flow = answer("workload/flow_by_bucket")
chart(
    flow,
    charts.bars_and_line(
        flow.rows,
        x="bucket_on",
        bars={"received_items": "Received", "completed_items": "Completed"},
        line=("net_flow_items", "Net flow"),
        partial="is_partial",
    ),
    note="Above zero, the line says that more came than went: the backlog grew.",
)

on_time = answer("deadlines/on_time_by_bucket")
chart(
    on_time,
    charts.trend(
        on_time.rows,
        x="bucket_on",
        y="on_time",
        low="on_time_low",
        high="on_time_high",
        count="due_items",
        partial="is_partial",
        target=aims.get("on_time_due"),
    ),
    note="Work that is late and still open counts as late.",
    opens="due_items",
)
