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
--                       completion, or of the as-of moment while open; 0 is later the
--                      same day
--   late_items          items that many days late
--   cumulative_items    items that late or less
--   all_items           late items in all
--
-- Ratios:
--   cumulative_share    cumulative_items / all_items
--
-- Cases:
--   late_items          records/due where outcome = late completed | late open
--   cumulative_items    records/due up to days_late where outcome = late completed | late
--                       open

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

counted as (

    select
        days_between(day_of(promise_at), day_of(late_until)) as days_late,
        count(*) as late_items
    from judged
    where outcome in ('late completed', 'late open')
    group by days_between(day_of(promise_at), day_of(late_until))

)

select
    days_late,
    late_items,
    cast(sum(late_items) over (order by days_late) as bigint) as cumulative_items,
    cast(sum(late_items) over () as bigint) as all_items
from counted
order by days_late
