-- Completed items
-- Which items were completed in the period, how fast, and were they checked?
--
-- One row per item completed in the period; its last completion counts.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               completions and reviews before this instant count
--   grain = week        day, week or month that bucket_on starts
--
-- Columns:
--   item_id             the item
--   department          department that answers for it
--   team                team that has it, or had it last
--   employee            person it is assigned to
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   client              for whom
--   status              status now
--   received_at         first arrival
--   first_due_at        first promise
--   due_at              promise in force
--   completed_at        done, in force
--   cancelled_at        ended without being done, in force
--   bucket_on           first day of the day, week or month of the completion
--   month_on            first day of the month of the completion
--   lead_hours          hours round the clock from receipt to completion
--   is_promised         it has a first due date or one in force
--   is_dated            it has a due date in force
--   is_closed_on_time   completed by the due date in force
--   is_covered          it has a random review
--   is_negative         completed before it was received: a fault

with

covered as (

    select item_id
    from quality_reviews
    where
        design = 'random'
        and reviewed_at < :as_of
    group by item_id

)

select
    work_items.item_id,
    work_items.department,
    work_items.team,
    work_items.employee,
    work_items.work_type,
    work_items.priority,
    work_items.channel,
    work_items.client,
    work_items.status,
    work_items.received_at,
    work_items.first_due_at,
    work_items.due_at,
    work_items.completed_at,
    work_items.cancelled_at,
    bucket_start(day_of(work_items.completed_at), :grain) as bucket_on,
    month_start(day_of(work_items.completed_at)) as month_on,
    hours_between(work_items.received_at, work_items.completed_at) as lead_hours,
    coalesce(work_items.first_due_at, work_items.due_at) is not null as is_promised,
    work_items.due_at is not null as is_dated,
    coalesce(work_items.completed_at <= work_items.due_at, false) as is_closed_on_time,
    covered.item_id is not null as is_covered,
    work_items.completed_at < work_items.received_at as is_negative
from work_items
left join covered
    on work_items.item_id = covered.item_id
where
    work_items.completed_at >= :period_from
    and work_items.completed_at < :period_to
    and work_items.completed_at < :as_of
order by work_items.completed_at, work_items.item_id
