-- Time in each status
-- Where does completed work spend its time?
--
-- One row per status that an item completed in the period went through.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               facts before this instant count
--   parts = all         all, or working: no status in which items were done already, or
--                       their clock stood
--
-- Columns:
--   stage_number        1, 2, ... in the order in which items usually reach the statuses
--   status              the status, as told; unknown where none was. Of the end, only the
--                       time before the item was reopened
--   stage_items         completed items that were in it
--   stage_hours         working hours of all of them in it, pauses taken out; over all
--                       statuses this is their lead time
--   stage_work_hours_p50  half of the items spent no more working hours in it, all visits
--                       together
--   stage_work_hours_p85  85 of 100 spent no more
--
-- Percentiles:
--   stage_work_hours_p50  stage_items
--   stage_work_hours_p85  stage_items
--
-- Metrics:
--   stage_time          stage_work_hours_p50 in working h by completed_at; lower is better;
--                       version 1, operations; all visits to a status add up; pauses are
--                       taken out; the stages of an item sum to its lead time
--
-- Cases:
--   stage_items         records/stage_times

with

completed as (

    select
        item_id,
        left_at
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
        min(item_steps.step_number) as first_number,
        sum(item_steps.work_seconds) as work_seconds
    from completed
    inner join item_steps
        on
            completed.item_id = item_steps.item_id
            and item_steps.left_at <= completed.left_at
    where
        (item_steps.left_at < completed.left_at or item_steps.is_open)
        and (:parts = 'all' or (item_steps.is_open and not item_steps.is_paused))
    group by completed.item_id, item_steps.status

),

measured as (

    select
        coalesce(status, 'unknown') as status,
        sum(first_number) / count(*) as place,
        count(*) as stage_items,
        sum(work_seconds) / 3600.0 as stage_hours,
        percentile(0.5, work_seconds / 3600.0) as stage_work_hours_p50,
        percentile(0.85, work_seconds / 3600.0) as stage_work_hours_p85
    from times
    group by status

)

select
    row_number() over (order by place, status) as stage_number,
    status,
    stage_items,
    stage_hours,
    stage_work_hours_p50,
    stage_work_hours_p85
from measured
order by stage_number
