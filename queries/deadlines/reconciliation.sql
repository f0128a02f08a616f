-- On time, two ways
-- What became of the work that was due, and why do other tools say more?
--
-- One row. The headline counts every promise that fell due in the period; the rate of
-- closed items counts what was completed in it, and so forgets what is late and open.
--
-- Parameters:
--   period_from         promises and completions from this instant on
--   period_to           promises and completions before this instant
--   as_of               promises and facts before this instant count
--
-- Columns:
--   on_time_items       promises of the period kept, at the very instant or before
--   due_items           promises of the period, less those cancelled in time
--   late_completed_items   those completed after the promise
--   late_open_items     those not done yet
--   late_cancelled_items   those cancelled after the promise
--   cancelled_before_due_items   promises of the period cancelled in time
--   undated_items       completed in the period without a promise; never on time
--   closed_on_time_items   completed by the due date in force, which may have been
--                      moved
--   closed_items        completed in the period with a due date in force
--
-- Rates:
--   on_time             on_time_items / due_items
--   on_time_closed      closed_on_time_items / closed_items
--
-- Metrics:
--   undated             undated_items in items by completion; lower is better; version 1,
--                       operations; never on time; those that are open stand in the backlog
--   on_time_due       on_time
--   on_time_closed    on_time_closed
--
-- Cases:
--   due_items           records/due where outcome = on time | late completed | late
--                      open | late cancelled
--   on_time_items       records/due where outcome = on time
--   late_completed_items   records/due where outcome = late completed
--   late_open_items     records/due where outcome = late open
--   late_cancelled_items   records/due where outcome = late cancelled
--   cancelled_before_due_items   records/due where outcome = cancelled before due
--   undated_items       records/completed where is_promised = false
--   closed_on_time_items   records/completed where is_closed_on_time = true
--   closed_items        records/completed where is_dated = true

with

judged as (

    select
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

),

due as (

    select
        count(case when outcome <> 'cancelled before due' then 1 end) as due_items,
        count(case when outcome = 'on time' then 1 end) as on_time_items,
        count(case when outcome = 'late completed' then 1 end) as late_completed_items,
        count(case when outcome = 'late open' then 1 end) as late_open_items,
        count(case when outcome = 'late cancelled' then 1 end) as late_cancelled_items,
        count(case when outcome = 'cancelled before due' then 1 end)
            as cancelled_before_due_items
    from judged

),

closed as (

    select
        count(case when due_at is null and first_due_at is null then 1 end)
            as undated_items,
        count(case when completed_at <= due_at then 1 end) as closed_on_time_items,
        count(due_at) as closed_items
    from item_stays
    where
        completed_at >= :period_from
        and completed_at < :period_to
        and completed_at < :as_of
        and (next_entered_at is null or next_entered_at >= :as_of)

)

select
    due.on_time_items,
    due.due_items,
    due.late_completed_items,
    due.late_open_items,
    due.late_cancelled_items,
    due.cancelled_before_due_items,
    closed.undated_items,
    closed.closed_on_time_items,
    closed.closed_items
from due
cross join closed
order by due.due_items
