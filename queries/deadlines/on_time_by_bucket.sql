-- On time
-- Do we keep our promises?
--
-- One row per day, week or month with a promise that fell due, by calendar days. The
-- promise is the first due date of an item, or else its only one.
--
-- Parameters:
--   period_start        first day of promises counted
--   period_end          first day no longer counted
--   period_from         the same as an instant
--   period_to           the same as an instant
--   as_of               promises and facts before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the promise
--   due_items           items promised for then, less those cancelled in time
--   on_time_items       those completed at the promise or before
--   late_completed_items   those completed after the promise
--   late_open_items     those not done yet
--   late_cancelled_items   those cancelled after the promise
--   is_partial          the period or the as-of moment cuts this day, week or month
--
-- Rates:
--   on_time             on_time_items / due_items
--
-- Metrics:
--   on_time_due         on_time in % by promise; higher is better; version 1, operations; the
--                       headline: open late and cancelled late count as late; promises after
--                       the as-of moment are left out even if done; undated items are counted
--                       apart
--
-- Cases:
--   due_items           records/due where outcome = on time | late completed | late
--                      open | late cancelled
--   on_time_items       records/due where outcome = on time
--   late_completed_items   records/due where outcome = late completed
--   late_open_items     records/due where outcome = late open
--   late_cancelled_items   records/due where outcome = late cancelled

with

judged as (

    select
        bucket_start(day_of(promise_at), :grain) as bucket_on,
        outcome_of(
            promise_at,
            completed_at,
            cancelled_at,
            case when left_at < :as_of then left_by end
        ) as outcome
    from item_stays
    where
        entered_at < :as_of
        and (next_entered_at is null or next_entered_at >= :as_of)
        and promise_at >= :period_from
        and promise_at < :period_to
        and promise_at < :as_of

),

counted as (

    select
        bucket_on,
        count(*) as due_items,
        count(case when outcome = 'on time' then 1 end) as on_time_items,
        count(case when outcome = 'late completed' then 1 end) as late_completed_items,
        count(case when outcome = 'late open' then 1 end) as late_open_items,
        count(case when outcome = 'late cancelled' then 1 end) as late_cancelled_items
    from judged
    where outcome <> 'cancelled before due'
    group by bucket_on

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
    coalesce(counted.due_items, 0) as due_items,
    coalesce(counted.on_time_items, 0) as on_time_items,
    coalesce(counted.late_completed_items, 0) as late_completed_items,
    coalesce(counted.late_open_items, 0) as late_open_items,
    coalesce(counted.late_cancelled_items, 0) as late_cancelled_items,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until)
        as is_partial
from buckets
left join counted
    on buckets.bucket_on = counted.bucket_on
order by buckets.bucket_on
