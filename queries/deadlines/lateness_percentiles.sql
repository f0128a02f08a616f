-- Lateness at a glance
-- How late is the middle late item, and how late the worst?
--
-- One row, over the promises of the period that were completed late or are late and
-- open; late cancelled items are left out.
--
-- Parameters:
--   period_from         promises from this instant on
--   period_to           promises before this instant
--   as_of               promises and facts before this instant count
--
-- Columns:
--   late_items          items completed late or late and open
--   late_hours_p50      hours late round the clock, from the promise to the completion or
--                       to the as-of moment while open: half of the late items were no
--                       later
--   late_hours_p85      the same for 85 of 100
--   late_hours_p95      the same for 95 of 100
--
-- Percentiles:
--   late_hours_p50      late_items
--   late_hours_p85      late_items
--   late_hours_p95      late_items
--
-- Cases:
--   late_items          records/due where outcome = late completed | late open

with

judged as (

    select
        promise_at,
        case when left_at < :as_of and completed_at < :as_of then completed_at else :as_of end
            as late_until,
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

late as (

    select hours_between(promise_at, late_until) as late_hours
    from judged
    where outcome in ('late completed', 'late open')

)

select
    count(*) as late_items,
    percentile(0.5, late_hours) as late_hours_p50,
    percentile(0.85, late_hours) as late_hours_p85,
    percentile(0.95, late_hours) as late_hours_p95
from late
order by late_items
