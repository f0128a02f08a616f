-- Due dates moved
-- Are promises moved rather than kept?
--
-- One row per day, week or month of a first promise that fell due, among items that
-- tell both their first due date and the one in force.
--
-- Parameters:
--   period_start        first day of first promises counted
--   period_end          first day no longer counted
--   period_from         the same as an instant
--   period_to           the same as an instant
--   as_of               promises before this instant count
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the first promise
--   dated_items         items with both due dates
--   moved_items         those whose due date in force is not the first
--   shift_days_p50      calendar days that the middle moved date was moved; below zero
--                      is
--                       earlier
--   is_partial          the period or the as-of moment cuts this day, week or month
--
-- Rates:
--   due_moved           moved_items / dated_items
--
-- Percentiles:
--   shift_days_p50      moved_items
--
-- Cases:
--   dated_items         records/due where is_moved = true | false, outcome = on time |
--                      late completed | late open | late cancelled | cancelled before
--                      due
--   moved_items         records/due where is_moved = true, outcome = on time | late
--                      completed | late open | late cancelled | cancelled before due

with

shifts as (

    select
        bucket_start(day_of(first_due_at), :grain) as bucket_on,
        case
            when due_at <> first_due_at
                then days_between(day_of(first_due_at), day_of(due_at))
        end as shift_days
    from work_items
    where
        received_at < :as_of
        and due_at is not null
        and first_due_at >= :period_from
        and first_due_at < :period_to
        and first_due_at < :as_of

),

counted as (

    select
        bucket_on,
        count(*) as dated_items,
        count(shift_days) as moved_items,
        percentile(0.5, shift_days) as shift_days_p50
    from shifts
    group by bucket_on

)

select
    bucket_on,
    dated_items,
    moved_items,
    shift_days_p50,
    bucket_on < :period_start
    or bucket_end(bucket_on, :grain) > :period_end
    or bucket_end(bucket_on, :grain) > day_of(:as_of) as is_partial
from counted
order by bucket_on
