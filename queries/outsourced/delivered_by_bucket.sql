-- Accepted at first delivery
-- Is outside work right when it is first delivered, and does it come soon?
--
-- One row per day, week or month with a first delivery.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         deliveries from this instant on
--   period_to           deliveries before this instant
--   as_of               deliveries before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the first delivery
--   delivered_items     items delivered for the first time
--   delivery_work_hours_p50   working hours from receipt to that: half took no longer
--   delivery_work_hours_p85   85 of 100 took no longer
--   judged_items        of the delivered, those accepted or refused; the others wait for a word
--   accepted_items      of these, accepted as first delivered; higher is better
--   is_partial          the period or the end of the data cuts it
--
-- Rates:
--   accepted_first      accepted_items / judged_items
--
-- Percentiles:
--   delivery_work_hours_p50   delivered_items
--   delivery_work_hours_p85   delivered_items
--
-- Metrics:
--   turnaround          delivery_work_hours_p50
--   accepted_first      accepted_first in % by delivered_at; higher is better; version 1, quality;
--                       deliveries that nobody judged yet are out
--
-- Cases:
--   delivered_items     records/outsourced where is_delivered = true
--   judged_items        records/outsourced where is_delivered = true,
--                       acceptance = accepted | refused
--   accepted_items      records/outsourced where is_delivered = true, acceptance = accepted

with

delivered as (

    select
        item_stays.calendar,
        item_stays.received_clock,
        ext_outsourced.delivered_at,
        ext_outsourced.accepted_first
    from ext_outsourced
    inner join item_stays
        on ext_outsourced.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_outsourced.delivered_at >= :period_from
        and ext_outsourced.delivered_at < :period_to
        and ext_outsourced.delivered_at < :as_of
        and ext_outsourced.delivered_at >= item_stays.received_at

),

timed as (

    select
        delivered.*,
        (
            clock_at(
                delivered.delivered_at,
                calendar_days.minutes_before,
                calendar_days.w1_from,
                calendar_days.w1_to,
                calendar_days.w2_from,
                calendar_days.w2_to,
                calendar_days.w3_from,
                calendar_days.w3_to
            )
            - delivered.received_clock
        ) / 3600.0 as delivery_work_hours
    from delivered
    left join calendar_days
        on
            delivered.calendar = calendar_days.calendar
            and delivered.delivered_at >= calendar_days.starts_at
            and delivered.delivered_at < calendar_days.ends_at

)
,

counted as (

    select
        bucket_start(day_of(delivered_at), :grain) as bucket_on,
        count(*) as delivered_items,
        percentile(0.5, delivery_work_hours) as delivery_work_hours_p50,
        percentile(0.85, delivery_work_hours) as delivery_work_hours_p85,
        count(accepted_first) as judged_items,
        count(case when accepted_first then 1 end) as accepted_items
    from timed
    group by bucket_start(day_of(delivered_at), :grain)

)

select
    bucket_on,
    delivered_items,
    delivery_work_hours_p50,
    delivery_work_hours_p85,
    judged_items,
    accepted_items,
    is_cut(bucket_on, :grain, :period_start, :period_end, :told_until) as is_partial
from counted
order by bucket_on
