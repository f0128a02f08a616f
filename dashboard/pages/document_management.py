"""How fast documents are found, what expires, and what should be destroyed by now."""

from dashboard.components import (
    Tile,
    answer,
    duration_over_time,
    lines,
    only_with,
    rate_over_time,
    records,
    table,
    tiles,
)

only_with("records/document_management")
retrieval = answer("document_management/retrieval")
found = answer("document_management/retrieved_by_bucket")
expiring = answer("document_management/expiring")
retention = answer("document_management/retention")
tiles(
    Tile(retrieval, "Half found within", "retrieval_work_hours_p50", "down", unit="h"),
    Tile(retrieval, "Waiting to be found", "waiting_items", "down"),
    Tile(found, "Misfiled", "misfiled", "down"),
    Tile(retention, "Retention overdue", "overdue_items", "down"),
    Tile(expiring, "Expired", "expired_items", "down"),
    Tile(expiring, "Expiring in 30 days", "expiring_30_items"),
    Tile(expiring, "Expiring in 60 days", "expiring_60_items"),
    Tile(expiring, "Expiring in 90 days", "expiring_90_items"),
)
duration_over_time(
    found,
    "retrieval_work_hours",
    "retrieved_items",
    unit="working hours",
    title="Time to find a document, working hours",
    note="What still waits to be found is missing here, and the longest are among it.",
)
wrong = ("negative_items",) if retrieval.total()["negative_items"] else ()
lines(
    retrieval,
    columns=(
        *("retrieved_items", "retrieval_work_hours_p50", "retrieval_work_hours_p85"),
        *("retrieval_work_hours_p95", "waiting_items", "not_found_items", *wrong),
    ),
    title="Documents asked for, and the working hours until they were found",
    note="Those that still wait to be found are in none of the hours. The same in "
    "hours round the clock is in the CSV.",
)
rate_over_time(
    found,
    "misfiled",
    title="Misfiled, % of documents found",
    note="Of the documents found in each period; what nobody asked for is not known.",
)
table(
    retention,
    note="A legal hold stops the clock: what is on hold is never overdue.",
)
for state, more in (("overdue", "days_overdue"), ("on legal hold", "work_type")):
    records(
        "records/document_management",
        title=f"Retention actions {state}",
        columns=("item_id", "team", "client", "retention_due", more),
        order="retention_due",
        retention_state=state,
    )
records(
    "records/document_management",
    title="Documents that expire within 30 days",
    columns=("item_id", "team", "client", "expires_on"),
    order="expires_on",
    expiry_band="within 30 days",
)
