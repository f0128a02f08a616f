"""What is open, how old it is, and how deep it goes."""

from dashboard import charts
from dashboard.components import (
    Tile,
    answer,
    chart,
    level,
    missing,
    records,
    table,
    tiles,
)

opened, ages = answer("backlog/open_by_group"), answer("backlog/oldest")
tiles(
    Tile(opened, "Open", "open_items", better="down"),
    Tile(opened, "Open work", "open_hours", better="down", unit="h"),
    Tile(opened, "Overdue", "overdue_items", better="down"),
    Tile(opened, "No due date", "undated_items"),
    Tile(opened, "Nobody has it", "unassigned_items", better="down"),
    Tile(opened, "Paused", "paused_items"),
    Tile(ages, "Oldest item", "oldest_days", unit="days"),
    Tile(ages, "Median age", "age_days_p50", unit="days"),
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
    note="The orange part is overdue.",
)

NEARLY_ALL = "80"  # percent of items that pass a stage, for its gaps to be queues
SPENT = (
    "How much of the working time from receipt to due date has gone by. The two orange "
    "parts are overdue: of 10 hours allowed, by up to 10 hours, or by more."
)
LATE = ("late by up to the time allowed", "late by more than the time allowed")
APART = ("no due date", "not known")

profile = answer("backlog/age_profile")
bands = profile.by("band_number", "age_band")
if profile.by("department").rows.num_rows <= 12:
    spec = charts.stacked(
        profile.rows,
        x="department",
        y="open_items",
        by="age_band",
        order=bands.rows["age_band"].to_pylist(),
        apart=APART,
        late=LATE,
        orientation="h",
    )
else:
    profile = bands
    spec = charts.ranked_bars(bands.rows, label="age_band", value="open_items")
chart(
    profile,
    spec,
    title="Open items by how much of the time allowed has passed",
    note=SPENT,
)

ageing = answer("backlog/age_profile_by_bucket")
chart(
    ageing,
    charts.stacked(
        ageing.rows,
        x="bucket_on",
        y="open_items",
        by="age_band",
        order=ageing.by("band_number", "age_band").rows["age_band"].to_pylist(),
        apart=APART,
        late=LATE,
    ),
    title="How much of the time allowed had passed, at the end of each period",
    note=f"{SPENT} Where the orange grows, more and more is overdue.",
)

days = answer("backlog/age_by_days")
chart(
    days,
    charts.ranked_bars(
        days.rows, label="days_band", value="open_items", part="overdue_items"
    ),
    title="Open items by age in calendar days",
    note="The orange part is overdue.",
)

flow = answer("backlog/cumulative_flow", passed_by=NEARLY_ALL)
chart(
    flow,
    charts.steps(flow.rows, x="bucket_on", y="cumulative_items", by="status"),
    note="Each line counts the items that have reached a stage so far, so none falls. "
    "Where the gap between two lines widens, work gathers. The first line is of all "
    "items, with those open when the period began; Ended is done or cancelled. Stages "
    f"that fewer than {NEARLY_ALL} of 100 items pass, such as a check or a pause, are "
    "left out.",
)

states = answer("backlog/open_by_status")
if set(states.rows["status"].to_pylist()) <= {"unknown"}:
    missing(
        "The source tells no statuses over time, so open work is not shown by status. "
        "To have it, map the relation work_events with to_status."
    )
else:
    chart(
        states,
        charts.stacked(
            states.rows, x="bucket_on", y="open_items", by="status", kind="area"
        ),
        title="Open items by status at the end of each period",
    )
    stages = answer("backlog/age_by_status")
    chart(
        stages,
        charts.ageing(
            stages.rows,
            stage="status",
            age="age_days",
            count="open_items",
            usual=("left_days_p50", "left_days_p85", "left_days_p95"),
        ),
        title="Age of open items by status, calendar days",
        note="Orange dots are older than 85 of 100 items were when they left the "
        "status in this period: look at these. Each dot is open work of one age, the "
        "larger the more items; the strokes say how old half, 85 and 95 of 100 were.",
    )

if opened.total()["open_hours"]:
    table(
        answer("backlog/days_of_work"),
        note="If nothing more came, the open work would be done in so many working "
        "days: at the hours planned for a day or, where nothing is planned, at those "
        "done on each of the last 20 working days. Hours as such work takes as a rule.",
    )
kinds = answer("backlog/urgent_important")
if any(value is not None for value in kinds.rows["urgent"].to_pylist()):
    table(
        kinds,
        title="Urgent and important",
        note="Both are said of a kind of work, not of an item: urgent has to be done "
        "soon, important does harm if it is not done. So overdue items may be of a "
        "kind that is not urgent.",
    )
records(
    "records/open",
    title="The oldest open items",
    columns=(
        *("item_id", "received_at", "age_days", "age_work_hours"),
        *("team", "status"),
    ),
    order="received_at",
)
