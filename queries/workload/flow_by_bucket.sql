-- Received and completed
-- How much work comes in, and how much goes out?
--
-- One row per day, week or month of the period.
--
-- Parameters:
--   period_start        first day counted
--   period_end          first day no longer counted
--   period_from         the instant at which the first day begins
--   period_to           the instant at which the last day ends
--   as_of               movements before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month
--   received_items      items that arrived for the first time
--   completed_items     completions; a later reopening does not undo one
--   cancelled_items     items ended without being done
--   reopened_items      items that came back after their end
--   transferred_in_items   open items taken over from another team
--   transferred_out_items  open items passed on to another team
--   net_flow_items      all that came less all that went; below zero the backlog falls
--   is_partial          the period or the as-of moment cuts this day, week or month
--
-- Metrics:
--   received            received_items in items by receipt; neither is better; version 1,
--                       operations; a reopening is no receipt; a bulk load keeps the first
--                       receipt
--   completed           completed_items in items by completion; neither is better; version 1,
--                       operations; a later reopening does not undo it; completed less
--                       reopened is the net
--   net_flow            net_flow_items in items by movement; lower is better; version 1,
--                       operations; the department is that at the movement, not the one of
--                       today; passing on closed items does not count
--
-- Cases:
--   received_items      records/flow where movement = received
--   completed_items     records/flow where movement = completed
--   cancelled_items     records/flow where movement = cancelled
--   reopened_items      records/flow where movement = reopened
--   transferred_in_items   records/flow where movement = transferred in
--   transferred_out_items  records/flow where movement = transferred out

with

movements as (

    select
        entered_by as arrival,
        null as departure,
        day_of(entered_at) as moved_on
    from item_stays
    where
        entered_at >= :period_from
        and entered_at < :period_to
        and entered_at < :as_of

    union all

    select
        null as arrival,
        left_by as departure,
        day_of(left_at) as moved_on
    from item_stays
    where
        left_at >= :period_from
        and left_at < :period_to
        and left_at < :as_of

),

counted as (

    select
        bucket_start(moved_on, :grain) as bucket_on,
        count(case when arrival = 'received' then 1 end) as received_items,
        count(case when departure = 'completed' then 1 end) as completed_items,
        count(case when departure = 'cancelled' then 1 end) as cancelled_items,
        count(case when arrival = 'reopened' then 1 end) as reopened_items,
        count(case when arrival = 'transferred' then 1 end) as transferred_in_items,
        count(case when departure = 'transferred' then 1 end) as transferred_out_items,
        count(arrival) - count(departure) as net_flow_items
    from movements
    group by bucket_start(moved_on, :grain)

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
    coalesce(counted.received_items, 0) as received_items,
    coalesce(counted.completed_items, 0) as completed_items,
    coalesce(counted.cancelled_items, 0) as cancelled_items,
    coalesce(counted.reopened_items, 0) as reopened_items,
    coalesce(counted.transferred_in_items, 0) as transferred_in_items,
    coalesce(counted.transferred_out_items, 0) as transferred_out_items,
    coalesce(counted.net_flow_items, 0) as net_flow_items,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until) as is_partial
from buckets
left join counted
    on buckets.bucket_on = counted.bucket_on
order by buckets.bucket_on
