-- Items
-- Which items did the period touch?
--
-- One row per item received before the as-of moment that was received, completed, cancelled
-- or due in the period, or is open at the as-of moment.
--
-- Parameters:
--   period_from       first instant of the period
--   period_to         first instant no longer in it
--   as_of             items received before this instant
--
-- Columns:
--   item_id           the item
--   department        department that answers for it
--   team              team that has it, or had it last
--   employee          person it is assigned to
--   work_type         kind of work
--   priority          priority
--   channel           how it came in
--   client            for whom
--   status            status now
--   received_at       first arrival
--   started_at        first work on it
--   first_due_at      first promise
--   due_at            promise in force
--   completed_at      done, in force
--   cancelled_at      ended without being done, in force
--   standard_minutes  standard time for one such item
--   handling_minutes  time really spent
--   amount            money it is about

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
    started_at,
    first_due_at,
    due_at,
    case when completed_at < :as_of then completed_at end as completed_at,
    case when cancelled_at < :as_of then cancelled_at end as cancelled_at,
    standard_minutes,
    handling_minutes,
    amount
from item_stays
where
    entered_at < :as_of
    and (next_entered_at is null or next_entered_at >= :as_of)
    and (
        (received_at >= :period_from and received_at < :period_to)
        or (
            completed_at >= :period_from
            and completed_at < :period_to
            and completed_at < :as_of
        )
        or (
            cancelled_at >= :period_from
            and cancelled_at < :period_to
            and cancelled_at < :as_of
        )
        or (due_at >= :period_from and due_at < :period_to)
        or (first_due_at >= :period_from and first_due_at < :period_to)
        or left_at is null
        or left_at >= :as_of
    )
order by received_at, item_id
