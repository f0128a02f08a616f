"""Whether the data is fresh, complete and reconciled, and which rows are wrong."""

from dashboard import charts
from dashboard.components import (
    answer,
    chart,
    data_rules,
    data_rules_by_group,
    failing_by_month,
    freshness,
    missing,
    owners_of_failing,
    records,
    table,
)

freshness()

parts, history = answer("data/parts"), answer("data/load_history")
if parts.rows.num_rows:
    table(
        parts,
        columns=(
            *("part", "balance", "source_rows", "inserted_rows", "updated_rows"),
            *("unchanged_rows", "quarantined_rows", "residual_rows"),
            *("deleted_rows", "held_rows"),
        ),
        title="Is every row of the last load accounted for?",
        note="What the source told is new, changed, unchanged or could not be read; "
        "what is left is not accounted for, and should be none.",
    )
else:
    missing(
        "Nothing to reconcile: no load has told how many rows it read. A database that "
        "is read where it stands is not copied; imports tell it from the next one on."
    )
if history.rows.num_rows > 1:
    chart(
        history,
        charts.bars_and_line(
            history.rows,
            x="finished_at",
            bars={"source_rows": "Rows read", "changed_rows": "New, changed, deleted"},
            unit="rows",
        ),
        title="How much did each load read and change?",
    )
    if history.total()["quarantined_rows"]:
        chart(
            history,
            charts.trend(
                history.rows, x="finished_at", y="quarantined", count="source_rows"
            ),
            title="What share of the rows could not be read?",
        )

data_rules()
data_rules_by_group()
owners_of_failing()
failing_by_month()

records(
    "records/data_health",
    title="Rows that fail a rule, the latest first",
    columns=("rule", "kind", "row_key", "told_at", "department", "team"),
    order="-told_at",
)
