-- Runway
-- Does the work that falls due fit the hours planned?
--
-- One row per working day, beginning with the day of the as-of moment, or else the
-- next working day.
--
-- Parameters:
--   as_of               items open at this instant, and the days from it on
--   days = 10           how many working days
--
-- Columns:
--   day                 the working day
--   due_items           open items due by its end and after the working day before;
--                       overdue ones fall on the first day
--   due_hours           their standard hours
--   plan_hours          standard hours planned for the day by the departments that have
--                       items here; null where none has a plan
--   cum_due_hours       standard hours due up to this day
--   cum_plan_hours      standard hours planned up to this day
--   cum_slack_hours     planned less due up to this day; below zero the plan breaks
--
-- Cases:
--   due_items           records/due_next

with

listed as (

    select
        day,
        lag(day) over (order by day) as day_before,
        row_number() over (order by day) as day_number
    from calendar_days
    where
        is_working
        and day >= day_of(:as_of)

),

ahead as (

    select
        day,
        day_before
    from listed
    where day_number <= :days

),

due as (

    select
        ahead.day,
        count(*) as due_items,
        cast(sum(item_stays.standard_minutes) as double) / 60 as due_hours
    from item_stays
    inner join ahead
        on
            day_of(item_stays.due_at) <= ahead.day
            and (
                ahead.day_before is null
                or day_of(item_stays.due_at) > ahead.day_before
            )
    where
        item_stays.entered_at < :as_of
        and (item_stays.left_at is null or item_stays.left_at >= :as_of)
    group by ahead.day

),

plan as (

    select
        ahead.day,
        sum(targets.value) as plan_hours
    from ahead
    inner join targets
        on
            (targets.valid_from is null or ahead.day >= targets.valid_from)
            and (targets.valid_to is null or ahead.day < targets.valid_to)
    where
        targets.metric = 'plan_std_hours'
        and targets.team is null
        and targets.work_type is null
        and targets.department in (select item_stays.department from item_stays)
    group by ahead.day

),

days as (

    select
        ahead.day,
        coalesce(due.due_items, 0) as due_items,
        coalesce(due.due_hours, 0) as due_hours,
        plan.plan_hours
    from ahead
    left join due
        on ahead.day = due.day
    left join plan
        on ahead.day = plan.day

)

select
    day,
    due_items,
    due_hours,
    plan_hours,
    sum(due_hours) over (order by day) as cum_due_hours,
    sum(plan_hours) over (order by day) as cum_plan_hours,
    sum(plan_hours) over (order by day) - sum(due_hours) over (order by day)
        as cum_slack_hours
from days
order by day
