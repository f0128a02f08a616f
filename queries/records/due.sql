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
--                       completion, or of the as-of moment while open; empty if not late
--                      or cancelled
--   late_work_hours     working hours late, likewise
--   shift_days          calendar days from the first due date to the one in force
--   is_moved            the due date in force is not the first; empty without both
--   moved_by            person or policy, by the events that changed it; empty where it was
--                       not moved or no event tells

with

now as (

    select
        calendar,
        clock_at(:as_of, minutes_before, w1_from, w1_to, w2_from, w2_to, w3_from, w3_to)
            as clock
    from calendar_days
    where
        starts_at <= :as_of
        and ends_at > :as_of

),

judged as (

    select
        item_stays.*,
        now.clock as now_clock,
        case
            when item_stays.left_at < :as_of and item_stays.completed_at < :as_of
                then item_stays.completed_at
        end as done_at,
        case
            when item_stays.promise_at >= :as_of then 'not due yet'
            else outcome_of(
                    item_stays.promise_at,
                    item_stays.completed_at,
                    item_stays.cancelled_at,
                    case when item_stays.left_at < :as_of then item_stays.left_by end
                )
        end as outcome
    from item_stays
    left join now
        on item_stays.calendar = now.calendar
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and item_stays.promise_at >= :period_from
        and item_stays.promise_at < :period_to

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
    case
        when outcome in ('late completed', 'late open')
            then (
                case when done_at is null then now_clock else completed_clock end
                - promise_clock
            ) / 3600.0
    end as late_work_hours,
    days_between(day_of(first_due_at), day_of(due_at)) as shift_days,
    due_at <> first_due_at as is_moved,
    case
        when due_at <> first_due_at and due_moved_by_person_at < :as_of then 'person'
        when due_at <> first_due_at and due_moved_at < :as_of then 'policy'
    end as moved_by
from judged
order by promise_at, item_id
