"""How soon services work again, who hands incidents on, which changes go well."""

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

only_with("records/it_support")
times = answer("it_support/times_by_priority")
resolved = answer("it_support/resolved_by_bucket")
changes = answer("it_support/changes_by_bucket")
tiles(
    Tile(times, "Not restored", "unrestored_items", "down"),
    Tile(times, "Resolved", "resolved_items"),
    Tile(resolved, "Reassigned", "reassigned", "down"),
    Tile(changes, "Clean changes", "change_success", "up"),
)
table(
    answer("it_support/major_incidents"),
    columns=(
        *("incident_state", "item_id", "team", "received_at"),
        *("restore_hours", "resolve_hours"),
    ),
    title="Incidents of the highest priority",
    note="A rate of so few would be chance: each is listed, those not restored first, "
    "then the latest. "
    "Hours round the clock from receipt, or so far. Ended: neither was told.",
)
wrong = ("negative_items",) if times.total()["negative_items"] else ()
for kind, title in (("restore", "Time to restore"), ("resolve", "Time to resolve")):
    table(
        times,
        columns=(
            *("priority", f"{kind}d_items", f"{kind}_hours_p50", f"{kind}_hours_p85"),
            *(f"{kind}_hours_p95", f"un{kind}d_items", *wrong),
        ),
        title=f"{title} by priority",
        note=("Restored: the service works again. " if kind == "restore" else "")
        + ("Resolved: the cause is removed. " if kind == "resolve" else "")
        + "Hours round the clock, of those that are over; open ones stand beside.",
    )

restored = answer("it_support/restored_by_bucket")
for pace, day, kind, title in (
    (restored, "restored_bucket_on", "restore", "Time to restore, hours"),
    (resolved, "bucket_on", "resolve", "Time to resolve, hours"),
):
    duration_over_time(
        pace,
        f"{kind}_hours",
        f"{kind}d_items",
        x=day,
        unit="hours",
        title=title,
        note="What is still open is missing here, and the longest are among it.",
    )
rate_over_time(
    resolved,
    "reassigned",
    title="Incidents reassigned before they were resolved, %",
    note="Given to another person or team after the first assignment; a transfer and "
    "the assignment after it count once.",
)
rate_over_time(
    changes,
    "change_success",
    note="Of the changes finished in each period, those that broke nothing.",
)
records(
    "records/it_support",
    title="Not restored for longest",
    columns=("item_id", "team", "priority", "client", "received_at"),
    order="received_at",
    is_unrestored="true",
    kind="incident",
)
