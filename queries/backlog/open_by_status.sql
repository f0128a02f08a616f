-- Open items by status
-- What is open, and where does it stand?
--
-- One row per day, week or month of the period and status.
--
-- Parameters:
--   period_start     first day shown
--   period_end       first day no longer shown
--   period_from      the first day as an instant
--   period_to        the end as an instant
--   as_of            facts before this instant count
--   grain = week     day, week or month
--
-- Columns:
--   bucket_on        first day of the day, week or month
--   status           status at its end, as last told; unknown where none was
--   open_items       items open at its end; in the last at the end of the period or at the
--                    as-of moment
--   until_at         moment at which they are open
--
-- Cases:
--   open_items       records/open as of until_at

with

movements as (

    select
        status,
        entered_at as moved_at,
        1 as step
    from item_stages
    where
        is_open
        and entered_at < :as_of
        and entered_at < :period_to
        and (left_at is null or left_at >= :period_from)

    union all

    select
        status,
        left_at as moved_at,
        -1 as step
    from item_stages
    where
        is_open
        and left_at < :as_of
        and left_at < :period_to
        and left_at >= :period_from

),

dated as (

    select
        coalesce(status, 'unknown') as status,
        step,
        case when moved_at < :period_from then :period_start else day_of(moved_at) end
            as moved_on
    from movements

),

steps as (

    select
        status,
        bucket_start(moved_on, :grain) as bucket_on,
        sum(step) as net_items
    from dated
    group by status, bucket_start(moved_on, :grain)

),

statuses as (

    select distinct status
    from steps

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
    statuses.status,
    cast(
        coalesce(
            sum(steps.net_items) over (
                partition by statuses.status
                order by buckets.bucket_on
            ),
            0
        ) as bigint
    ) as open_items,
    case when buckets.ends_at < :as_of then buckets.ends_at else :as_of end as until_at
from buckets
cross join statuses
left join steps
    on
        buckets.bucket_on = steps.bucket_on
        and statuses.status = steps.status
order by buckets.bucket_on, statuses.status
