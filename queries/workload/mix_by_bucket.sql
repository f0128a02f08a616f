-- Is received work heavier than before?
-- Does an item that comes take more hours than one did before?
--
-- One row per day, week or month of the period.
--
-- Parameters:
--   period_start     first day counted; the base period is the equally long one before
--   period_end       first day no longer counted
--   as_of            receipts before this instant count
--   told_until       moment up to which the data tells what happened
--   grain = week     day, week or month
--
-- Columns:
--   bucket_on        first day of the day, week or month
--   received_items   items that arrived for the first time
--   standard_hours   their standard hours
--   expected_hours   their standard hours if each took as long as an item of the base
--                    period did on average; items without a standard are in neither
--   is_partial       the period or the as-of moment cuts this day, week or month
--
-- Ratios:
--   mix_index        standard_hours / expected_hours
--
-- Metrics:
--   mix_index           mix_index in a ratio by receipt; neither is better; version 1,
--                       operations; the base period is the equally long one before; items
--                       without a standard are left out of both
--   received          received_items
--
-- Cases:
--   received_items   records/flow where movement = received

with

receipts as (

    select
        day_of(entered_at) as received_on,
        standard_minutes
    from item_stays
    where
        entered_by = 'received'
        and entered_at < :as_of

),

base as (

    select sum(standard_minutes) / 60 / nullif(count(standard_minutes), 0) as hours_per_item
    from receipts
    where
        received_on >= days_after(:period_start, -days_between(:period_start, :period_end))
        and received_on < :period_start

),

counted as (

    select
        bucket_start(received_on, :grain) as bucket_on,
        count(*) as received_items,
        count(standard_minutes) as measured_items,
        sum(standard_minutes) / 60 as standard_hours
    from receipts
    where
        received_on >= :period_start
        and received_on < :period_end
    group by bucket_start(received_on, :grain)

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
    case when counted.bucket_on is null then 0 else counted.standard_hours end
        as standard_hours,
    coalesce(counted.measured_items, 0) * base.hours_per_item as expected_hours,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until) as is_partial
from buckets
left join counted
    on buckets.bucket_on = counted.bucket_on
cross join base
order by buckets.bucket_on
