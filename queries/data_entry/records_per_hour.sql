-- Records in an hour of keying
-- How many items are keyed in an hour booked on the work itself?
--
-- One row per team of the departments whose completed work of the period is mostly data
-- entry: with completed keyed items, or with core hours booked. Items transferred to other
-- departments are therefore left out.
--
-- Parameters:
--   period_start        first day of work counted
--   period_end          first day no longer counted
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               completions and whole days of work before this instant count
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
        and work_date < day_of(:as_of)
    group by department, team

),

teams as (

    select
        department,
        team
    from completed
    where keyed_items > 0

    union

    select
        department,
        team
    from worked

)

select
    teams.department,
    teams.team,
    coalesce(completed.keyed_items, 0) as completed_items,
    worked.core_minutes / 60.0 as core_hours
from teams
inner join keying
    on teams.department is not distinct from keying.department
left join completed
    on
        teams.department is not distinct from completed.department
        and teams.team is not distinct from completed.team
left join worked
    on
        teams.department is not distinct from worked.department
        and teams.team is not distinct from worked.team
order by teams.department, teams.team
