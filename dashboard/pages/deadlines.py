"""Are promises kept, how late is what is late, and what is due next?"""

from dashboard import charts
from dashboard.components import (
    Tile,
    answer,
    chart,
    level,
    records,
    table,
    targets,
    tiles,
)

aim = targets().get("on_time_due")
parts = answer("deadlines/reconciliation")
tiles(
    parts,
    [
        Tile("On time", "on_time", better="up", target=aim),
        Tile("On time, closed only", "on_time_closed"),
        Tile("Late and open", "late_open_items", better="down"),
        Tile("Done late", "late_completed_items", better="down"),
        Tile("Done without a due date", "undated_items", better="down"),
    ],
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
        target=aim,
    ),
    note="Of the work due in each period; what is late and still open counts as late.",
    opens="due_items",
)

row = {name: count or 0 for name, count in parts.total().items()}
chart(
    parts,
    charts.bridge(
        [
            ("Due", row["due_items"], "total"),
            ("Done late", -row["late_completed_items"], "step"),
            ("Late and open", -row["late_open_items"], "step"),
            ("Cancelled late", -row["late_cancelled_items"], "step"),
            ("On time", row["on_time_items"], "total"),
        ],
        unit="items",
    ),
    title="From what was due to what was on time",
    note=(
        "Other tools divide by closed work only and leave out what is late and open: "
        f"{row['closed_on_time_items']:,} of {row['closed_items']:,} "
        "closed items were on time."
    ),
    opens=(
        "due_items",
        "late_completed_items",
        "late_open_items",
        "late_cancelled_items",
        "on_time_items",
    ),
)

closed = answer("deadlines/closed_by_bucket")
chart(
    closed,
    charts.trend(
        closed.rows,
        x="bucket_on",
        y="on_time_closed",
        low="on_time_closed_low",
        high="on_time_closed_high",
        count="closed_items",
        partial="is_partial",
    ),
    title="On time, closed work only: for comparison, never a target",
    opens="closed_items",
)

groups = answer("deadlines/on_time_by_group")
for key, name in ((level(), level().replace("_", " ")), ("priority", "priority")):
    pooled = groups.by(key).largest("due_items")
    if pooled.rows.num_rows < 2:  # nothing to compare
        continue
    chart(
        pooled,
        charts.dots(
            pooled.rows,
            label=key,
            value="on_time",
            low="on_time_low",
            high="on_time_high",
            count="due_items",
            target=aim,
        ),
        title=f"On time by {name}, %",
        note="The bar is the range that chance allows; where two overlap, do not rank.",
        opens="due_items",
    )

late = answer("deadlines/lateness")
chart(
    late,
    charts.curve(late.rows, x="days_late", y="cumulative_share"),
    title="How late is late? Calendar days",
    note="Read across: this share of late items was at most so many days late.",
    opens="late_items",
)
table(answer("deadlines/lateness_percentiles"), title="Lateness, hours round the clock")

lead = answer("deadlines/lead_time_by_bucket")
chart(
    lead,
    charts.trend(
        lead.rows,
        x="bucket_on",
        y="lead_hours_p85",
        name="85 % within",
        count="completed_items",
        partial="is_partial",
        reference="lead_hours_p50",
        reference_name="half within",
        unit="hours round the clock",
    ),
    title="How long does completed work take? 85 % within, hours round the clock",
    opens="completed_items",
)

runway = answer("deadlines/runway")
chart(
    runway,
    charts.bars_and_line(runway.rows, x="day", bars={"due_items": "Due"}),
    title="What is due on the next working days? Items",
    note="Overdue work is in the first day.",
)
if runway.total()["plan_hours"]:
    chart(
        runway,
        charts.trend(
            runway.rows,
            x="day",
            y="cum_due_hours",
            name="Due",
            reference="cum_plan_hours",
            reference_name="Plan",
            unit="standard hours",
        ),
        title="Does the work due fit the plan? Standard hours, added up",
        note="Where due work rises above the plan, the plan breaks.",
        opens="due_items",
    )

moved = answer("deadlines/due_moved_by_bucket")
chart(
    moved,
    charts.trend(
        moved.rows,
        x="bucket_on",
        y="due_moved",
        low="due_moved_low",
        high="due_moved_high",
        count="dated_items",
        partial="is_partial",
    ),
    note="Of the work due in each period, the share whose first promise was changed.",
    opens="moved_items",
)

records("records/open", title="Due today", due_state=("due today",), order="due_at")
records("records/open", title="Overdue", due_state=("overdue",), order="due_at")
