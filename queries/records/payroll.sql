-- Payslips and close tasks
-- Which payslips and tasks did the period finish or owe, and what went wrong?
--
-- One row per payslip that was completed in the period or belongs to a run that was due in
-- it, and per task of a close that falls due in it.
--
-- Parameters:
--   period_from         first instant of the period
--   period_to           first instant no longer in it
--   as_of               facts before this instant count
--   grain = week        day, week or month that bucket_on starts
--
-- Columns:
--   item_id             the item
--   department          department that answers for it
--   team                team that has it, or had it last
--   employee            person it is assigned to
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   client              for whom
--   run_id              payroll run, or close, that it belongs to
--   close_task          what the task of a close is; empty for a payslip
--   received_at         first arrival
--   promise_at          the promise
--   completed_at        done, in force then
--   bucket_on           first day of the day, week or month of the completion
--   is_slip             a payslip that was completed in the period
--   is_error            it had to be corrected
--   is_off_cycle        it was paid outside of the usual run
--   currency            currency of the correction
--   correction          paid, or taken back if negative, to correct it
--   run_due_at          when its run had to be ready: the last of the dates told for it, or
--                       else its last promise
--   is_in_run           a payslip of a run that was due in the period, neither off-cycle nor
--                       cancelled
--   is_late_for_run     it was not completed when the run had to be ready
--   is_task             a task of a close that falls due in the period
--   is_due              the task was due before the as-of moment, less what was cancelled
--   is_on_time          it was completed at its promise or before
--   is_done             it was completed
--   is_open             it was neither completed nor cancelled

with

told as (

    select
        item_stays.*,
        ext_payroll.run_id,
        ext_payroll.close_task,
        ext_payroll.currency,
        ext_payroll.correction_amount,
        coalesce(ext_payroll.off_cycle, false) as is_off_cycle,
        case when item_stays.completed_at < :as_of then item_stays.completed_at end
            as done_at,
        case when item_stays.cancelled_at < :as_of then item_stays.cancelled_at end
            as dropped_at,
        max(coalesce(ext_payroll.run_due_at, item_stays.promise_at)) over (
            partition by ext_payroll.run_id, ext_payroll.close_task is null
        ) as run_due_at
    from ext_payroll
    inner join item_stays
        on ext_payroll.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)

),

judged as (

    select
        *,
        coalesce(
            close_task is null and done_at >= :period_from and done_at < :period_to, false
        ) as is_slip,
        coalesce(
            close_task is null
            and run_id is not null
            and not is_off_cycle
            and dropped_at is null
            and run_due_at >= :period_from
            and run_due_at < :period_to
            and run_due_at < :as_of,
            false
        ) as is_in_run,
        coalesce(
            close_task is not null
            and run_due_at >= :period_from
            and run_due_at < :period_to,
            false
        ) as is_task
    from told

)

select
    item_id,
    department,
    team,
    employee,
    work_type,
    priority,
    channel,
    client,
    run_id,
    close_task,
    received_at,
    promise_at,
    done_at as completed_at,
    bucket_start(day_of(done_at), :grain) as bucket_on,
    is_slip,
    coalesce(correction_amount <> 0, false) as is_error,
    is_off_cycle,
    currency,
    correction_amount as correction,
    run_due_at,
    is_in_run,
    is_in_run and coalesce(done_at > run_due_at, true) as is_late_for_run,
    is_task,
    is_task
    and coalesce(promise_at < :as_of, false)
    and coalesce(dropped_at > promise_at, true) as is_due,
    coalesce(done_at <= promise_at, false) as is_on_time,
    done_at is not null as is_done,
    done_at is null and dropped_at is null as is_open
from judged
where
    is_slip
    or is_in_run
    or is_task
order by received_at, item_id
