-- Promises
-- Which items were promised for the period, and were they on time?
--
-- One row per item whose promise lies in the period. The promise is the first due date
-- of an item, or else its only one.
--
-- Parameters:
--   period_from         promises from this instant on
--   period_to           promises before this instant
--   as_of               facts before this instant count; a later promise is not due yet
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
--   status              status now, whatever the as-of moment
--   received_at         first arrival
--   first_due_at        first promise
--   due_at              promise in force
--   completed_at        done, in force then
--   cancelled_at        ended without being done, in force then
--   promise_at          the promise
--   bucket_on           first day of the day, week or month of the promise
--   outcome             on time, late completed, late open, late cancelled,
--                       cancelled before due or not due yet
--   days_late           calendar days from the day of the promise to that of the
--                       completion, or of the as-of moment while open; null if not late
--                      or cancelled
--   shift_days          calendar days from the first due date to the one in force
--   is_moved            the due date in force is not the first; null without both
--   moved_by            person or policy, by the events that changed it; null where it was
--                       not moved or no event tells

with

judged as (

    select
        *,
        case when left_at < :as_of and completed_at < :as_of then completed_at end as done_at,
        case
            when promise_at >= :as_of then 'not due yet'
            else outcome_of(
                    promise_at,
                    completed_at,
                    cancelled_at,
                    case when left_at < :as_of then left_by end
                )
        end as outcome
    from item_stays
    where
        entered_at < :as_of
        and (next_entered_at is null or next_entered_at >= :as_of)
        and promise_at >= :period_from
        and promise_at < :period_to

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
    status,
    received_at,
    first_due_at,
    due_at,
    done_at as completed_at,
    case when left_at < :as_of and cancelled_at < :as_of then cancelled_at end
        as cancelled_at,
    promise_at,
    bucket_start(day_of(promise_at), :grain) as bucket_on,
    outcome,
    case outcome
        when 'late completed'
            then days_between(day_of(promise_at), day_of(coalesce(done_at, :as_of)))
        when 'late open'
            then days_between(day_of(promise_at), day_of(:as_of))
    end as days_late,
    days_between(day_of(first_due_at), day_of(due_at)) as shift_days,
    due_at <> first_due_at as is_moved,
    case
        when due_at <> first_due_at and due_moved_by_person_at < :as_of then 'person'
        when due_at <> first_due_at and due_moved_at < :as_of then 'policy'
    end as moved_by
from judged
order by promise_at, item_id
