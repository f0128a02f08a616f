"""Which run a payslip belongs to, what had to be corrected, and the tasks of closes."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from sample_data.columns import where, words
from sample_data.company import PRIORITIES
from sample_data.extensions.items import Items
from sample_data.working_time import DAY, DUE_HOUR, OFFICE, Calendar

OFF_CYCLE, CORRECTED = 0.01, 0.022  # share of payslips
LATE_RUNS, BY_HOURS = 5, 36  # every fifth run is late, by so many hours at most
CORRECTION, SPREAD, TAKEN_BACK = 90, 0.9, 0.35
CLOSE_DAYS = 3  # last working days of a month, in which the tasks of its close arrive
TASKS = (
    *("Payroll accruals", "Tax and levies", "Pension reconciliation"),
    *("Bank reconciliation", "Payroll journal", "Ledger review", "Headcount report"),
)


def rows(items: Items, rng: np.random.Generator) -> pa.Table:
    """One row per payslip, and per urgent query at the end of a month: a close task."""
    return pa.concat_tables([_slips(items, rng), _tasks(items, rng)])


def _slips(items: Items, rng: np.random.Generator) -> pa.Table:
    item = items.of("Payslip change", "Pension change", "Leaver settlement")
    count, ended, is_done = len(item), items.ended[item], items.is_done[item]
    calendar = items.world.calendar
    paydays = _paydays(calendar)
    run = np.searchsorted(paydays, items.lives.promise[item] // DAY)
    due = paydays[run] * DAY + DUE_HOUR * 3600
    is_late_run = run % LATE_RUNS == LATE_RUNS // 2
    last = due + is_late_run * BY_HOURS * 3600
    missed = np.where(is_done, ended, items.world.newest) > last
    amount = np.round(CORRECTION * rng.lognormal(0, SPREAD, count), 2)
    sign = np.where(rng.random(count) < TAKEN_BACK, -1, 1)
    is_corrected = is_done & (rng.random(count) < CORRECTED)
    return pa.table(
        {
            "item_id": items.keys(item),
            "run_id": words(run, _named("PAY", calendar)),
            "run_due_at": calendar.utc(due),
            "off_cycle": missed | (rng.random(count) < OFF_CYCLE),
            "correction_amount": where(sign * amount, is_corrected),
            "currency": words(np.zeros(count), ["GBP"]),
            "close_task": pa.nulls(count, pa.string()),
            "period_end_on": pa.nulls(count, pa.date32()),
        }
    )


def _tasks(items: Items, rng: np.random.Generator) -> pa.Table:
    calendar, ends = items.world.calendar, _month_ends(items.world.calendar)
    item = items.of("Payroll query")
    day = items.lives.received[item] // DAY
    month = np.searchsorted(ends, day)
    left = (
        calendar.days_before[OFFICE, ends[month] + 1]
        - calendar.days_before[OFFICE, day]
    )
    is_urgent = items.lives.priority[item] <= PRIORITIES.index("High")
    is_task = is_urgent & (left <= CLOSE_DAYS)
    item, month, count = item[is_task], month[is_task], int(is_task.sum())
    return pa.table(
        {
            "item_id": items.keys(item),
            "run_id": words(month, _named("CLOSE", calendar)),
            "run_due_at": pa.nulls(count, pa.timestamp("us")),
            "off_cycle": pa.nulls(count, pa.bool_()),
            "correction_amount": pa.nulls(count, pa.float64()),
            "currency": words(np.full(count, -1), ["GBP"]),
            "close_task": words(rng.integers(0, len(TASKS), count), TASKS).cast(
                pa.string()
            ),
            "period_end_on": calendar.date_of(ends[month] * DAY),
        }
    )


def _month_ends(calendar: Calendar) -> np.ndarray:
    """The last day of every month."""
    months = np.array([day.month for day in calendar.dates])
    return np.flatnonzero(months[:-1] != months[1:])


def _paydays(calendar: Calendar) -> np.ndarray:
    """The last working day of every month."""
    ends = _month_ends(calendar)
    return calendar.workdays[OFFICE, calendar.days_before[OFFICE, ends + 1] - 1]


def _named(what: str, calendar: Calendar) -> list[str]:
    """Runs or closes by their month: PAY-2026-10."""
    days: list[date] = [calendar.dates[day] for day in _month_ends(calendar)]
    return [f"{what}-{day:%Y-%m}" for day in days]
