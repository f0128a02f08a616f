-- Lead time
-- How long does work take from receipt to completion?
--
-- One row, over the items completed in the period. Times of completed items alone are
-- too short while work is waiting, so items received and not completed stand beside.
--
-- Parameters:
--   period_from         completions and receipts from this instant on
--   period_to           completions and receipts before this instant
--   as_of               facts before this instant count
--
-- Columns:
--   completed_items     completed items whose time counts
--   negative_items      completed before they were received: faults, left out of the
--                      times
--   not_completed_items   received in the period and not completed, cancelled ones too
--   lead_work_hours_p50   working hours from receipt to completion, pauses taken out: half
--                       took no longer
--   lead_work_hours_p85   85 of 100 took no longer
--   lead_work_hours_p95   95 of 100 took no longer
--   lead_hours_p50      the same in hours round the clock, pauses included
--   lead_hours_p85      85 of 100 took no longer
--   lead_hours_p95      95 of 100 took no longer
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
--   lead_time           lead_work_hours_p50 in working hours by completion; lower is better;
--                       version 1, operations; of completed items alone it is too short:
--                       lead_time_km stands beside; completed before received is left out and
--                       counted
--
-- Cases:
--   completed_items     records/completed where is_negative = false
--   negative_items      records/completed where is_negative = true
--   not_completed_items   records/received where is_completed = false

with

times as (

    select
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

),

waiting as (

    select count(*) as not_completed_items
    from item_stays
    where
        received_at >= :period_from
        and received_at < :period_to
        and entered_at < :as_of
        and (next_entered_at is null or next_entered_at >= :as_of)
        and (completed_at is null or completed_at >= :as_of)

)

select
    measured.completed_items,
    measured.negative_items,
    waiting.not_completed_items,
    measured.lead_work_hours_p50,
    measured.lead_work_hours_p85,
    measured.lead_work_hours_p95,
    measured.lead_hours_p50,
    measured.lead_hours_p85,
    measured.lead_hours_p95
from measured
cross join waiting
order by measured.completed_items
