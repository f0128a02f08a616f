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
    title="From receipt to first delivery, working hours",
    note="What is not delivered yet is missing here, and the longest are among it.",
)
wrong = ("negative_items",) if turnaround.total()["negative_items"] else ()
table(
    turnaround,
    columns=(
        *("employment", "delivered_items", "delivery_work_hours_p50"),
        *(
            "delivery_work_hours_p85",
            "delivery_work_hours_p95",
            "waiting_items",
            *wrong,
        ),
    ),
    title="From receipt to first delivery, by kind of contract, working hours",
    note="Of what is delivered; what is not delivered yet stands beside.",
)
table(
    hours,
    columns=(
        *("employment", "people", "used_hours", "bought_hours"),
        *("hours_used_percent", "delivered_items"),
    ),
    note="Hours that outside people booked on the work itself in the period, in "
    "percent of the hours paid for what they delivered in it. Near 100 % the two "
    "agree; far below, hours were paid that nobody booked. It says nothing of quality.",
)
records(
    "records/outsourced",
    title="Not delivered for longest",
    columns=("item_id", "employment", "team", "received_at", "due_at"),
    order="received_at",
    is_waiting="true",
)
