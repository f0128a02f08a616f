"""Where do we stand against target, what changed, and where to look first."""

from dashboard.components import (
    Tile,
    answer,
    extended,
    flow_over_time,
    level,
    rate_control,
    table,
    targets,
    tiles,
    unusual_groups,
)

aims = targets()
score = answer("overview/matrix")
tiles(
    Tile(score, "On time", "on_time", better="up", target=aims.get("on_time_due")),
    Tile(
        score, "Error rate", "error_rate", better="down", target=aims.get("error_rate")
    ),
    Tile(score, "Overdue", "overdue_items", better="down"),
    Tile(score, "Due today", "due_today_items"),
    Tile(score, "Received", "received_items"),
    Tile(score, "Completed", "completed_items"),
    Tile(score, "Open", "open_items", better="down"),
    Tile(score, "Nobody has it", "unassigned_items", better="down"),
)

unusual_groups()

group = level()
named = group.replace("_", " ")
groups = score.by(group)
table(
    groups,
    columns=(
        group,
        "completed_items",
        "on_time",
        "due_items",
        "error_rate",
        "reviewed_items",
        "open_items",
        "overdue_items",
    ),
    title=f"Every {named} at a glance",
    note="On time is by our own promise"
    + (
        "; legal deadlines are on the page Compliance. "
        if "compliance" in extended()
        else ". "
    )
    + "Due are the items behind the share on time, reviewed those behind the error "
    "rate.",
    narrows=group,
)
weeks = answer("overview/last_weeks", level=group)
table(
    groups.with_lines(weeks, group, "on_time", "open_items"),
    columns=(group, "on_time", "on_time_line", "open_items", "open_items_line"),
    title=f"Which way each {named} has been going",
    note="The last 13 whole weeks, without the one that is running. Each line fills "
    "its own height, from the lowest to the highest week: it says up or down, not how "
    "much.",
    narrows=group,
)

flow_over_time()

rate_control(
    "deadlines/on_time_by_bucket",
    "on_time",
    metric="on_time_due",
    better="up",
    target=aims.get("on_time_due"),
    note="Work that is late and still open counts as late.",
)
