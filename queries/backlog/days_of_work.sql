-- How many working days the open work is
-- How many days of work are open?
--
-- One row per department.
--
-- Parameters:
--   as_of            items open at this instant
--   plan_level       whose plan fits what is shown
--
-- Columns:
--   department       department that has the items
--   open_hours       standard hours of its open items
--   hours_per_day    standard hours that it plans for a working day; without a plan that
--                    fits what is shown, those it completed per day for the first time in
--                    the last 20 working days before the as-of day, or since its first item
--   basis            plan, or last 20 working days
--
-- Ratios:
--   days_of_work     open_hours / hours_per_day or infinite
--
-- Metrics:
--   days_of_work        days_of_work in working days by the as-of moment; neither is better;
--                       version 1, operations; without a plan the pace of the last 20 working
--                       days; nothing planned and work open is without end; nothing open is 0

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

working_days as (

    select
        day,
        row_number() over (order by day desc) as days_back
    from calendar_days
    where
        is_default
        and is_working
        and day < day_of(:as_of)
        and day >= (select day_of(min(item_stays.received_at)) from item_stays)

),

span as (

    select
        min(day) as first_day,
        count(*) as days
    from working_days
    where days_back <= 20

),

departments as (

    select
        department,
        sum(standard_minutes) / 60 as open_hours
    from item_stays
    where
        entered_at < :as_of
        and (left_at is null or left_at >= :as_of)
    group by department

),

done as (

    select
        item_stays.department,
        sum(item_stays.standard_minutes) / 60 as done_hours
    from item_stays
    cross join span
    where
        item_stays.completion_number = 1
        and item_stays.left_at < :as_of
        and day_of(item_stays.left_at) >= span.first_day
        and day_of(item_stays.left_at) < day_of(:as_of)
    group by item_stays.department

),

planned as (

    select
        department,
        sum(value) as plan_hours
    from plans
    where
        (valid_from is null or valid_from <= day_of(:as_of))
        and (valid_to is null or valid_to > day_of(:as_of))
    group by department

),

known as (

    select department from departments
    union
    select department from done
    union
    select department from planned

)

select
    known.department,
    case when departments.department is null then 0 else departments.open_hours end
        as open_hours,
    coalesce(
        planned.plan_hours,
        case when done.department is null then 0 else done.done_hours end
        / nullif(span.days, 0)
    ) as hours_per_day,
    case when planned.plan_hours is null then 'last 20 working days' else 'plan' end
        as basis
from known
cross join span
left join departments
    on known.department is not distinct from departments.department
left join done
    on known.department is not distinct from done.department
left join planned
    on known.department = planned.department
order by known.department
