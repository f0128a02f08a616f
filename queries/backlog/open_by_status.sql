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
--   status           status at its end, by the last event before that told one; unknown
--                    where none did
--   open_items       items open at its end; in the last at the end of the period or at the
--                    as-of moment

with

stays as (

    select
        item_id,
        received_at,
        case when entered_at < :period_from then :period_from else entered_at end
            as entered_at,
        case when left_at < :as_of and left_at < :period_to then left_at end as left_at
    from item_stays
    where
        entered_at < :as_of
        and entered_at < :period_to
        and (left_at is null or left_at >= :period_from)

),

told as (

    select
        item_id,
        event_at,
        sequence,
        to_status as status
    from work_events
    where
        to_status is not null
        and to_status is distinct from from_status
        and event_at < :as_of
        and event_at < :period_to
        and event_at >= (select min(received_at) from stays)
        and item_id in (select item_id from stays)

),

spans as (

    select
        item_id,
        status,
        event_at as starts_at,
        lead(event_at) over (
            partition by item_id
            order by event_at, sequence
        ) as ends_at
    from told

    union all

    select
        stays.item_id,
        'unknown' as status,
        min(stays.entered_at) as starts_at,
        min(first_told.event_at) as ends_at
    from stays
    left join (
        select
            item_id,
            min(event_at) as event_at
        from told
        group by item_id
    ) as first_told
        on stays.item_id = first_told.item_id
    group by stays.item_id

),

in_stays as (

    select
        spans.status,
        case
            when spans.starts_at < stays.entered_at then stays.entered_at
            else spans.starts_at
        end as starts_at,
        case
            when spans.ends_at is null or stays.left_at < spans.ends_at then stays.left_at
            else spans.ends_at
        end as ends_at
    from spans
    inner join stays
        on spans.item_id = stays.item_id
    where
        (stays.left_at is null or spans.starts_at < stays.left_at)
        and (spans.ends_at is null or spans.ends_at > stays.entered_at)

),

movements as (

    select
        status,
        starts_at as moved_at,
        1 as step
    from in_stays
    where ends_at is null or ends_at > starts_at

    union all

    select
        status,
        ends_at as moved_at,
        -1 as step
    from in_stays
    where ends_at > starts_at

),

steps as (

    select
        status,
        bucket_start(day_of(moved_at), :grain) as bucket_on,
        sum(step) as net_items
    from movements
    group by status, bucket_start(day_of(moved_at), :grain)

),

statuses as (

    select distinct status
    from steps

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
    statuses.status,
    cast(
        coalesce(
            sum(steps.net_items) over (
                partition by statuses.status
                order by buckets.bucket_on
            ),
            0
        ) as bigint
    ) as open_items
from buckets
cross join statuses
left join steps
    on
        buckets.bucket_on = steps.bucket_on
        and statuses.status = steps.status
order by buckets.bucket_on, statuses.status
