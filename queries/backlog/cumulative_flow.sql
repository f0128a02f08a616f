-- Cumulative flow
-- Where does work gather?
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
--   stage_number     1, 2, ... in the order in which items usually reach the statuses: by
--                    the median calendar time from receipt to first entry
--   status           status; Received and Ended where the source tells no statuses
--   cumulative_items  of the items open at some time in the period, those that had entered
--                    the status by the end of the day, week or month; going back and forth
--                    counts once, so this never falls

with

touched as (

    select
        item_id,
        min(received_at) as received_at,
        max(left_at) as ended_at,
        count(*) - count(left_at) as open_stays
    from item_stays
    where
        entered_at < :as_of
        and entered_at < :period_to
        and (left_at is null or left_at >= :period_from)
    group by item_id

),

told as (

    select
        item_id,
        to_status as status,
        min(event_at) as entered_at
    from work_events
    where
        to_status is not null
        and to_status is distinct from from_status
        and event_at < :as_of
        and event_at < :period_to
        and event_at >= (select min(received_at) from touched)
        and item_id in (select item_id from touched)
    group by item_id, to_status

),

entries as (

    select
        told.status,
        told.entered_at,
        hours_between(touched.received_at, told.entered_at) as after_hours
    from told
    inner join touched
        on told.item_id = touched.item_id

    union all

    select
        'Received' as status,
        received_at as entered_at,
        0 as after_hours
    from touched
    where not exists (select item_id from told)

    union all

    select
        'Ended' as status,
        ended_at as entered_at,
        hours_between(received_at, ended_at) as after_hours
    from touched
    where
        not exists (select item_id from told)
        and open_stays = 0
        and ended_at < :as_of
        and ended_at < :period_to

),

delays as (

    select
        status,
        percentile(0.5, after_hours) as after_hours_p50
    from entries
    group by status

),

stages as (

    select
        status,
        row_number() over (order by after_hours_p50, status) as stage_number
    from delays

),

dated as (

    select
        status,
        case when entered_at < :period_from then :period_start else day_of(entered_at) end
            as entered_on
    from entries

),

counted as (

    select
        status,
        bucket_start(entered_on, :grain) as bucket_on,
        count(*) as new_items
    from dated
    group by status, bucket_start(entered_on, :grain)

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
    stages.stage_number,
    stages.status,
    cast(
        coalesce(
            sum(counted.new_items) over (
                partition by stages.status
                order by buckets.bucket_on
            ),
            0
        ) as bigint
    ) as cumulative_items
from buckets
cross join stages
left join counted
    on
        buckets.bucket_on = counted.bucket_on
        and stages.status = counted.status
order by buckets.bucket_on, stages.stage_number
