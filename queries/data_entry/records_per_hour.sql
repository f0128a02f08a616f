-- Records per core hour
-- How many items are keyed in an hour of core work?
--
-- One row per team of the departments whose completed work of the period is mostly data
-- entry. Items transferred to other departments are therefore left out.
--
-- Parameters:
--   period_start        first day of work counted
--   period_end          first day no longer counted
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               completions before this instant, and work up to its day, count
--
-- Columns:
--   department          department that answers for the items, and that was worked for
--   team                team that has them, or had them last, and that was worked for
--   completed_items     keyed items completed; higher is better
--   core_hours          hours of core work booked
--
-- Ratios:
--   records_per_hour    completed_items / core_hours
--
-- Metrics:
--   records_per_core_hour  records_per_hour in items per hour by completed_at; neither is
--                       better; version 1, people; an item is a record; hours of teams whose
--                       department mostly keys
--
-- Cases:
--   completed_items     records/data_entry where is_completed = true

with

completed as (

    select
        item_stays.department,
        item_stays.team,
        count(*) as completed_items,
        count(ext_data_entry.item_id) as keyed_items
    from item_stays
    left join ext_data_entry
        on item_stays.item_id = ext_data_entry.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and item_stays.completed_at >= :period_from
        and item_stays.completed_at < :period_to
        and item_stays.completed_at < :as_of
    group by item_stays.department, item_stays.team

),

keying as (

    select department
    from completed
    group by department
    having 2 * sum(keyed_items) > sum(completed_items)

),

worked as (

    select
        department,
        team,
        sum(minutes) as core_minutes
    from time_entries
    where
        kind = 'core'
        and work_date >= :period_start
        and work_date < :period_end
        and work_date <= day_of(:as_of)
    group by department, team

)

select
    completed.department,
    completed.team,
    completed.keyed_items as completed_items,
    worked.core_minutes / 60.0 as core_hours
from completed
inner join keying
    on completed.department is not distinct from keying.department
left join worked
    on
        completed.department is not distinct from worked.department
        and completed.team is not distinct from worked.team
where completed.keyed_items > 0
order by completed.department, completed.team
