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
--                    the median calendar time from receipt to first entry; Received is
--                    first and Ended last
--   status           status while open; Received for all items, shown unless they all enter
--                    another status at that very moment; Ended for all that ended, done or
--                    cancelled, whatever their status then
--   cumulative_items  of the items open at some time in the period, or ended in it at the
--                    moment of their receipt, those that had entered the status by the end
--                    of the day, week or month; going back and forth counts once, so this
--                    never falls
--
-- Cases:
--   cumulative_items  records/entries up to bucket_on

with

touched as (

    select item_id
    from item_stages
    where
        entered_at < :as_of
        and entered_at < :period_to
        and (left_at is null or left_at >= :period_from)
        and (is_open or (entered_at = received_at and entered_at >= :period_from))
    group by item_id

),

seen as (

    select
        item_id,
        received_at,
        entered_at,
        is_open,
        status
    from item_stages
    where
        entered_at < :as_of
        and entered_at < :period_to
        and item_id in (select touched.item_id from touched)

),

named as (

    select
        item_id,
        received_at,
        entered_at,
        'Received' as status
    from seen
    union all
    select
        item_id,
        received_at,
        entered_at,
        'Ended' as status
    from seen
    where not is_open
    union all
    select
        item_id,
        received_at,
        entered_at,
        status
    from seen
    where
        is_open
        and status is not null

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

-- The statuses that all items enter at receipt, of which Received would be a repetition.
firsts as (

    select entries.status
    from entries
    inner join entries as receipts
        on
            entries.item_id = receipts.item_id
            and entries.entered_at = receipts.entered_at
    where
        receipts.status = 'Received'
        and entries.status not in ('Received', 'Ended')
    group by entries.status
    having count(*) = (select count(*) from touched)

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
    from seen
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
        row_number() over (
            order by
                case delays.status when 'Received' then 1 when 'Ended' then 3 else 2 end,
                delays.after_hours_p50,
                delays.status
        ) as stage_number
    from delays
    inner join passed
        on delays.status = passed.status
    where
        100 * passed.ended_items >= :passed_by * (select count(*) from ended)
        and (delays.status <> 'Received' or not exists (select 1 from firsts))

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
