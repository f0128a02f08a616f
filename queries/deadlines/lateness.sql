-- Lateness
-- How late is late?
--
-- One row per number of whole calendar days late, among promises of the period that
-- were completed late or are late and open; late cancelled items are left out.
--
-- Parameters:
--   period_from         promises from this instant on
--   period_to           promises before this instant
--   as_of               promises and facts before this instant count
--
-- Columns:
--   days_late           calendar days from the day of the promise to that of the
--                       completion, or of the as-of moment while open; 0 is later the same day
--   late_items          items that many days late
--   cumulative_items    items that late or less
--   all_items           late items in all
--
-- Ratios:
--   cumulative_share    cumulative_items / all_items
--
-- Cases:
--   late_items          records/due where outcome = late completed | late open

with

promises as (

    select
        coalesce(first_due_at, due_at) as promise_at,
        case when completed_at < :as_of then completed_at end as done_at,
        case when cancelled_at < :as_of then cancelled_at end as dropped_at
    from work_items
    where received_at < :as_of

),

late as (

    select days_between(day_of(promise_at), day_of(coalesce(done_at, :as_of))) as days_late
    from promises
    where
        promise_at >= :period_from
        and promise_at < :period_to
        and promise_at < coalesce(done_at, :as_of)
        and (done_at is not null or dropped_at is null)
        and (dropped_at is null or dropped_at > promise_at)

),

counted as (

    select
        days_late,
        count(*) as late_items
    from late
    group by days_late

)

select
    days_late,
    late_items,
    cast(sum(late_items) over (order by days_late) as bigint) as cumulative_items,
    cast(sum(late_items) over () as bigint) as all_items
from counted
order by days_late
