"""Which legal deadlines were missed, how many days are left, what evidence lacks."""

from dashboard import charts
from dashboard.components import (
    Tile,
    answer,
    chart,
    only_with,
    rate_by_group,
    records,
    tiles,
)
from dashboard.words import RANGE

ROW = ("item_id", "team", "work_type", "statutory_due")

only_with("records/compliance")
deadlines = answer("compliance/deadlines_by_bucket")
left = answer("compliance/days_left")
evidence = answer("compliance/evidence")
tiles(
    Tile(deadlines, "Legal deadlines", "due_items"),
    Tile(deadlines, "Of these met", "met_items"),
    Tile(deadlines, "Of these missed", "late_items"),
    Tile(left, "Open cases", "open_items"),
)
records(
    "records/compliance",
    title="Deadlines missed and still open",
    columns=(*ROW, "late_days", "missing_pieces"),
    order="statutory_due",
    outcome="late open",
)
records(
    "records/compliance",
    title="Deadlines missed, done since",
    columns=(*ROW, "late_days", "completed_at"),
    order="statutory_due",
    outcome="late completed",
)
chart(
    deadlines,
    charts.bars_and_line(
        deadlines.rows,
        x="bucket_on",
        bars={"met_items": "Met", "late_items": "Missed"},
        partial="is_partial",
        unit="cases",
    ),
    note="Counted in calendar days, by the last day that the law allows. On time, on "
    "other pages, is by our own promise. No rate is made of these: one missed is one "
    "too many, and is listed above.",
)
chart(
    left,
    charts.ranked_bars(
        left.rows,
        label="left_band",
        value="open_items",
        part="incomplete_items",
        unit="cases",
        part_role="accent",
    ),
    note="The blue part is incomplete: some evidence is not on file.",
)
rate_by_group(
    evidence,
    "evidence_complete",
    "case_state",
    title="Cases with all their evidence on file, %",
    note="Completed in the period, and open now, where it is too early to judge. "
    f"{RANGE}",
)
records(
    "records/compliance",
    title="Open cases whose evidence is not complete, nearest deadline first",
    columns=(*ROW, "days_left", "missing_pieces"),
    order="statutory_due",
    case_state="open",
    is_evidence_missing="true",
)
