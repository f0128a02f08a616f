-- Closes
-- On which working day was each period closed, and were the tasks on time?
--
-- One row per close whose last task falls due in the period.
--
-- Parameters:
--   period_from         last due dates from this instant on
--   period_to           last due dates before this instant
--   as_of               due dates and completions before this instant count
--
-- Columns:
--   run_id              the close
--   period_end_on       last day of the period that it closes
--   tasks               its tasks, with cancelled ones
--   done_tasks          those completed; higher is better
--   open_tasks          those neither completed nor cancelled; lower is better
--   due_tasks           those that were due, less those cancelled in time
--   on_time_tasks       those of them completed at the promise or before; higher is better
--   close_day           working day of the calendar of the tasks, counted from the end of the
--                       period, on which the last one was completed; lower is better; empty
--                       while one is open, or where no end of the period is told
--
-- Rates:
--   tasks_on_time       on_time_tasks / due_tasks
--
-- Metrics:
--   close_day           close_day in working days by promise; lower is better; version 1,
--                       finance; the calendar is that of the tasks
--   close_tasks_on_time  tasks_on_time in % by promise; higher is better; version 1, finance
--
-- Cases:
--   tasks               records/payroll where is_task = true
--   done_tasks          records/payroll where is_task = true, is_done = true
--   open_tasks          records/payroll where is_task = true, is_open = true
--   due_tasks           records/payroll where is_due = true
--   on_time_tasks       records/payroll where is_due = true, is_on_time = true

with

told as (

    select
        ext_payroll.run_id,
        ext_payroll.period_end_on,
        item_stays.item_id,
        item_stays.calendar,
        item_stays.promise_at,
        case when item_stays.completed_at < :as_of then item_stays.completed_at end
            as done_at,
        case when item_stays.cancelled_at < :as_of then item_stays.cancelled_at end
            as dropped_at,
        max(coalesce(ext_payroll.run_due_at, item_stays.promise_at)) over (
            partition by ext_payroll.run_id
        ) as close_due_at
    from ext_payroll
    inner join item_stays
        on ext_payroll.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_payroll.close_task is not null

),

tasks as (

    select *
    from told
    where
        close_due_at >= :period_from
        and close_due_at < :period_to

),

days as (

    select
        tasks.item_id,
        count(calendar_days.day) as close_day
    from tasks
    left join calendar_days
        on
            tasks.calendar = calendar_days.calendar
            and calendar_days.is_working
            and calendar_days.day > tasks.period_end_on
            and calendar_days.day <= day_of(tasks.done_at)
    where
        tasks.done_at is not null
        and tasks.period_end_on is not null
    group by tasks.item_id

)

select
    tasks.run_id,
    max(tasks.period_end_on) as period_end_on,
    count(*) as tasks,
    count(tasks.done_at) as done_tasks,
    count(case when tasks.done_at is null and tasks.dropped_at is null then 1 end)
        as open_tasks,
    count(
        case
            when
                tasks.promise_at < :as_of
                and (tasks.dropped_at is null or tasks.dropped_at > tasks.promise_at)
                then 1
        end
    ) as due_tasks,
    count(
        case
            when tasks.promise_at < :as_of and tasks.done_at <= tasks.promise_at then 1
        end
    ) as on_time_tasks,
    case
        when count(*) = count(coalesce(tasks.done_at, tasks.dropped_at))
            then max(days.close_day)
    end as close_day
from tasks
left join days
    on tasks.item_id = days.item_id
group by tasks.run_id
order by period_end_on, run_id
