-- On time, closed work only
-- How often was completed work on time, as tools that forget open work count it?
--
-- One row per day, week or month with a completed item that has a due date.
--
-- Parameters:
--   period_start        first day of completions counted
--   period_end          first day no longer counted
--   period_from         the same as an instant
--   period_to           the same as an instant
--   as_of               completions before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the completion
--   closed_items        completed items with a due date in force
--   closed_on_time_items   those completed by it; late open items are forgotten here
--   is_partial          the period or the as-of moment cuts this day, week or month
--
-- Rates:
--   on_time_closed      closed_on_time_items / closed_items
--
-- Metrics:
--   on_time_closed      on_time_closed in % by completion; higher is better; version 1,
--                       operations; for reconciliation alone and always so labelled: it
--                       forgets what is late and open; never a target
--
-- Cases:
--   closed_items        records/completed where is_dated = true
--   closed_on_time_items   records/completed where is_closed_on_time = true

with

closed as (

    select
        bucket_start(day_of(completed_at), :grain) as bucket_on,
        count(*) as closed_items,
        count(case when completed_at <= due_at then 1 end) as closed_on_time_items
    from item_stays
    where
        due_at is not null
        and completed_at >= :period_from
        and completed_at < :period_to
        and completed_at < :as_of
        and (next_entered_at is null or next_entered_at >= :as_of)
    group by bucket_start(day_of(completed_at), :grain)

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
    coalesce(closed.closed_items, 0) as closed_items,
    coalesce(closed.closed_on_time_items, 0) as closed_on_time_items,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until)
        as is_partial
from buckets
left join closed
    on buckets.bucket_on = closed.bucket_on
order by buckets.bucket_on
