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
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the completion
--   completed_items     completed items whose time counts
--   negative_items      completed before they were received: faults, left out of the
--                      times
--   lead_hours_p50      hours round the clock from receipt to completion: half took no
--                      longer
--   lead_hours_p85      85 of 100 took no longer
--   lead_hours_p95      95 of 100 took no longer
--   is_partial          the period or the as-of moment cuts this day, week or month
--
-- Percentiles:
--   lead_hours_p50      completed_items
--   lead_hours_p85      completed_items
--   lead_hours_p95      completed_items
--
-- Cases:
--   completed_items     records/completed where is_negative = false
--   negative_items      records/completed where is_negative = true

with

times as (

    select
        bucket_start(day_of(completed_at), :grain) as bucket_on,
        hours_between(received_at, completed_at) as lead_hours
    from item_stays
    where
        completed_at >= :period_from
        and completed_at < :period_to
        and completed_at < :as_of
        and (next_entered_at is null or next_entered_at >= :as_of)

),

measured as (

    select
        bucket_on,
        count(case when lead_hours >= 0 then 1 end) as completed_items,
        count(case when lead_hours < 0 then 1 end) as negative_items,
        percentile(0.5, case when lead_hours >= 0 then lead_hours end)
            as lead_hours_p50,
        percentile(0.85, case when lead_hours >= 0 then lead_hours end)
            as lead_hours_p85,
        percentile(0.95, case when lead_hours >= 0 then lead_hours end)
            as lead_hours_p95
    from times
    group by bucket_on

)

select
    bucket_on,
    completed_items,
    negative_items,
    lead_hours_p50,
    lead_hours_p85,
    lead_hours_p95,
    bucket_on < :period_start
    or bucket_end(bucket_on, :grain) > :period_end
    or bucket_end(bucket_on, :grain) > day_of(:as_of) as is_partial
from measured
order by bucket_on
