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
--   moved_by_person_items   of these, moved by a person; the others were moved by policy,
--                       with no person in the event, or without any event that tells
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

shifts as (

    select
        bucket_start(day_of(item_stays.first_due_at), :grain) as bucket_on,
        case
            when item_stays.due_at <> item_stays.first_due_at
                then days_between(day_of(item_stays.first_due_at), day_of(item_stays.due_at))
        end as shift_days,
        coalesce(movers.person_events, 0) as person_events
    from item_stays
    left join movers
        on item_stays.item_id = movers.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and item_stays.due_at is not null
        and item_stays.first_due_at >= :period_from
        and item_stays.first_due_at < :period_to
        and item_stays.first_due_at < :as_of

),

counted as (

    select
        bucket_on,
        count(*) as dated_items,
        count(shift_days) as moved_items,
        count(case when person_events > 0 then shift_days end) as moved_by_person_items,
        percentile(0.5, shift_days) as shift_days_p50
    from shifts
    group by bucket_on

)

select
    bucket_on,
    dated_items,
    moved_items,
    moved_by_person_items,
    shift_days_p50,
    bucket_on < :period_start
    or bucket_end(bucket_on, :grain) > :period_end
    or bucket_end(bucket_on, :grain) > day_of(:as_of) as is_partial
from counted
order by bucket_on
