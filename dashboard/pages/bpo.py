"""Whether each client gets what its contract promises, every one for itself."""

from dashboard import charts
from dashboard.answers import Answer
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
from dashboard.words import RANGE


def left_out(shown: Answer) -> list[str]:
    """The counts of what no figure holds, where there is any."""
    counts = ("negative_items", "unknown_items")
    return [name for name in counts if any(shown.rows[name].to_pylist())]


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
        note="A pale month is cut by the period, or not over: what it received is only "
        "a part, so do not judge it. Received below the least: the client sends less "
        "than agreed. Above the most: more than we agreed to.",
        opens="received_items",
    )
    table(
        credits,
        columns=(
            *("currency", "owed_items", "owed_amount", "risk_items", "risk_amount"),
            *left_out(credits),
        ),
        title="Credits, each currency for itself",
        note="Owed for items completed later than the contract allows; at risk for "
        "open items that have used more than four fifths of that time, or all of it.",
    )
    rate_by_group(
        contracts,
        "contract_met",
        "client",
        title="Completed within the contract, every client for itself, %",
        note=f"By each client's own contract, calendar and zone. {RANGE}",
    )
    table(
        contracts,
        columns=(
            *("client", "contract_items", "contract_met", "turnaround_work_hours_p85"),
            *("reviewed_items", "critical_accuracy", *left_out(contracts)),
        ),
        title="Every client for itself",
        note="85 % of the items were done within so many working hours of receipt.",
    )
    records(
        "records/bpo",
        title="Open items that put credits at risk, or are too late already",
        columns=(
            *("item_id", "team", "received_at"),
            *("turnaround_work_hours", "contract_work_hours"),
        ),
        order="received_at",
        client=client,
        credit_state="at risk",
    )
