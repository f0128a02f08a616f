"""How names of columns and values read to people."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from dashboard.filters import NONE, day_words, local_time

UNITS = {
    "_work_hours": " (working h)",
    "_hours": " (h)",
    "_days": " (days)",
    "_minutes": " (min)",
}
SHARES = {"_p50": "half within", "_p85": "85 % within", "_p95": "95 % within"}
RANGE = (
    "In brackets is how many stand behind a dot. The true figure most likely lies on "
    "the line through it; where two lines overlap, do not rank."
)
NAMES = {
    "bpo": "BPO clients",
    "it_support": "IT support",
    "dso": "DSO",
    "bucket_on": "From",
    "item_id": "Item",
    "work_type": "Work type",
    "is_partial": "Partial",
    "age_band": "Age",
    "days_band": "Age",
    "open_items": "Open",
    "due_items": "Due",
    "on_time": "On time",
    "on_time_closed": "On time, closed only",
    "due_state": "Due",
    "due_at": "Due",
    "first_due_at": "First due",
    "received_at": "Received",
    "open_from_items": "At the start",
    "open_to_items": "At the end",
    "handoffs": "Hand-offs",
    "back_handoffs": "Back hand-offs",
    "handoffs_per_item": "Hand-offs per item",
    "ping_pong": "Ping-pong",
    "ping_pong_items": "Ping-pong",
    "from_team": "From",
    "to_team": "To",
    "from_status": "From",
    "to_status": "To",
    "stage_items": "Items",
    "path_items": "Items",
    "looped_items": "Items",
    "loops": "Times",
    "paths": "Different paths",
    "cycle_work_hours": "Start to done (working h)",
    "cycle_work_hours_p50": "Half within, from start",
    "cycle_work_hours_p85": "85 % within, from start",
    "cycle_work_hours_p95": "95 % within, from start",
    "first_lead_work_hours_p50": "Half within, from receipt",
    "first_lead_work_hours_p85": "85 % within, from receipt",
    "first_lead_work_hours_p95": "95 % within, from receipt",
    "unstarted_items": "Start not known",
    "path_share": "Share of items",
    "rework_rate": "Rework",
    "total_handling_hours": "Handling (h)",
    "total_lead_hours": "Lead time (working h)",
    "received_to_approved_days": "Receipt to approval (days)",
    "approved_to_paid_days": "Approval to payment (days)",
    "received_to_approved_days_p50": "Half approved within",
    "received_to_approved_days_p85": "85 % approved within",
    "approved_to_paid_days_p50": "Half then paid within",
    "approved_to_paid_days_p85": "85 % then paid within",
    "received_to_paid_days": "Receipt to payment",
    "approved_paid_items": "Paid after approval",
    "errors_per_10000": "Wrong in 10,000",
    "critical_per_10000": "Critical in 10,000",
    "mismatch": "Differing",
    "sales_amount": "Sales",
    "owed_amount": "Owed",
    "amount_owed": "Owed",
    "amount_not_matched": "Not matched",
    "dso_days": "DSO (days)",
    "overdue_percent": "Overdue (%)",
    "unapplied_amount": "Not matched",
    "discount_use": "Discounts taken",
    "discount_taken_percent": "Of the money (%)",
    "otif": "OTIF",
    "otif_first": "OTIF, first",
    "otif_last": "OTIF, last",
    "requested_due_lines": "Requested",
    "first_due_lines": "First promised",
    "last_due_lines": "Last promised",
    "qty_ordered": "Ordered",
    "missing_units": "Units missing",
    "behind_lines": "Lines behind",
    "behind_days": "Days behind",
    "longest_days": "Days behind, longest",
    "run_id": "Run",
    "run_slips": "Slips",
    "error_free_slips": "Error-free",
    "tasks_on_time": "On time",
    "corrected_amount": "Corrected, in all",
    "month_on": "Month",
    "contract_items": "Completed",
    "contract_met": "Within contract",
    "contract_work_hours": "Allowed (working h)",
    "turnaround_work_hours": "Used (working h)",
    "critical_accuracy": "No critical error",
    "committed_low": "Least",
    "committed_high": "Most",
    "against_band": "Against the band",
    "owed_items": "Later than contract",
    "risk_items": "At risk",
    "risk_amount": "Credits at risk",
    "accepted_bucket_on": "Accepted from",
    "received_bucket_on": "Received from",
    "restored_bucket_on": "Restored from",
    "first_day_bucket_on": "First day from",
    "first_reply_minutes": "Minutes",
    "delivery_work_hours": "Working h",
    "retrieval_work_hours": "Working h",
    "fill_days": "Days to fill",
    "hire_days": "Days to hire",
    "vacancy_days": "Days",
    "change_id": "Caused by change",
    "restore_hours": "Restored after (h)",
    "resolve_hours": "Resolved after (h)",
    "restore_hours_p50": "Half within (h)",
    "restore_hours_p85": "85 % within (h)",
    "restore_hours_p95": "95 % within (h)",
    "resolve_hours_p50": "Half within (h)",
    "resolve_hours_p85": "85 % within (h)",
    "resolve_hours_p95": "95 % within (h)",
    "delivery_work_hours_p50": "Half within (h)",
    "delivery_work_hours_p85": "85 % within (h)",
    "delivery_work_hours_p95": "95 % within (h)",
    "turnaround_work_hours_p85": "85 % within (h)",
    "incident_state": "State",
    "unrestored_items": "Not restored",
    "unresolved_items": "Not resolved",
    "unanswered_items": "Gave up or closed",
    "waiting_items": "Still waiting",
    "not_found_items": "Ended, not found",
    "negative_items": "Left out: wrong dates",
    "unknown_items": "Left out: time not known",
    "residual_items": "Left to explain",
    "basis": "Hours a day by",
    "hours_used_percent": "Hours used (%)",
    "action_items": "Open actions",
    "due_30_items": "Due in 30 days",
    "held_items": "On legal hold",
    "statutory_due": "Legal deadline",
    "bot_items": "Spam or bots",
    "contact_items": "Contacts",
    "due_moved": "Moved",
    "moved_by_person": "Moved by a person",
    "on_time_due": "On time",
    "lead_time_km": "Lead time with open work",
    "age_open": "Age of open work",
    "error_rate_weighted": "Error rate, weighted by the mix of work",
    "twice_items": "Reviewed twice",
    "expected_hours": "Expected within (h)",
    "age_hours": "Age (h)",
    "finished_at": "Loaded",
    "newest_at": "Newest change",
    "held_rows": "Here now",
    "mended_rows": "Mended before",
    "quarantined_rows": "Not readable",
    "residual_rows": "Lost",
    "source_rows": "In source",
    "inserted_rows": "New",
    "updated_rows": "Changed",
    "unchanged_rows": "Unchanged",
    "deleted_rows": "Deleted",
    "tested_rows": "Tested",
    "passing_rows": "Pass",
    "failing_rows": "Fail",
    "failing": "Failing",
    "rule_pass": "Passing",
    "quarantined": "Could not be read",
    "row_key": "Key",
    "twin_item_id": "Twin",
    "last_at": "Last event",
    "late_work_hours": "Late, working h",
    "late_work_hours_p50": "Half within, working h",
    "late_work_hours_p85": "85 % within, working h",
    "late_work_hours_p95": "95 % within, working h",
    "late_hours_p50": "Half within, all hours",
    "late_hours_p85": "85 % within, all hours",
    "late_hours_p95": "95 % within, all hours",
    "half_work_hours": "Half within (h)",
    "most_work_hours": "85 % within (h)",
    "longest_work_hours": "Longest (h)",
}


def label(column: str) -> str:
    """A column's name as a heading, with its unit: open_hours -> Open (h)."""
    if column in NAMES:
        return NAMES[column]
    for ending, unit in UNITS.items():
        if column.endswith(ending):
            return _sentence(column.removesuffix(ending)) + unit
    for percentile, share in SHARES.items():
        if column.endswith(percentile):
            return f"{label(column.removesuffix(percentile))}, {share}"
    return _sentence(column.removesuffix("_items"))


