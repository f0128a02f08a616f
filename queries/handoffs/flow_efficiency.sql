-- Time really worked on
-- How much of the time from receipt to completion is work really worked on?
--
-- One row per department, team and work type with a completed item.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               facts before this instant count
--
-- Columns:
--   department          department that completed it
--   team                team that completed it
--   work_type           kind of work
--   completed_items     items completed in the period, as they stand
--   handled_items       those whose handling time and lead time are told and not negative
--   unhandled_items     those without a handling time or a lead time: left out
--   negative_items      completed before they were received: faults, left out
--   total_handling_hours  hours of handling of the handled items
--   total_lead_hours    their working hours from receipt to completion, pauses taken out
--
-- Ratios:
--   flow_efficiency     total_handling_hours / total_lead_hours
--
-- Metrics:
--   flow_efficiency     flow_efficiency in % by completed_at; higher is better; version 1,
--                       operations; over 100 % is shown, not capped: parallel work or bad
--                       data; items with no or a negative handling time are left out and
--                       counted; no lead time gives no value
--
-- Cases:
--   completed_items     records/completed
--   handled_items       records/completed where handling = told
--   unhandled_items     records/completed where handling = not told
--   negative_items      records/completed where handling = negative

with

times as (

    select
        item_stays.department,
        item_stays.team,
        item_stays.work_type,
        item_stays.handling_minutes,
        case
            when item_stays.completed_at < item_stays.received_at then -1
            else
                item_stays.completed_clock
                - item_stays.received_clock
                - coalesce(item_stages.paused_before, 0)
        end as lead_seconds
    from item_stays
    left join item_stages
        on
            item_stays.item_id = item_stages.item_id
            and item_stages.entered_at < :as_of
            and (item_stages.left_at is null or item_stages.left_at >= :as_of)
    where
        item_stays.completed_at >= :period_from
        and item_stays.completed_at < :period_to
        and item_stays.completed_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)

),

judged as (

    select
        *,
        case
            when lead_seconds < 0 then 'negative'
            when handling_minutes is null or lead_seconds is null then 'not told'
            else 'told'
        end as handling
    from times

)

select
    department,
    team,
    work_type,
    count(*) as completed_items,
    count(case handling when 'told' then 1 end) as handled_items,
    count(case handling when 'not told' then 1 end) as unhandled_items,
    count(case handling when 'negative' then 1 end) as negative_items,
    coalesce(sum(case handling when 'told' then handling_minutes end), 0) / 60.0
        as total_handling_hours,
    coalesce(sum(case handling when 'told' then lead_seconds end), 0) / 3600.0
        as total_lead_hours
from judged
group by department, team, work_type
order by department, team, work_type
