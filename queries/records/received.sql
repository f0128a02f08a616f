-- Received items
-- Which items arrived in the period, and are they done?
--
-- One row per item received in the period.
--
-- Parameters:
--   period_from         receipts from this instant on
--   period_to           receipts before this instant
--   as_of               facts before this instant count
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
--   status              status now
--   received_at         first arrival
--   first_due_at        first promise
--   due_at              promise in force
--   completed_at        done, in force
--   cancelled_at        ended without being done, in force
--   bucket_on           first day of the day, week or month of the receipt
--   is_completed        completed before the as-of moment

select
    item_id,
    department,
    team,
    employee,
    work_type,
    priority,
    channel,
    client,
    status,
    received_at,
    first_due_at,
    due_at,
    case when completed_at < :as_of then completed_at end as completed_at,
    case when cancelled_at < :as_of then cancelled_at end as cancelled_at,
    bucket_start(day_of(received_at), :grain) as bucket_on,
    coalesce(completed_at < :as_of, false) as is_completed
from item_stays
where
    received_at >= :period_from
    and received_at < :period_to
    and entered_at < :as_of
    and (next_entered_at is null or next_entered_at >= :as_of)
order by received_at, item_id
