-- Common paths
-- Which ways through the statuses are common?
--
-- One row per path of statuses; the paths beyond the most common ones are one row.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               facts before this instant count
--   most = 10           paths with a row of their own
--
-- Columns:
--   path_number         1, 2, ... from the most common; the one after them is all others
--   path                statuses in order, from receipt to that of the completion; done at
--                       once, in the instant of the receipt; other paths for the others
--   paths               different paths in the row
--   path_items          completed items that took it
--   completed_items     all completed items, but those completed before they were received
--   measured_items      those of the path whose times in statuses are known
--   lead_work_hours_p50   half of these took no more working hours from receipt to
--                       completion, pauses taken out
--
-- Rates:
--   path_share          path_items / completed_items
--
-- Percentiles:
--   lead_work_hours_p50   measured_items
--
-- Cases:
--   path_items          records/paths
--   completed_items     records/completed where is_negative = false

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
            as path,
        case when walked.steps_before_end > 0 then walked.lead_work_hours else 0 end
            as lead_work_hours
    from completed
    left join walked
        on completed.item_id = walked.item_id

),

ranked as (

    select
        path,
        row_number() over (order by count(*) desc, path) as path_number
    from followed
    group by path

),

named as (

    select
        followed.lead_work_hours,
        case when ranked.path_number <= :most then ranked.path_number else :most + 1 end
            as path_number,
        case when ranked.path_number <= :most then ranked.path else 'other paths' end
            as path,
        ranked.path_number as own_number
    from followed
    inner join ranked
        on followed.path = ranked.path

)

select
    path_number,
    path,
    count(distinct own_number) as paths,
    count(*) as path_items,
    cast(sum(count(*)) over () as bigint) as completed_items,
    count(lead_work_hours) as measured_items,
    percentile(0.5, lead_work_hours) as lead_work_hours_p50
from named
group by path_number, path
order by path_number
