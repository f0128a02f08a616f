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
-- Cases:
--   due_items           records/due where outcome = on time | late completed | late
--                      open | late cancelled
--   on_time_items       records/due where outcome = on time
--   late_completed_items   records/due where outcome = late completed
--   late_open_items     records/due where outcome = late open
--   late_cancelled_items   records/due where outcome = late cancelled

with

promises as (

    select
        *,
        coalesce(first_due_at, due_at) as promise_at
    from item_stays
    where
        entered_at < :as_of
        and (next_entered_at is null or next_entered_at >= :as_of)

),

judged as (

    select
        bucket_start(day_of(promise_at), :grain) as bucket_on,
        case
            when cancelled_at <= promise_at then 'cancelled before due'
            when completed_at <= promise_at then 'on time'
            when completed_at < :as_of then 'late completed'
            when cancelled_at < :as_of then 'late cancelled'
            else 'late open'
        end as outcome
    from promises
    where
        promise_at >= :period_from
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

)

select
    bucket_on,
    due_items,
    on_time_items,
    late_completed_items,
    late_open_items,
    late_cancelled_items,
    bucket_on < :period_start
    or bucket_end(bucket_on, :grain) > :period_end
    or bucket_end(bucket_on, :grain) > day_of(:as_of) as is_partial
from counted
order by bucket_on
