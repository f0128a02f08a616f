-- On time by group
-- Does a good total hide a late team or late urgent work?
--
-- One row per department, team, work type and priority with a promise that fell due.
-- The promise is the first due date of an item, or else its only one.
--
-- Parameters:
--   period_from         promises from this instant on
--   period_to           promises before this instant
--   as_of               promises and facts before this instant count
--
-- Columns:
--   department          department that answers for the item
--   team                team that has it, or had it last
--   work_type           kind of work
--   priority            priority
--   due_items           items promised for then, less those cancelled in time
--   on_time_items       those completed at the promise or before
--   late_completed_items   those completed after the promise
--   late_open_items     those not done yet
--   late_cancelled_items   those cancelled after the promise
--
-- Rates:
--   on_time             on_time_items / due_items
--
-- Metrics:
--   on_time_due       on_time
--
-- Cases:
--   due_items           records/due where outcome = on time | late completed | late
--                      open | late cancelled
--   on_time_items       records/due where outcome = on time
--   late_completed_items   records/due where outcome = late completed
--   late_open_items     records/due where outcome = late open
--   late_cancelled_items   records/due where outcome = late cancelled

with

judged as (

    select
        department,
        team,
        work_type,
        priority,
        outcome_of(
            promise_at,
            completed_at,
            cancelled_at,
            case when left_at < :as_of then left_by end
        ) as outcome
    from item_stays
    where
        entered_at < :as_of
        and (next_entered_at is null or next_entered_at >= :as_of)
        and promise_at >= :period_from
        and promise_at < :period_to
        and promise_at < :as_of

)

select
    department,
    team,
    work_type,
    priority,
    count(case when outcome <> 'cancelled before due' then 1 end) as due_items,
    count(case when outcome = 'on time' then 1 end) as on_time_items,
    count(case when outcome = 'late completed' then 1 end) as late_completed_items,
    count(case when outcome = 'late open' then 1 end) as late_open_items,
    count(case when outcome = 'late cancelled' then 1 end) as late_cancelled_items
from judged
group by department, team, work_type, priority
order by department, team, work_type, priority
