"""Whether invoices are paid when due, how smoothly they pass, and what is unpaid."""

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

only_with("records/accounts_payable")
aim = targets().get("on_time_payment")
paid, handling = (
    answer("accounts_payable/paid_by_bucket"),
    answer("accounts_payable/handling"),
)
discounts, times = (
    answer("accounts_payable/discounts"),
    answer("accounts_payable/times"),
)
tiles(
    Tile(paid, "Paid on time", "on_time_payment", better="up", target=aim),
    Tile(handling, "Matched at once", "first_match", better="up"),
    Tile(handling, "Touched by nobody", "touchless", better="up"),
    Tile(discounts, "Discounts taken", "discount_use", better="up"),
    Tile(handling, "Billed twice", "duplicate_items"),
    Tile(paid, "Paid late", "paid_late_items"),
    Tile(paid, "Due and unpaid", "unpaid_items", better="down"),
    Tile(times, "85 % approved in", "received_to_approved_days_p85", unit="days"),
)

rate_control(
    "accounts_payable/paid_by_bucket",
    "on_time_payment",
    metric="on_time_payment",
    better="up",
    target=aim,
    note="Of the invoices and claims that had to be paid in each period; what is still "
    "unpaid counts as late.",
)
group = level() if level() != "department" else "team"
rate_by_group(
    answer("accounts_payable/paid_by_group"),
    "on_time_payment",
    group,
    title=f"On-time payment by {group.replace('_', ' ')}, %",
    note=RANGE,
)

trend = answer("accounts_payable/times_by_bucket")
chart(
    trend,
    charts.trend(
        trend.rows,
        x="paid_bucket_on",
        y="received_to_paid_days_p85",
        name="85 % within",
        count="paid_items",
        partial="is_partial",
        reference="received_to_paid_days_p50",
        reference_name="half within",
        unit="days",
    ),
    note="Calendar days. Days on hold count; only a pause that policy allows is left "
    "out. Neither early nor late is better by itself: what counts is to pay when due.",
    opens="paid_items",
)
wrong = ("negative_items",) if times.total()["negative_items"] else ()
lines(
    times,
    columns=(
        *("approved_items", "received_to_approved_days_p50"),
        *("received_to_approved_days_p85", "approved_paid_items"),
        *("approved_to_paid_days_p50", "approved_to_paid_days_p85", *wrong),
    ),
    title="Days from receipt to approval, and from approval to payment",
    note="Half, and 85 of 100, took no more than so many calendar days.",
)

ageing = answer("accounts_payable/ageing")
ages = ageing.by("band_number", "age_band")
chart(
    ages,
    charts.ranked_bars(ages.rows, label="age_band", value="open_items"),
    title="Unpaid items by days since receipt",
)
table(
    ageing,
    columns=("currency", "age_band", "open_items", "open_amount"),
    title="Unpaid amounts by days since receipt, each currency for itself",
    note="Credit notes lower the amount. No currency is added to another.",
)
table(
    discounts,
    columns=(
        *("currency", "offered_items", "taken_items", "discount_use"),
        *("offered_amount", "taken_amount", "discount_taken_percent"),
    ),
    title="Discounts for early payment, each currency for itself",
    note="Discounts taken: in percent of the invoices that offered one, and then in "
    "percent of the money offered.",
)
table(
    handling.by("work_type"),
    columns=(
        *("work_type", "approved_items", "first_match", "touchless"),
        *("received_items", "duplicate_items"),
    ),
    title="Handling by work type",
    note="Of what was approved, first match: agreed with order and receipt at once; "
    "touchless: no person touched it. Of what was received, duplicate: billed before.",
)
COLUMNS = ("item_id", "team", "work_type", "currency", "amount")
records(
    "records/accounts_payable",
    title="Longest unpaid",
    columns=(*COLUMNS, "payment_due_at", "age_days"),
    order="received_at",
    is_unpaid="true",
)
records(
    "records/accounts_payable",
    title="Billed twice",
    columns=(*COLUMNS, "received_at", "duplicate_of"),
    order="-received_at",
    is_received="true",
    is_duplicate="true",
)
