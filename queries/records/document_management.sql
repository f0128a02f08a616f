-- Documents and requests
-- Which documents were asked for or found, which expire, and which retention actions are open?
--
-- One row per item of Document Management that was asked for or found in the period, waits to be
-- found, has a day of expiry, or is an open retention action.
--
-- Parameters:
--   period_from         requests and finds from this instant on
--   period_to           requests and finds before this instant
--   as_of               facts before this instant count; days count from its day
--   grain = week        day, week or month that bucket_on starts
--
-- Columns:
--   item_id             the item
--   department          department that answers for it
--   team                team that has it, or had it last
--   employee            person it is assigned to
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   client              for whom
--   received_at         first arrival
--   requested_at        asked for
--   is_requested        that was in the period
--   found_at            found and handed out
--   request_state       found, waiting, or not found: the item ended without
--   is_retrieved        found in the period
--   bucket_on           first day of the day, week or month of the find
--   retrieval_hours     hours round the clock from the request to the find
--   retrieval_work_hours   the same in working hours
--   is_negative         found in the period, before it was asked for: a fault
--   is_judged           it is told whether the document was where it belonged
--   is_misfiled         it was not
--   expires_on          day from which it is no longer valid
--   expiry_band         expired, or days left in bands; empty for cancelled items
--   retention_due       day by which the item, a retention action, has to be done
--   is_retention_action   an open retention action
--   retention_state     overdue, due within 30 days, due later, or on legal hold
--   days_overdue        days since retention_due, of what is overdue

with

stood as (

    select
        item_stays.*,
        coalesce(item_stays.left_at < :as_of, false) as is_ended,
        coalesce(item_stays.cancelled_at < :as_of, false) as is_cancelled,
        case
            when ext_document_management.requested_at < :as_of
                then ext_document_management.requested_at
        end as requested_at,
        case
            when ext_document_management.found_at < :as_of then ext_document_management.found_at
        end as found_at,
        ext_document_management.misfiled,
        ext_document_management.expires_on,
        ext_document_management.retention_due,
        coalesce(ext_document_management.legal_hold, false) as is_held,
        days_between(day_of(:as_of), ext_document_management.expires_on) as days_to_expiry,
        days_between(day_of(:as_of), ext_document_management.retention_due) as days_to_action
    from ext_document_management
    inner join item_stays
        on ext_document_management.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)

),

timed as (

    select
        stood.*,
        hours_between(stood.requested_at, stood.found_at) as retrieval_hours,
        (
            clock_at(
                stood.found_at,
                found_day.minutes_before,
                found_day.w1_from,
                found_day.w1_to,
                found_day.w2_from,
                found_day.w2_to,
                found_day.w3_from,
                found_day.w3_to
            )
            - clock_at(
                stood.requested_at,
                request_day.minutes_before,
                request_day.w1_from,
                request_day.w1_to,
                request_day.w2_from,
                request_day.w2_to,
                request_day.w3_from,
                request_day.w3_to
            )
        ) / 3600.0 as retrieval_work_hours
    from stood
    left join calendar_days as request_day
        on
            stood.calendar = request_day.calendar
            and stood.requested_at >= request_day.starts_at
            and stood.requested_at < request_day.ends_at
    left join calendar_days as found_day
        on
            stood.calendar = found_day.calendar
            and stood.found_at >= found_day.starts_at
            and stood.found_at < found_day.ends_at

)
,

judged as (

    select
        *,
        coalesce(requested_at >= :period_from and requested_at < :period_to, false)
            as is_requested,
        coalesce(
            found_at >= :period_from
            and found_at < :period_to
            and requested_at is not null,
            false
        ) as is_found,
        case
            when requested_at is null then null
            when found_at is not null then 'found'
            when is_ended then 'not found'
            else 'waiting'
        end as request_state,
        case
            when is_cancelled or expires_on is null then null
            when days_to_expiry <= 0 then 'expired'
            when days_to_expiry <= 30 then 'within 30 days'
            when days_to_expiry <= 60 then '31 to 60 days'
            when days_to_expiry <= 90 then '61 to 90 days'
            else 'later'
        end as expiry_band,
        case
            when is_ended or retention_due is null then null
            when is_held then 'on legal hold'
            when days_to_action < 0 then 'overdue'
            when days_to_action <= 30 then 'due within 30 days'
            else 'due later'
        end as retention_state
    from timed

)

select
    item_id,
    department,
    team,
    employee,
    work_type,
    priority,
    channel,
    client,
    received_at,
    requested_at,
    is_requested,
    found_at,
    request_state,
    is_found and retrieval_hours >= 0 as is_retrieved,
    bucket_start(day_of(found_at), :grain) as bucket_on,
    retrieval_hours,
    retrieval_work_hours,
    is_found and retrieval_hours < 0 as is_negative,
    misfiled is not null as is_judged,
    coalesce(misfiled, false) as is_misfiled,
    expires_on,
    expiry_band,
    retention_due,
    retention_state is not null as is_retention_action,
    retention_state,
    case when retention_state = 'overdue' then -days_to_action end as days_overdue
from judged
where
    is_requested
    or is_found
    or request_state = 'waiting'
    or expiry_band is not null
    or retention_state is not null
order by received_at, item_id
