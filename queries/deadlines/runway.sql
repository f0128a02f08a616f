-- Due on the next working days
-- What falls due on the next working days, and how much work is that?
--
-- One row per working day, beginning with the day of the as-of moment, or else the
-- next working day.
--
-- Parameters:
--   as_of               items open at this instant, and the days from it on
--   plan_level          whose plan fits what is shown
--   days = 10           how many working days
--
-- Columns:
--   day                 the working day
--   due_items           open items due by its end and after the working day before;
--                       overdue ones fall on the first day
--   due_hours           their standard hours
--   plan_hours          standard hours planned for the day for what is shown; empty where
--                       no plan fits it
--   cum_due_hours       standard hours due up to this day of work that has a plan
--   cum_plan_hours      standard hours planned up to this day
--   cum_slack_hours     planned less due up to this day; below zero the plan breaks
--
-- Metrics:
--   due_next            due_items in items by due date in force; neither is better; version
--                       1, operations; overdue work falls on the first day
--
-- Cases:
--   due_items           records/due_next

with

places as (

    select
        department,
        team,
        work_type
    from item_stays
    group by department, team, work_type

),

plans as (

    select
        department,
        team,
        work_type,
        value,
        valid_from,
        valid_to
    from targets
    where
        metric = 'plan_std_hours'
        and case :plan_level
            when 'department' then team is null and work_type is null
            when 'team' then team is not null and work_type is null
            when 'work_type' then team is null and work_type is not null
            else false
        end
        and department in (select places.department from places)
        and (team is null or team in (select places.team from places))
        and (work_type is null or work_type in (select places.work_type from places))

),

listed as (

    select
        day,
        lag(day) over (order by day) as day_before,
        row_number() over (order by day) as day_number
    from calendar_days
    where
        is_default
        and is_working
        and day >= day_of(:as_of)

),

ahead as (

    select
        day,
        day_before
    from listed
    where day_number <= :days

),

open_stays as (

    select
        department,
        team,
        work_type,
        day_of(due_at) as due_on,
        count(*) as items,
        sum(standard_minutes) as standard_minutes
    from item_stays
    where
        entered_at < :as_of
        and (left_at is null or left_at >= :as_of)
    group by department, team, work_type, day_of(due_at)

),

due as (

    select
        ahead.day,
        sum(open_stays.items) as due_items,
        sum(open_stays.standard_minutes) / 60 as due_hours,
        count(plans.value) as planned_rows,
        sum(case when plans.value is not null then open_stays.standard_minutes end) / 60
            as planned_hours
    from open_stays
    inner join ahead
        on
            open_stays.due_on <= ahead.day
            and (ahead.day_before is null or open_stays.due_on > ahead.day_before)
    left join plans
        on
            open_stays.department = plans.department
            and (plans.team is null or open_stays.team = plans.team)
            and (plans.work_type is null or open_stays.work_type = plans.work_type)
            and (plans.valid_from is null or ahead.day >= plans.valid_from)
            and (plans.valid_to is null or ahead.day < plans.valid_to)
    group by ahead.day

),

planned as (

    select
        ahead.day,
        sum(plans.value) as plan_hours
    from ahead
    inner join plans
        on
            (plans.valid_from is null or ahead.day >= plans.valid_from)
            and (plans.valid_to is null or ahead.day < plans.valid_to)
    group by ahead.day

),

days as (

    select
        ahead.day,
        cast(coalesce(due.due_items, 0) as bigint) as due_items,
        case when due.day is null then 0 else due.due_hours end as due_hours,
        case when coalesce(due.planned_rows, 0) = 0 then 0 else due.planned_hours end
            as planned_hours,
        planned.plan_hours
    from ahead
    left join due
        on ahead.day = due.day
    left join planned
        on ahead.day = planned.day

)

select
    day,
    due_items,
    due_hours,
    plan_hours,
    sum(planned_hours) over (order by day) as cum_due_hours,
    sum(plan_hours) over (order by day) as cum_plan_hours,
    sum(plan_hours) over (order by day) - sum(planned_hours) over (order by day)
        as cum_slack_hours
from days
order by day
