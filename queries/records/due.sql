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
--   status              status now
--   received_at         first arrival
--   first_due_at        first promise
--   due_at              promise in force
--   completed_at        done, in force
--   cancelled_at        ended without being done, in force
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

movers as (

    select
        item_id,
        count(employee) as person_events
    from work_events
    where
        kind = 'due_changed'
        and event_at < :as_of
    group by item_id

),

promises as (

    select
        *,
        coalesce(first_due_at, due_at) as promise_at
    from item_stays
    where
        entered_at < :as_of
        and (next_entered_at is null or next_entered_at >= :as_of)

),

judged as (

    select
        *,
        case
            when promise_at >= :as_of then 'not due yet'
            when cancelled_at <= promise_at then 'cancelled before due'
            when completed_at <= promise_at then 'on time'
            when completed_at < :as_of then 'late completed'
            when cancelled_at < :as_of then 'late cancelled'
            else 'late open'
        end as outcome
    from promises
    where
        promise_at >= :period_from
        and promise_at < :period_to

)

select
    judged.item_id,
    judged.department,
    judged.team,
    judged.employee,
    judged.work_type,
    judged.priority,
    judged.channel,
    judged.client,
    judged.status,
    judged.received_at,
    judged.first_due_at,
    judged.due_at,
    judged.completed_at,
    judged.cancelled_at,
    judged.promise_at,
    bucket_start(day_of(judged.promise_at), :grain) as bucket_on,
    judged.outcome,
    case judged.outcome
        when 'late completed'
            then days_between(day_of(judged.promise_at), day_of(judged.completed_at))
        when 'late open'
            then days_between(day_of(judged.promise_at), day_of(:as_of))
    end as days_late,
    days_between(day_of(judged.first_due_at), day_of(judged.due_at)) as shift_days,
    judged.due_at <> judged.first_due_at as is_moved,
    case
        when judged.due_at <> judged.first_due_at and movers.person_events > 0 then 'person'
        when judged.due_at <> judged.first_due_at and movers.person_events = 0 then 'policy'
    end as moved_by
from judged
left join movers
    on judged.item_id = movers.item_id
order by judged.promise_at, judged.item_id