def _sentence(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()


def plain(text: object) -> str:
    """Text from data, an address or an error, kept from being read as markup.

    A backslash before each mark that Markdown, its links or Streamlit's colours know;
    before any other sign it would be shown.
    """
    return re.sub(
        r"([!#$&*+.:<=>?@\[\\\]^_`{|}~])", r"\\\1", " ".join(str(text).split())
    )


def count(value: float | None) -> str:
    """A whole number with its thousands set apart; a dash for none."""
    return "–" if value is None else f"{value:,.0f}"


def counted(number: float, noun: str, before: str = "") -> str:
    """A number with its noun, in the plural but for one: Show 1 case."""
    return f"{before}{count(number)} {noun}{'' if number == 1 else 's'}"


def lasting(time: timedelta) -> str:
    """How long, in the unit that a reader would choose: 44 hours."""
    minutes = time.total_seconds() / 60
    if minutes < 120:
        return counted(round(minutes), "minute")
    if minutes < 72 * 60:
        return counted(round(minutes / 60), "hour")
    if minutes < 1000 * 1440:
        return counted(round(minutes / 1440), "day")
    return counted(round(minutes / 525_960), "year")


def percent(value: float | None) -> str:
    """A share (0 to 1) in percent with one decimal; a dash for none."""
    return "–" if value is None else f"{100 * value:.1f} %"


def moment(instant: datetime, zone: str) -> str:
    """A UTC instant as wall time in words: 22 November 2026, 14:05."""
    local = local_time(instant, zone)
    return f"{day_words(local.date())}, {local:%H:%M}"


def value(found: Any) -> str:
    """Any value of a row in a sentence."""
    if found is None:
        return NONE
    if isinstance(found, bool):
        return "yes" if found else "no"
    if isinstance(found, date) and not isinstance(found, datetime):
        return day_words(found)
    if isinstance(found, (int, float, Decimal)):
        return f"{found:,}"
    return str(found)
