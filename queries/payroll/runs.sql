-- Payroll runs
-- Was each payroll run ready when it had to be?
--
-- One row per run that was due in the period, before the as-of moment.
--
-- Parameters:
--   period_from         dates of runs from this instant on
--   period_to           dates of runs before this instant
--   as_of               dates and completions before this instant count
--
-- Columns:
--   run_id              payroll run
--   run_due_at          when it had to be ready: the last of the dates told for it, or else
--                       its last promise
--   run_slips           payslips in it, neither off-cycle nor cancelled
--   late_slips          those not completed by then; lower is better
--   ready_at            when the last of them was completed; empty while one is not
--   due_runs            1
--   on_time_runs        1 if none was late, else 0; higher is better
--
-- Metrics:
--   run_on_time         on_time_runs in 0 or 1 by run_due_at; higher is better; version 1,
--                       people; one late slip makes the run late, off-cycle ones are no part
--                       of it
--
-- Cases:
--   run_slips           records/payroll where is_in_run = true
--   late_slips          records/payroll where is_in_run = true, is_late_for_run = true

with

slips as (

    select
        ext_payroll.run_id,
        ext_payroll.off_cycle,
        case when item_stays.completed_at < :as_of then item_stays.completed_at end
            as done_at,
        case when item_stays.cancelled_at < :as_of then 1 end as is_dropped,
        max(coalesce(ext_payroll.run_due_at, item_stays.promise_at)) over (
            partition by ext_payroll.run_id
        ) as run_due_at
    from ext_payroll
    inner join item_stays
        on ext_payroll.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_payroll.close_task is null
        and ext_payroll.run_id is not null

),

counted as (

    select
        run_id,
        run_due_at,
        count(*) as run_slips,
        count(case when done_at <= run_due_at then 1 end) as ready_slips,
        count(done_at) as done_slips,
        max(done_at) as last_done_at
    from slips
    where
        is_dropped is null
        and (off_cycle is null or not off_cycle)
        and run_due_at >= :period_from
        and run_due_at < :period_to
        and run_due_at < :as_of
    group by run_id, run_due_at

)

select
    run_id,
    run_due_at,
    run_slips,
    run_slips - ready_slips as late_slips,
    case when done_slips = run_slips then last_done_at end as ready_at,
    1 as due_runs,
    case when ready_slips = run_slips then 1 else 0 end as on_time_runs
from counted
order by run_due_at, run_id
