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
--   passed_by = 0    percent of the ended items that have been in a status for it to be
--                    shown: a gap between statuses that not all pass is no queue
--
-- Columns:
--   bucket_on        first day of the day, week or month
--   stage_number     1, 2, ... in the order in which items usually reach the statuses: by
--                    the median calendar time from receipt to first entry
--   status           status; Received and Ended where the source tells no statuses
--   cumulative_items  of the items open at some time in the period, those that had entered
--                    the status by the end of the day, week or month; going back and forth
--                    counts once, so this never falls
--
-- Cases:
--   cumulative_items  records/entries up to bucket_on

with

touched as (

    select item_id
    from item_stages
    where
        is_open
        and entered_at < :as_of
        and entered_at < :period_to
        and (left_at is null or left_at >= :period_from)
    group by item_id

),

named as (

    select
        item_id,
        received_at,
        entered_at,
        is_open,
        coalesce(status, case when is_open then 'Received' else 'Ended' end) as status
    from item_stages
    where
        entered_at < :as_of
        and entered_at < :period_to
        and item_id in (select touched.item_id from touched)

),

entries as (

    select
        item_id,
        status,
        min(entered_at) as entered_at,
        min(hours_between(received_at, entered_at)) as after_hours
    from named
    group by item_id, status

),

delays as (

    select
        status,
        percentile(0.5, after_hours) as after_hours_p50
    from entries
    group by status

),

ended as (

    select item_id
    from named
    where not is_open
    group by item_id

),

passed as (

    select
        entries.status,
        count(ended.item_id) as ended_items
    from entries
    left join ended
        on entries.item_id = ended.item_id
    group by entries.status

),

stages as (

    select
        delays.status,
        row_number() over (order by delays.after_hours_p50, delays.status) as stage_number
    from delays
    inner join passed
        on delays.status = passed.status
    where
        100 * passed.ended_items >= :passed_by * (select count(*) from ended)

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
