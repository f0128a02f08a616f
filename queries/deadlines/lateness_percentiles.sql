-- Lateness at a glance
-- How late is the middle late item, and how late are nearly all?
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
--   late_work_hours_p50   half of them were no later: working hours from the promise to the
--                       completion, or to the as-of moment while open
--   late_work_hours_p85   85 of 100 were no later
--   late_work_hours_p95   95 of 100 were no later
--   late_hours_p50      half of them were no later, in hours round the clock
--   late_hours_p85      85 of 100 were no later
--   late_hours_p95      95 of 100 were no later
--
-- Percentiles:
--   late_work_hours_p50   late_items
--   late_work_hours_p85   late_items
--   late_work_hours_p95   late_items
--   late_hours_p50      late_items
--   late_hours_p85      late_items
--   late_hours_p95      late_items
--
-- Metrics:
--   lateness            late_work_hours_p50 in working hours by promise; lower is better;
--                       version 1, operations; to the completion, or to the as-of moment
--                       while open; late by the clock may be 0 working hours; late cancelled
--                       items are left out
--
-- Cases:
--   late_items          records/due where outcome = late completed | late open

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
        item_stays.promise_at,
        item_stays.promise_clock,
        item_stays.completed_at,
        item_stays.completed_clock,
        now.clock,
        item_stays.left_at < :as_of and item_stays.completed_at < :as_of as is_done,
        outcome_of(
            item_stays.promise_at,
            item_stays.completed_at,
            item_stays.cancelled_at,
            case when item_stays.left_at < :as_of then item_stays.left_by end
        ) as outcome
    from item_stays
    left join now
        on item_stays.calendar = now.calendar
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and item_stays.promise_at >= :period_from
        and item_stays.promise_at < :period_to
        and item_stays.promise_at < :as_of

),

late as (

    select
        hours_between(promise_at, case when is_done then completed_at else :as_of end)
            as late_hours,
        (case when is_done then completed_clock else clock end - promise_clock) / 3600.0
            as late_work_hours
    from judged
    where outcome in ('late completed', 'late open')

)

select
    count(*) as late_items,
    percentile(0.5, late_work_hours) as late_work_hours_p50,
    percentile(0.85, late_work_hours) as late_work_hours_p85,
    percentile(0.95, late_work_hours) as late_work_hours_p95,
    percentile(0.5, late_hours) as late_hours_p50,
    percentile(0.85, late_hours) as late_hours_p85,
    percentile(0.95, late_hours) as late_hours_p95
from late
order by late_items
