-- Time to find a document
-- How long does it take to find a document that is asked for?
--
-- One row, over the documents found in the period. Requests that wait are in no percentile.
--
-- Parameters:
--   period_from         found, or asked for and not found, from this instant on
--   period_to           the same before this instant
--   as_of               facts before this instant count
--
-- Columns:
--   retrieved_items     documents asked for and found
--   retrieval_work_hours_p50   half took no longer from the request, in working hours
--   retrieval_work_hours_p85   85 of 100 took no longer
--   retrieval_work_hours_p95   95 of 100 took no longer
--   retrieval_hours_p50   the same in hours round the clock
--   retrieval_hours_p85   85 of 100 took no longer
--   waiting_items       open and not found yet, asked for at any time
--   not_found_items     asked for in the period, and ended without being found
--   negative_items      found before they were asked for: faults, left out
--
-- Percentiles:
--   retrieval_work_hours_p50   retrieved_items
--   retrieval_work_hours_p85   retrieved_items
--   retrieval_work_hours_p95   retrieved_items
--   retrieval_hours_p50   retrieved_items
--   retrieval_hours_p85   retrieved_items
--
-- Metrics:
--   retrieval_time      retrieval_work_hours_p50 in working hours by found_at; lower is better;
--                       version 1, operations; requests that wait are counted apart
--
-- Cases:
--   retrieved_items     records/document_management where is_retrieved = true
--   waiting_items       records/document_management where request_state = waiting
--   not_found_items     records/document_management where is_requested = true,
--                       request_state = not found
--   negative_items      records/document_management where is_negative = true

with

requests as (

    select
        item_stays.calendar,
        coalesce(item_stays.left_at < :as_of, false) as is_ended,
        case
            when ext_document_management.requested_at < :as_of
                then ext_document_management.requested_at
        end as requested_at,
        case
            when ext_document_management.found_at < :as_of then ext_document_management.found_at
        end as found_at
    from ext_document_management
    inner join item_stays
        on ext_document_management.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_document_management.requested_at < :as_of

),

timed as (

    select
        requests.*,
        hours_between(requests.requested_at, requests.found_at) as retrieval_hours,
        (
            clock_at(
                requests.found_at,
                found_day.minutes_before,
                found_day.w1_from,
                found_day.w1_to,
                found_day.w2_from,
                found_day.w2_to,
                found_day.w3_from,
                found_day.w3_to
            )
            - clock_at(
                requests.requested_at,
                request_day.minutes_before,
                request_day.w1_from,
                request_day.w1_to,
                request_day.w2_from,
                request_day.w2_to,
                request_day.w3_from,
                request_day.w3_to
            )
        ) / 3600.0 as retrieval_work_hours
    from requests
    left join calendar_days as request_day
        on
            requests.calendar = request_day.calendar
            and requests.requested_at >= request_day.starts_at
            and requests.requested_at < request_day.ends_at
    left join calendar_days as found_day
        on
            requests.calendar = found_day.calendar
            and requests.found_at >= found_day.starts_at
            and requests.found_at < found_day.ends_at

)
,

judged as (

    select
        is_ended,
        found_at is null as is_missing,
        requested_at >= :period_from and requested_at < :period_to as is_requested,
        found_at >= :period_from
        and found_at < :period_to
        and retrieval_hours >= 0 as is_retrieved,
        found_at >= :period_from
        and found_at < :period_to
        and retrieval_hours < 0 as is_negative,
        retrieval_hours,
        retrieval_work_hours
    from timed

)

select
    count(case when is_retrieved then 1 end) as retrieved_items,
    percentile(0.5, case when is_retrieved then retrieval_work_hours end)
        as retrieval_work_hours_p50,
    percentile(0.85, case when is_retrieved then retrieval_work_hours end)
        as retrieval_work_hours_p85,
    percentile(0.95, case when is_retrieved then retrieval_work_hours end)
        as retrieval_work_hours_p95,
    percentile(0.5, case when is_retrieved then retrieval_hours end) as retrieval_hours_p50,
    percentile(0.85, case when is_retrieved then retrieval_hours end) as retrieval_hours_p85,
    count(case when is_missing and not is_ended then 1 end) as waiting_items,
    count(case when is_missing and is_ended and is_requested then 1 end) as not_found_items,
    count(case when is_negative then 1 end) as negative_items
from judged
order by retrieved_items
