-- Times in statuses
-- How long was which completed item in which status?
--
-- One row per item completed in the period and status that it was in.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               facts before this instant count
--   parts = all         all, or working: no status in which items were done already, or
--                       their clock stood
--
-- Columns:
--   item_id             the item
--   status              the status, as told; unknown where none was
--   visits              times that the item was in it
--   stage_work_hours    working hours in it, all visits together, pauses taken out
--   first_entered_at    when it first came into it
--   department          department that completed it
--   team                team that completed it
--   employee            person it is assigned to
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   received_at         first arrival
--   completed_at        done, in force

with

completed as (

    select *
    from item_stays
    where
        completed_at >= :period_from
        and completed_at < :period_to
        and completed_at < :as_of
        and (next_entered_at is null or next_entered_at >= :as_of)

),

times as (

    select
        completed.item_id,
        item_steps.status,
        count(*) as visits,
        min(item_steps.entered_at) as first_entered_at,
        sum(item_steps.work_seconds) / 3600.0 as stage_work_hours
    from completed
    inner join item_steps
        on
            completed.item_id = item_steps.item_id
            and item_steps.left_at <= completed.left_at
    where
        (item_steps.left_at < completed.left_at or item_steps.is_open)
        and (:parts = 'all' or (item_steps.is_open and not item_steps.is_paused))
    group by completed.item_id, item_steps.status

)

select
    completed.item_id,
    coalesce(times.status, 'unknown') as status,
    times.visits,
    times.stage_work_hours,
    times.first_entered_at,
    completed.department,
    completed.team,
    completed.employee,
    completed.work_type,
    completed.priority,
    completed.channel,
    completed.received_at,
    completed.completed_at
from times
inner join completed
    on times.item_id = completed.item_id
order by completed.completed_at, completed.item_id, status
