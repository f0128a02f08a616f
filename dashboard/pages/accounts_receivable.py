"""What customers owe, how late it is, and whether their promises hold."""

from dashboard import charts
from dashboard.components import (
    Tile,
    answer,
    chart,
    only_with,
    rate_over_time,
    records,
    table,
    tiles,
)

only_with("records/accounts_receivable")
balances = answer("accounts_receivable/balances")
promises = answer("accounts_receivable/promises_by_bucket")
tiles(
    Tile(balances, "Owed", "open_items", note="Invoices and credit notes"),
    Tile(balances, "Overdue", "overdue_items", better="down"),
    Tile(promises, "Promises kept", "promises_kept", better="up"),
    Tile(balances, "Cash not matched", "unapplied_items", better="down"),
)

SHARES = ("owed_amount", "dso_days", "overdue_amount", "overdue_percent")
table(
    balances.by("currency"),
    columns=("currency", "sales_amount", *SHARES, "unapplied_amount"),
    title="Days sales outstanding and overdue share, each currency for itself",
    note="DSO, days sales outstanding: what customers owe, said in days of the sales "
    "of the period. Credit notes lower both. No currency is added to another.",
)

ageing = answer("accounts_receivable/ageing")
ages = ageing.by("band_number", "overdue_band")
chart(
    ages,
    charts.ranked_bars(ages.rows, label="overdue_band", value="open_items"),
    title="Invoices and credit notes owed, by days overdue",
)
table(
    ageing,
    columns=("currency", "overdue_band", "open_items", "owed_amount"),
    title="Amounts owed by days overdue, each currency for itself",
)

rate_over_time(
    promises,
    "promises_kept",
    note="Of the promises that ended in each period: those paid in full by then.",
)
table(
    balances.by("currency", "client").largest("overdue_items"),
    columns=("currency", "client", "open_items", "overdue_items", *SHARES),
    title="Clients with the most overdue invoices",
)
COLUMNS = ("item_id", "client", "currency")
records(
    "records/accounts_receivable",
    title="Longest overdue",
    columns=(*COLUMNS, "amount_owed", "payment_due_at", "days_overdue"),
    order="payment_due_at",
    is_overdue="true",
)
records(
    "records/accounts_receivable",
    title="Promises broken",
    columns=(*COLUMNS, "amount_owed", "promised_at", "paid_at"),
    order="-promised_at",
    promise_outcome="broken",
)
records(
    "records/accounts_receivable",
    title="Cash not matched to invoices",
    columns=(*COLUMNS, "team", "received_at", "amount_not_matched"),
    order="received_at",
    is_unapplied="true",
)
