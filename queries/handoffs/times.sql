-- From start to done, and from receipt to first done
-- How long does work take once begun, and until it is first called done?
--
-- One row, over the items completed in the period.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               facts before this instant count
--
-- Columns:
--   completed_items     completed items whose lead time counts
--   started_items       those whose first work is told, by then
--   unstarted_items     first work not told: left out of the hours from the start
--   negative_items      completed before received or begun, or begun before received: faults,
--                       left out
--   cycle_work_hours_p50  half took no longer from the first work to completion: working
--                       hours, pauses taken out
--   cycle_work_hours_p85  85 of 100 took no longer
--   cycle_work_hours_p95  95 of 100 took no longer
--   first_lead_work_hours_p50  half took no longer from receipt to the first completion:
--                       working hours, pauses taken out
--   first_lead_work_hours_p85  85 of 100 took no longer
--   first_lead_work_hours_p95  95 of 100 took no longer
--
-- Percentiles:
--   cycle_work_hours_p50  started_items
--   cycle_work_hours_p85  started_items
--   cycle_work_hours_p95  started_items
--   first_lead_work_hours_p50  completed_items
--   first_lead_work_hours_p85  completed_items
--   first_lead_work_hours_p95  completed_items
--
-- Metrics:
--   cycle_time          cycle_work_hours_p50 in working h by completed_at; lower is better;
--                       version 1, operations; without a start it is not computed, and
--                       counted
--   first_lead_time     first_lead_work_hours_p50 in working h by completed_at; lower is
--                       better; version 1, operations; a later reopening does not count
--
-- Cases:
--   completed_items     records/completed where cycle = told | not told
--   started_items       records/completed where cycle = told
--   unstarted_items     records/completed where cycle = not told
--   negative_items      records/completed where cycle = negative

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

reopened as (

    select
        item_id,
        first_completed_at
    from completed
    where first_completed_at < left_at

),

first_times as (

    select
        reopened.item_id,
        sum(item_steps.work_seconds) as lead_seconds
    from reopened
    inner join item_steps
        on reopened.item_id = item_steps.item_id
    where item_steps.left_at <= reopened.first_completed_at
    group by reopened.item_id

),

pauses as (

    select
        item_pauses.item_id,
        sum(item_pauses.left_clock - item_pauses.entered_clock) as seconds,
        sum(
            case
                when item_pauses.entered_clock >= completed.started_clock
                    then item_pauses.left_clock - item_pauses.entered_clock
                when item_pauses.left_clock > completed.started_clock
                    then item_pauses.left_clock - completed.started_clock
            end
        ) as seconds_after_start
    from item_pauses
    inner join completed
        on item_pauses.item_id = completed.item_id
    where
        item_pauses.left_at < :as_of
    group by item_pauses.item_id

),

times as (

    select
        case
            when
                completed.completed_at < completed.received_at
                or completed.completed_at < completed.started_at
                or completed.started_at < completed.received_at
                then 'negative'
            when completed.started_at is null then 'not told'
            else 'told'
        end as cycle,
        (
            completed.completed_clock
            - completed.started_clock
            - coalesce(pauses.seconds_after_start, 0)
        ) / 3600.0 as cycle_work_hours,
        coalesce(
            first_times.lead_seconds,
            completed.completed_clock
            - completed.received_clock
            - coalesce(pauses.seconds, 0)
        ) / 3600.0 as first_lead_work_hours
    from completed
    left join first_times
        on completed.item_id = first_times.item_id
    left join pauses
        on completed.item_id = pauses.item_id

)

select
    count(case when cycle <> 'negative' then 1 end) as completed_items,
    count(case cycle when 'told' then 1 end) as started_items,
    count(case cycle when 'not told' then 1 end) as unstarted_items,
    count(case cycle when 'negative' then 1 end) as negative_items,
    percentile(0.5, case cycle when 'told' then cycle_work_hours end)
        as cycle_work_hours_p50,
    percentile(0.85, case cycle when 'told' then cycle_work_hours end)
        as cycle_work_hours_p85,
    percentile(0.95, case cycle when 'told' then cycle_work_hours end)
        as cycle_work_hours_p95,
    percentile(0.5, case when cycle <> 'negative' then first_lead_work_hours end)
        as first_lead_work_hours_p50,
    percentile(0.85, case when cycle <> 'negative' then first_lead_work_hours end)
        as first_lead_work_hours_p85,
    percentile(0.95, case when cycle <> 'negative' then first_lead_work_hours end)
        as first_lead_work_hours_p95
from times
order by completed_items
