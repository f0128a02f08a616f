-- Turnaround of outside work
-- How long does work take that outside people do, until they first deliver it?
--
-- One row per way of employment. Only what is delivered counts; hours booked are no
-- output.
--
-- Parameters:
--   period_from         deliveries from this instant on
--   period_to           deliveries before this instant
--   as_of               facts before this instant count
--
-- Columns:
--   employment          outsourced or virtual assistant, of the person who has the item
--   delivered_items     items delivered for the first time in the period
--   delivery_work_hours_p50   working hours from receipt to that: half took no longer
--   delivery_work_hours_p85   85 of 100 took no longer
--   delivery_work_hours_p95   95 of 100 took no longer
--   waiting_items       open and not delivered: their time is in no percentile
--   negative_items      delivered before they were received: faults, left out of the times
--
-- Percentiles:
--   delivery_work_hours_p50   delivered_items
--   delivery_work_hours_p85   delivered_items
--   delivery_work_hours_p95   delivered_items
--
-- Metrics:
--   turnaround          delivery_work_hours_p50 in working hours by delivered_at; lower is better;
--                       version 1, operations; receipt to first delivery; what is not delivered
--                       is counted apart
--
-- Cases:
--   delivered_items     records/outsourced where is_delivered = true
--   waiting_items       records/outsourced where is_waiting = true
--   negative_items      records/outsourced where is_negative = true

with

delivered as (

    select
        employees.employment,
        item_stays.calendar,
        item_stays.received_at,
        item_stays.received_clock,
        item_stays.left_at is null or item_stays.left_at >= :as_of as is_open,
        case when ext_outsourced.delivered_at < :as_of then ext_outsourced.delivered_at end
            as delivered_at
    from ext_outsourced
    inner join item_stays
        on ext_outsourced.item_id = item_stays.item_id
    left join employees
        on item_stays.employee = employees.employee
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and (
            (
                ext_outsourced.delivered_at >= :period_from
                and ext_outsourced.delivered_at < :period_to
            )
            or item_stays.left_at is null
            or item_stays.left_at >= :as_of
        )

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

judged as (

    select
        employment,
        delivery_work_hours,
        is_open and delivered_at is null as is_waiting,
        delivered_at >= :period_from
        and delivered_at < :period_to
        and delivered_at >= received_at as is_delivered,
        delivered_at >= :period_from
        and delivered_at < :period_to
        and delivered_at < received_at as is_negative
    from timed

)

select
    employment,
    count(case when is_delivered then 1 end) as delivered_items,
    percentile(0.5, case when is_delivered then delivery_work_hours end)
        as delivery_work_hours_p50,
    percentile(0.85, case when is_delivered then delivery_work_hours end)
        as delivery_work_hours_p85,
    percentile(0.95, case when is_delivered then delivery_work_hours end)
        as delivery_work_hours_p95,
    count(case when is_waiting then 1 end) as waiting_items,
    count(case when is_negative then 1 end) as negative_items
from judged
group by employment
having count(case when is_delivered or is_waiting or is_negative then 1 end) > 0
order by employment
