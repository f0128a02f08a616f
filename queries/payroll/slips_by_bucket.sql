-- Error-free payslips
-- How many payslips are right at once?
--
-- One row per day, week or month of the period, up to the as-of moment.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               completions before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the completion
--   slips               payslips completed
--   corrected_slips     those that had to be corrected by money; lower is better
--   error_free_slips    the others; higher is better
--   off_cycle_slips     those paid outside of the usual run; lower is better
--   is_partial          the period or the as-of moment cuts it
--
-- Rates:
--   error_free          error_free_slips / slips
--   off_cycle           off_cycle_slips / slips
--
-- Metrics:
--   error_free_slips    error_free in % by completed_at; higher is better; version 1, people;
--                       a slip with a correction by money is no error-free one
--   off_cycle_payments  off_cycle_slips in slips by completed_at; lower is better; version 1,
--                       people
--
-- Cases:
--   slips               records/payroll where is_slip = true
--   corrected_slips     records/payroll where is_slip = true, is_error = true
--   error_free_slips    records/payroll where is_slip = true, is_error = false
--   off_cycle_slips     records/payroll where is_slip = true, is_off_cycle = true

with

counted as (

    select
        bucket_start(day_of(item_stays.completed_at), :grain) as bucket_on,
        count(*) as slips,
        count(case when ext_payroll.correction_amount <> 0 then 1 end) as corrected_slips,
        count(
            case when coalesce(ext_payroll.correction_amount, 0) = 0 then 1 end
        ) as error_free_slips,
        count(case when ext_payroll.off_cycle then 1 end) as off_cycle_slips
    from ext_payroll
    inner join item_stays
        on ext_payroll.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_payroll.close_task is null
        and item_stays.completed_at >= :period_from
        and item_stays.completed_at < :period_to
        and item_stays.completed_at < :as_of
    group by bucket_start(day_of(item_stays.completed_at), :grain)

),

buckets as (

    select distinct bucket_start(day, :grain) as bucket_on
    from calendar_days
    where
        day >= :period_start
        and day < :period_end
        and day <= day_of(:as_of)

)

select
    buckets.bucket_on,
    coalesce(counted.slips, 0) as slips,
    coalesce(counted.corrected_slips, 0) as corrected_slips,
    coalesce(counted.error_free_slips, 0) as error_free_slips,
    coalesce(counted.off_cycle_slips, 0) as off_cycle_slips,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until)
        as is_partial
from buckets
left join counted
    on buckets.bucket_on = counted.bucket_on
order by buckets.bucket_on
