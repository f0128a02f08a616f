-- Paths of completed items
-- Which way through the statuses did which completed item take?
--
-- One row per item completed in the period, and not before it was received.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               facts before this instant count
--   most = 10           paths with a number of their own
--
-- Columns:
--   item_id             the item
--   path_number         1, 2, ... from the most common path; those beyond share one
--   path                statuses in order, of the most common paths; other paths for those
--                       beyond
--   own_path            statuses in order, from receipt to that of the completion; done at
--                       once, in the instant of the receipt
--   lead_work_hours     working hours from receipt to completion, pauses taken out
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
        and completed_at >= received_at
        and (next_entered_at is null or next_entered_at >= :as_of)

),

-- The last step is what the item was called from its completion on.
steps as (

    select
        completed.item_id,
        item_steps.step_number,
        item_steps.status,
        item_steps.work_seconds,
        case
            when item_steps.is_open or item_steps.entered_at < completed.left_at then 1
        end as is_way
    from completed
    inner join item_steps
        on
            completed.item_id = item_steps.item_id
            and item_steps.entered_at <= completed.left_at
    where
        item_steps.left_at < completed.left_at
        or (item_steps.is_open and item_steps.left_at = completed.left_at)
        or (not item_steps.is_open and item_steps.entered_at = completed.left_at)

),

walked as (

    select
        item_id,
        path_of(
            coalesce(status, case when is_way = 1 then 'unknown' else 'done' end),
            step_number
        ) as way,
        count(is_way) as steps_before_end,
        sum(case when is_way = 1 then work_seconds end) / 3600.0 as lead_work_hours
    from steps
    group by item_id

),

followed as (

    select
        completed.item_id,
        case when walked.steps_before_end > 0 then walked.way else 'done at once' end
            as own_path,
        case when walked.steps_before_end > 0 then walked.lead_work_hours else 0 end
            as lead_work_hours
    from completed
    left join walked
        on completed.item_id = walked.item_id

),

ranked as (

    select
        own_path,
        row_number() over (order by count(*) desc, own_path) as path_number
    from followed
    group by own_path

)

select
    completed.item_id,
    case when ranked.path_number <= :most then ranked.path_number else :most + 1 end
        as path_number,
    case when ranked.path_number <= :most then ranked.own_path else 'other paths' end
        as path,
    followed.own_path,
    followed.lead_work_hours,
    completed.department,
    completed.team,
    completed.employee,
    completed.work_type,
    completed.priority,
    completed.channel,
    completed.received_at,
    completed.completed_at
from followed
inner join ranked
    on followed.own_path = ranked.own_path
inner join completed
    on followed.item_id = completed.item_id
order by completed.completed_at, completed.item_id
