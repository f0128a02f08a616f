"""Whether lines come when they should and whole, and what is behind."""

from dashboard import charts
from dashboard.components import (
    Tile,
    answer,
    chart,
    level,
    lines,
    only_with,
    rate_by_group,
    rate_control,
    records,
    table,
    targets,
    tiles,
)
from dashboard.words import RANGE

only_with("records/order_management")
aim = targets().get("otif")
asked, behind = (
    answer("order_management/otif_by_group"),
    answer("order_management/backorders"),
)
orders = answer("order_management/perfect_orders_by_bucket")
tiles(
    Tile(asked, "As requested", "otif", better="up", target=aim),
    Tile(asked, "As first promised", "otif_first", better="up"),
    Tile(asked, "As last promised", "otif_last", better="up"),
    Tile(orders, "Perfect orders", "perfect_order", better="up"),
    Tile(asked, "Delivered in part", "partial_lines"),
    Tile(asked, "In full, but late", "late_lines"),
    Tile(asked, "Not delivered", "undelivered_lines", better="down"),
    Tile(behind, "Lines behind", "behind_lines", better="down"),
)

rate_control(
    "order_management/otif_by_bucket",
    "otif",
    metric="otif",
    better="up",
    target=aim,
    title="On time and in full (OTIF), % of lines",
    note="Of the lines that customers requested for each period. No tolerance: a "
    "minute late or a unit short is a miss.",
)
rate_control(
    "order_management/perfect_orders_by_bucket",
    "perfect_order",
    metric="perfect_order",
    better="up",
    title="Perfect orders, % of orders",
    note="Orders of which every line was on time and in full, so fewer than lines.",
)
group = level() if level() != "department" else "team"
rate_by_group(
    asked,
    "otif",
    group,
    title=f"On time and in full by {group.replace('_', ' ')}, %",
    note=RANGE,
)
table(
    asked.by("work_type"),
    columns=(
        *("work_type", "requested_due_lines", "otif"),
        *("first_due_lines", "otif_first", "last_due_lines", "otif_last"),
    ),
    title="On time and in full against three dates",
    note="What the customer requested, what we promised first, what we promise now.",
)

ages = answer("order_management/backorders_by_age")
chart(
    ages,
    charts.ranked_bars(
        ages.rows, label="behind_band", value="behind_lines", unit="lines"
    ),
    title="Lines behind, by days since the customer wanted them",
)
lines(
    behind,
    columns=tuple(behind.query.columns),
    title="Lines behind, and for how many calendar days",
    note="Behind: not delivered in full, and the day that the customer wanted is over.",
)
records(
    "records/order_management",
    title="Longest behind",
    columns=(
        *("item_id", "client", "qty_ordered", "missing_units"),
        *("requested_at", "behind_days"),
    ),
    order="requested_at",
    is_backorder="true",
)
