"""What is open, how old it is, and how deep it goes."""

from dashboard import charts
from dashboard.components import Tile, answer, chart, level, records, table, tiles

opened = answer("backlog/open_by_group")
tiles(
    opened,
    [
        Tile("Open", "open_items", better="down"),
        Tile("Open work", "open_hours", better="down", unit="h"),
        Tile("Overdue", "overdue_items", better="down"),
        Tile("Due today", "due_today_items"),
        Tile("Nobody has it", "unassigned_items", better="down"),
        Tile("Paused", "paused_items"),
        Tile("No due date", "undated_items"),
    ],
)
oldest = answer("backlog/oldest")
tiles(
    oldest,
    [
        Tile("Half are at most", "age_days_p50", better="down", unit="days"),
        Tile("85 % are at most", "age_days_p85", better="down", unit="days"),
        Tile("The oldest", "oldest_days", better="down", unit="days"),
    ],
)

trend = answer("backlog/open_by_bucket")
chart(
    trend,
    charts.trend(
        trend.rows, x="bucket_on", y="open_items", partial="is_partial", unit="items"
    ),
)

group = level()
pooled = opened.by(group).largest("open_items", most=1000)
chart(
    pooled,
    charts.ranked_bars(
        pooled.rows, label=group, value="open_items", part="overdue_items"
    ),
    title=f"Open and overdue by {group.replace('_', ' ')}, items",
    note="The dark part is overdue.",
)

profile = answer("backlog/age_profile")
if len(profile.by("department").rows) <= 12:
    chart(
        profile,
        charts.stacked(
            profile.rows,
            x="department",
            y="open_items",
            by="age_band",
            order=profile.by("band_number", "age_band").rows["age_band"].to_pylist(),
            orientation="h",
        ),
        note="How much of the time from receipt to due date has passed, by the clock.",
    )
else:
    bands = profile.by("band_number", "age_band")
    chart(
        bands,
        charts.ranked_bars(bands.rows, label="age_band", value="open_items"),
        note="How much of the time from receipt to due date has passed, by the clock.",
    )

ages = answer("backlog/age_by_days")
chart(
    ages,
    charts.ranked_bars(
        ages.rows, label="days_band", value="open_items", part="overdue_items"
    ),
    title="Open items by age in calendar days",
    note="The dark part is overdue.",
)

flow = answer("backlog/cumulative_flow")
chart(
    flow,
    charts.steps(flow.rows, x="bucket_on", y="cumulative_items", by="status"),
    note="Each line counts items that ever reached a stage, so none falls; a widening "
    "gap is where work gathers.",
)

states = answer("backlog/open_by_status")
chart(
    states,
    charts.stacked(
        states.rows, x="bucket_on", y="open_items", by="status", kind="area"
    ),
    title="Open items by status at the end of each period",
)

if opened.total()["open_hours"]:
    table(answer("backlog/days_of_work"), title="How deep is it? Days of work")
table(answer("backlog/urgent_important"), title="Urgent, important: what comes first")
records("records/open", title="The oldest open items", order="received_at")
