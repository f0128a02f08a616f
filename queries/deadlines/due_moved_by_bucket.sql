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
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the first promise
--   dated_items         items with both due dates
--   moved_items         those whose due date in force is not the first; empty where no promise
--                       was ever moved
--   moved_by_person_items   of these, moved by a person; the others were moved by policy,
--                       with no person in the event; empty where no event tells
--   shift_days_p50      calendar days that the middle moved date was moved; below zero
--                       is earlier
--   is_partial          the period or the as-of moment cuts this day, week or month
--
-- Rates:
--   due_moved           moved_items / dated_items
--   moved_by_person     moved_by_person_items / dated_items
--
-- Percentiles:
--   shift_days_p50      moved_items
--
-- Metrics:
--   due_moved           due_moved in % by first promise; lower is better; version 1,
--                       operations; moved by policy where no person is named, else by a
--                       person
--
-- Cases:
--   dated_items         records/due where is_moved = true | false, outcome = on time |
--                       late completed | late open | late cancelled | cancelled before
--                       due
--   moved_items         records/due where is_moved = true, outcome = on time | late
--                       completed | late open | late cancelled | cancelled before due
--   moved_by_person_items   records/due where is_moved = true, moved_by = person, outcome
--                       = on time | late completed | late open | late cancelled |
--                       cancelled before due

with

shifts as (

    select
        bucket_start(day_of(first_due_at), :grain) as bucket_on,
        case when due_at <> first_due_at then days_between(day_of(first_due_at), day_of(due_at)) end
            as shift_days,
        due_moved_by_person_at < :as_of as is_by_person
    from item_stays
    where
        entered_at < :as_of
        and (next_entered_at is null or next_entered_at >= :as_of)
        and first_due_at >= :period_from
        and first_due_at < :period_to
        and first_due_at < :as_of

),

counted as (

    select
        bucket_on,
        count(*) as dated_items,
        count(shift_days) as moved_items,
        count(case when is_by_person then shift_days end) as moved_by_person_items,
        percentile(0.5, shift_days) as shift_days_p50
    from shifts
    group by bucket_on

),

buckets as (

    select distinct bucket_start(day, :grain) as bucket_on
    from calendar_days
    where
        day >= :period_start
        and day < :period_end
        and day <= day_of(:as_of)

)

select
    buckets.bucket_on,
    coalesce(counted.dated_items, 0) as dated_items,
    case
        when 'moved promise' in (select fact from source_facts)
            then coalesce(counted.moved_items, 0)
    end as moved_items,
    case
        when 'due change' in (select fact from source_facts)
            then coalesce(counted.moved_by_person_items, 0)
    end as moved_by_person_items,
    counted.shift_days_p50,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until) as is_partial
from buckets
left join counted
    on buckets.bucket_on = counted.bucket_on
order by buckets.bucket_on
