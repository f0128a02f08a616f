"""Whether each client gets what its contract promises, every one for itself."""

from dashboard import charts
from dashboard.components import (
    Tile,
    answer,
    answer_of,
    chart,
    choose,
    missing,
    only_with,
    rate_by_group,
    records,
    table,
    tiles,
)

only_with("records/bpo")
contracts = answer("bpo/contracts")
if contracts.rows.num_rows == 0:
    missing("No item under contract was completed or checked in this period.")
else:
    client = choose(contracts, "client")
    own, credits = (
        answer_of("bpo/contracts", "client", client),
        answer_of("bpo/credits", "client", client),
    )
    tiles(
        Tile(own, "Within contract", "contract_met", better="up"),
        Tile(own, "No critical error", "critical_accuracy", better="up"),
        Tile(own, "85 % done within", "turnaround_work_hours_p85", unit="h"),
        Tile(credits, "At risk", "risk_items", better="down"),
    )
    volumes = answer_of("bpo/volumes", "client", client)
    chart(
        volumes,
        charts.bars_and_line(
            volumes.rows,
            x="month_on",
            bars={
                "committed_low": "Least committed",
                "received_items": "Received",
            },
            line=("committed_high", "Most committed"),
            partial="is_partial",
        ),
        title="Volume by month, beside what was committed",
        note="Received below the least: the client sends less than agreed. Above the "
        "most: more than we agreed to.",
        opens="received_items",
    )
    table(
        credits,
        columns=(
            *("currency", "owed_items", "owed_amount", "risk_items", "risk_amount"),
            *("negative_items", "unknown_items"),
        ),
        title="Credits, each currency for itself",
        note="Owed for items completed beyond the contract; at risk for open items "
        "that have used more than four fifths of it.",
    )
    rate_by_group(
        contracts,
        "contract_met",
        "client",
        title="Completed within the contract, every client for itself, %",
        note="Each client's own contract, calendar and zone; do not rank overlaps.",
    )
    table(
        contracts,
        columns=(
            *("client", "contract_items", "contract_met", "turnaround_work_hours_p85"),
            *("negative_items", "unknown_items", "reviewed_items", "critical_accuracy"),
        ),
        title="Every client for itself",
    )
    records(
        "records/bpo",
        title="Open items that put credits at risk",
        columns=(
            *("item_id", "team", "work_type", "received_at"),
            *("turnaround_minutes", "contract_minutes"),
        ),
        order="received_at",
        client=client,
        credit_state="at risk",
    )
