-- Payslips between errors
-- Do errors come further apart, or closer together?
--
-- One row per corrected payslip of the period that has one before it, in the order in which
-- slips were completed.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               completions before this instant count
--
-- Columns:
--   error_number        first, second, ... error of all that was told
--   work_date           day on which it was completed
--   item_id             the payslip
--   good_items          error-free slips completed since the error before, also one from before the
--                       period; higher is better
--
-- Metrics:
--   slips_between_errors  good_items in slips by completed_at; higher is better; version 1,
--                       people; the points of a g chart

with

numbered as (

    select
        item_stays.item_id,
        item_stays.completed_at,
        ext_payroll.correction_amount,
        row_number() over (
            order by item_stays.completed_at, item_stays.item_id
        ) as slip_number
    from ext_payroll
    inner join item_stays
        on ext_payroll.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_payroll.close_task is null
        and item_stays.completed_at < :period_to
        and item_stays.completed_at < :as_of

),

errors as (

    select
        item_id,
        completed_at,
        slip_number,
        row_number() over (order by slip_number) as error_number,
        lag(slip_number) over (order by slip_number) as number_before
    from numbered
    where correction_amount <> 0

)

select
    error_number,
    day_of(completed_at) as work_date,
    item_id,
    slip_number - number_before - 1 as good_items
from errors
where
    number_before is not null
    and completed_at >= :period_from
order by error_number
