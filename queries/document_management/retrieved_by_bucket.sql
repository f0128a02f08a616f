-- Documents found and misfiled
-- Are documents found fast, and where they belong?
--
-- One row per day, week or month in which documents were found.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         found from this instant on
--   period_to           found before this instant
--   as_of               facts before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the find
--   retrieved_items     documents asked for and found
--   retrieval_work_hours_p50   working hours from the request to that: half took no longer
--   retrieval_work_hours_p85   85 of 100 took no longer
--   judged_items        of the retrieved, those of which it is told where they were
--   misfiled_items      of these, not where they belonged; lower is better
--   is_partial          the period or the end of the data cuts it
--
-- Rates:
--   misfiled            misfiled_items / judged_items
--
-- Percentiles:
--   retrieval_work_hours_p50   retrieved_items
--   retrieval_work_hours_p85   retrieved_items
--
-- Metrics:
--   retrieval_time      retrieval_work_hours_p50
--   misfiled            misfiled in % by found_at; lower is better; version 1, operations;
--                       of the documents retrieved; what was never asked for is not known
--
-- Cases:
--   retrieved_items     records/document_management where is_retrieved = true
--   judged_items        records/document_management where is_retrieved = true, is_judged = true
--   misfiled_items      records/document_management where is_retrieved = true, is_misfiled = true

with

requests as (

    select
        item_stays.calendar,
        ext_document_management.misfiled,
        ext_document_management.requested_at,
        ext_document_management.found_at
    from ext_document_management
    inner join item_stays
        on ext_document_management.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_document_management.found_at >= :period_from
        and ext_document_management.found_at < :period_to
        and ext_document_management.found_at < :as_of
        and ext_document_management.requested_at <= ext_document_management.found_at

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

counted as (

    select
        bucket_start(day_of(found_at), :grain) as bucket_on,
        count(*) as retrieved_items,
        percentile(0.5, retrieval_work_hours) as retrieval_work_hours_p50,
        percentile(0.85, retrieval_work_hours) as retrieval_work_hours_p85,
        count(misfiled) as judged_items,
        count(case when misfiled then 1 end) as misfiled_items
    from timed
    group by bucket_start(day_of(found_at), :grain)

)

select
    bucket_on,
    retrieved_items,
    retrieval_work_hours_p50,
    retrieval_work_hours_p85,
    judged_items,
    misfiled_items,
    is_cut(bucket_on, :grain, :period_start, :period_end, :told_until) as is_partial
from counted
order by bucket_on
