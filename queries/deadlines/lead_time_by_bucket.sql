-- Lead time over time
-- Does work take longer than it did?
--
-- One row per day, week or month with a completion.
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
--   completed_items     completed items whose time counts
--   negative_items      completed before they were received: faults, left out of the
--                      times
--   lead_work_hours_p50   working hours from receipt to completion, pauses taken out: half
--                       took no longer
--   lead_work_hours_p85   85 of 100 took no longer
--   lead_work_hours_p95   95 of 100 took no longer
--   lead_hours_p50      the same in hours round the clock, pauses included
--   lead_hours_p85      85 of 100 took no longer
--   lead_hours_p95      95 of 100 took no longer
--   is_partial          the period or the as-of moment cuts this day, week or month
--
-- Percentiles:
--   lead_work_hours_p50   completed_items
--   lead_work_hours_p85   completed_items
--   lead_work_hours_p95   completed_items
--   lead_hours_p50      completed_items
--   lead_hours_p85      completed_items
--   lead_hours_p95      completed_items
--
-- Metrics:
--   lead_time         lead_work_hours_p50
--
-- Cases:
--   completed_items     records/completed where is_negative = false
--   negative_items      records/completed where is_negative = true

with

times as (

    select
        bucket_start(day_of(item_stays.completed_at), :grain) as bucket_on,
        hours_between(item_stays.received_at, item_stays.completed_at) as lead_hours,
        (
            item_stays.completed_clock
            - item_stays.received_clock
            - coalesce(item_stages.paused_before, 0)
        ) / 3600.0 as lead_work_hours
    from item_stays
    left join item_stages
        on
            item_stays.item_id = item_stages.item_id
            and item_stages.entered_at < :as_of
            and (item_stages.left_at is null or item_stages.left_at >= :as_of)
    where
        item_stays.completed_at >= :period_from
        and item_stays.completed_at < :period_to
        and item_stays.completed_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)

),

measured as (

    select
        bucket_on,
        count(case when lead_hours >= 0 then 1 end) as completed_items,
        count(case when lead_hours < 0 then 1 end) as negative_items,
        percentile(0.5, case when lead_hours >= 0 then lead_work_hours end)
            as lead_work_hours_p50,
        percentile(0.85, case when lead_hours >= 0 then lead_work_hours end)
            as lead_work_hours_p85,
        percentile(0.95, case when lead_hours >= 0 then lead_work_hours end)
            as lead_work_hours_p95,
        percentile(0.5, case when lead_hours >= 0 then lead_hours end)
            as lead_hours_p50,
        percentile(0.85, case when lead_hours >= 0 then lead_hours end)
            as lead_hours_p85,
        percentile(0.95, case when lead_hours >= 0 then lead_hours end)
            as lead_hours_p95
    from times
    group by bucket_on

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
    coalesce(measured.completed_items, 0) as completed_items,
    coalesce(measured.negative_items, 0) as negative_items,
    measured.lead_work_hours_p50,
    measured.lead_work_hours_p85,
    measured.lead_work_hours_p95,
    measured.lead_hours_p50,
    measured.lead_hours_p85,
    measured.lead_hours_p95,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until)
        as is_partial
from buckets
left join measured
    on buckets.bucket_on = measured.bucket_on
order by buckets.bucket_on
