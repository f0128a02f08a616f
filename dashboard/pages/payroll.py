"""Whether payslips are right at once, runs ready when due, and closes early."""

from dashboard.components import (
    Tile,
    answer,
    gaps_control,
    missing,
    only_with,
    rate_control,
    records,
    table,
    targets,
    tiles,
)

only_with("records/payroll")
aim = targets().get("error_free_slips")
slips, runs = answer("payroll/slips_by_bucket"), answer("payroll/runs")
closes, money = answer("payroll/closes"), answer("payroll/corrections")
tiles(
    Tile(slips, "Error-free slips", "error_free", better="up", target=aim),
    Tile(slips, "Corrected", "corrected_slips"),
    Tile(slips, "Paid off-cycle", "off_cycle_slips"),
    Tile(closes, "Close tasks on time", "tasks_on_time", better="up"),
    Tile(runs, "Runs due", "due_runs"),
    Tile(runs, "Runs on time", "on_time_runs"),
    Tile(runs, "Slips late for run", "late_slips"),
    Tile(closes, "Tasks not done", "open_tasks", better="down"),
)

rate_control(
    "payroll/slips_by_bucket",
    "error_free",
    metric="error_free_slips",
    better="up",
    target=aim,
    note="Of the payslips completed in each period, those that needed no correction by "
    "money. Where errors are too few for a usual range, the next chart has it.",
)
has_gaps = gaps_control(
    "payroll/error_gaps",
    metric="slips_between_errors",
    title="Right payslips from one error to the next",
    note="Each point is a payslip with an error: so many right ones lay between it and "
    "the error before, even one from before the period. The usual is the average.",
)
if not has_gaps:
    missing(
        "Fewer than two payslips with errors to compare with, so how many right ones "
        "lie between them is not charted."
    )
table(
    runs,
    columns=(
        "run_id",
        "run_due_at",
        "run_slips",
        "late_slips",
        "ready_at",
        "on_time_runs",
    ),
    title="Payroll runs",
    note="One late payslip makes a run late: 1 is on time, 0 is not.",
)
table(
    money.by("currency"),
    columns=(
        *("currency", "corrected_slips", "paid_amount", "taken_back_amount"),
        "corrected_amount",
    ),
    title="Corrections, each currency for itself",
    note="Too little and too much are added up, not set off against each other.",
)
table(
    closes,
    columns=(
        *("run_id", "period_end_on", "tasks", "done_tasks", "due_tasks"),
        *("on_time_tasks", "close_day"),
    ),
    title="Closes",
    note="The close day is the working day, counted from the end of the period, on "
    "which the last task was done. Tasks that are neither done nor open were "
    "cancelled.",
)
records(
    "records/payroll",
    title="Payslips with errors",
    columns=(
        *("item_id", "team", "run_id"),
        *("completed_at", "currency", "correction"),
    ),
    order="-completed_at",
    is_slip="true",
    is_error="true",
)
records(
    "records/payroll",
    title="Close tasks that are not done",
    columns=("item_id", "team", "run_id", "close_task", "promise_at"),
    order="promise_at",
    is_task="true",
    is_open="true",
)
