-- Open items over time
-- Does the backlog grow?
--
-- One row per day, week or month of the period, up to the as-of day.
--
-- Parameters:
--   period_start     first day shown
--   period_end       first day no longer shown
--   period_from      the first day as an instant
--   period_to        the end as an instant
--   as_of            movements before this instant count
--   told_until       moment up to which the data tells what happened
--   grain = week     day, week or month
--
-- Columns:
--   bucket_on        first day of the day, week or month
--   open_items       items open at its end; in the last at the end of the period or at the
--                    as-of moment
--   until_at         moment at which they are open
--   is_partial       the period or the as-of moment cuts this day, week or month
--
-- Metrics:
--   open              open_items
--
-- Cases:
--   open_items       records/open as of until_at

with

movements as (

    select
        entered_at as moved_at,
        1 as step
    from item_stays
    where
        entered_at < :as_of
        and entered_at < :period_to

    union all

    select
        left_at as moved_at,
        -1 as step
    from item_stays
    where
        left_at < :as_of
        and left_at < :period_to

),

dated as (

    select
        step,
        case when moved_at < :period_from then :period_start else day_of(moved_at) end
            as moved_on
    from movements

),

steps as (

    select
        bucket_start(moved_on, :grain) as bucket_on,
        sum(step) as net_items
    from dated
    group by bucket_start(moved_on, :grain)

),

buckets as (

    select
        bucket_start(day, :grain) as bucket_on,
        max(ends_at) as ends_at
    from calendar_days
    where
        is_default
        and day >= :period_start
        and day < :period_end
        and day <= day_of(:as_of)
    group by bucket_start(day, :grain)

)

select
    buckets.bucket_on,
    cast(coalesce(sum(steps.net_items) over (order by buckets.bucket_on), 0) as bigint)
        as open_items,
    case when buckets.ends_at < :as_of then buckets.ends_at else :as_of end as until_at,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until) as is_partial
from buckets
left join steps
    on buckets.bucket_on = steps.bucket_on
order by buckets.bucket_on
