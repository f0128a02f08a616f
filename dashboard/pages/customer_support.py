"""How long customers wait for a person, and how often one reply is enough."""

from dashboard.components import (
    Tile,
    answer,
    desk_wait,
    duration_over_time,
    lines,
    only_with,
    rate_by_group,
    rate_over_time,
    records,
    tiles,
    times_with_open,
)

only_with("records/customer_support")
replies = answer("customer_support/first_reply")
resolved = answer("customer_support/resolved_by_bucket")
reopened = answer("customer_support/reopened_by_bucket")
contacts = answer("customer_support/contacts_by_group")
tiles(
    Tile(
        replies,
        "Half answered in",
        "first_reply_minutes_p50",
        "down",
        unit="min",
    ),
    Tile(resolved, "Solved in one go", "first_contact_resolution", "up"),
    Tile(reopened, "Reopened", "contact_reopen_rate", "down"),
    Tile(contacts, "Given up", "abandonment", "down"),
    Tile(contacts, "Contacts", "contact_items"),
    Tile(replies, "Waiting for reply", "waiting_items", "down"),
    Tile(contacts, "Spam, left out", "bot_items"),
    Tile(contacts, "Merged, left out", "merged_items"),
)

over_time = answer("customer_support/first_reply_by_bucket")
duration_over_time(
    over_time,
    "first_reply_minutes",
    "replied_items",
    x="received_bucket_on",
    unit="working minutes",
    title="First reply of a person, working minutes",
    note="Only contacts that are answered. Hollow while some still wait: their long "
    "waits are missing there, so hollow points will still rise.",
)
times_with_open(
    "customer_support/reply_waits",
    done="answered",
    unit="working minutes",
    title="Share answered by a person, by working minutes, those waiting included",
    note="Read across: this share is answered within so many working minutes. Who "
    "still waits counts with the wait so far, unlike above, so it takes longer here.",
)
wrong = ("negative_items",) if replies.total()["negative_items"] else ()
lines(
    replies,
    columns=(
        *("replied_items", "waiting_items", "unanswered_items", *wrong),
        *("first_reply_minutes_p50", "first_reply_minutes_p85"),
        "first_reply_minutes_p95",
    ),
    title="First reply at a glance, working minutes",
    note="Of contacts received in the period. Automatic replies do not count; the "
    "minutes are those of the answered alone.",
)
rate_over_time(
    resolved,
    "first_contact_resolution",
    note="One reply of a person, and not reopened within 7 days. Hollow points may "
    "still fall until these days have passed.",
)
rate_over_time(
    reopened,
    "contact_reopen_rate",
    note="Hollow points will still rise: within 30 days more may come back.",
)
rate_by_group(
    contacts,
    "abandonment",
    "channel",
    title="Given up before an answer by channel, %",
)
desk_wait()
records(
    "records/customer_support",
    title="Waiting longest for a first reply",
    columns=("item_id", "team", "channel", "priority", "received_at"),
    order="received_at",
    reply_state="waiting",
    contact_kind="counted",
)
