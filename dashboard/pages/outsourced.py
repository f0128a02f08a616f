"""How fast and how well outside people deliver, and the hours bought for it."""

from dashboard.components import (
    Tile,
    answer,
    duration_over_time,
    only_with,
    rate_over_time,
    records,
    table,
    tiles,
)

only_with("records/outsourced")
turnaround = answer("outsourced/turnaround")
delivered = answer("outsourced/delivered_by_bucket")
hours = answer("outsourced/hours")
tiles(
    Tile(delivered, "Delivered", "delivered_items"),
    Tile(delivered, "Accepted at once", "accepted_first", "up"),
    Tile(turnaround, "Not delivered yet", "waiting_items", "down"),
    Tile(hours, "Hours bought", "bought_hours", unit="h"),
)
rate_over_time(
    delivered,
    "accepted_first",
    note="Of the deliveries of each period that somebody accepted or refused.",
)
duration_over_time(
    delivered,
    "delivery_work_hours",
    "delivered_items",
    unit="working hours",
    title="Turnaround, from receipt to first delivery, working hours",
    note="What is not delivered yet is missing here, and the longest are among it.",
)
table(
    turnaround,
    title="Turnaround of outside work, working hours",
    note="What is delivered counts, not the hours booked on it.",
)
table(
    hours,
    columns=(
        *("employment", "people", "used_hours", "bought_hours"),
        *("hours_used_percent", "delivered_items"),
    ),
    note="Core hours booked in the period, in percent of those bought for what was "
    "delivered in it. Hours say nothing about the work done.",
)
records(
    "records/outsourced",
    title="Not delivered for longest",
    columns=("item_id", "employment", "team", "received_at", "due_at"),
    order="received_at",
    is_waiting="true",
)
