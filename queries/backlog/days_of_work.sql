-- Days of work
-- How deep is the backlog?
--
-- One row per department.
--
-- Parameters:
--   as_of            items open at this instant
--
-- Columns:
--   department       department that has the items
--   open_hours       standard hours of its open items
--   hours_per_day    standard hours that it plans for a working day; without a plan, those
--                    it completed per day in the last 20 working days before the as-of day
--   basis            plan, or last 20 working days
--
-- Ratios:
--   days_of_work     open_hours / hours_per_day or infinite

with

working_days as (

    select
        day,
        row_number() over (order by day desc) as days_back
    from calendar_days
    where
        is_working
        and day < day_of(:as_of)

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
        item_stays.department,
        sum(
            case
                when
                    item_stays.entered_at < :as_of
                    and (item_stays.left_at is null or item_stays.left_at >= :as_of)
                    then item_stays.standard_minutes
            end
        ) / 60 as open_hours,
        count(
            case
                when
                    item_stays.entered_at < :as_of
                    and (item_stays.left_at is null or item_stays.left_at >= :as_of)
                    then 1
            end
        ) as open_items
    from item_stays
    group by item_stays.department

),

done as (

    select
        item_stays.department,
        sum(item_stays.standard_minutes) / 60 as done_hours
    from item_stays
    cross join span
    where
        item_stays.left_by = 'completed'
        and item_stays.left_at < :as_of
        and day_of(item_stays.left_at) >= span.first_day
        and day_of(item_stays.left_at) < day_of(:as_of)
    group by item_stays.department

),

plans as (

    select
        department,
        sum(value) as plan_hours
    from targets
    where
        metric = 'plan_std_hours'
        and team is null
        and work_type is null
        and (valid_from is null or valid_from <= day_of(:as_of))
        and (valid_to is null or valid_to > day_of(:as_of))
    group by department

)

select
    departments.department,
    case when departments.open_items = 0 then 0 else departments.open_hours end
        as open_hours,
    coalesce(
        plans.plan_hours,
        coalesce(done.done_hours, 0) / nullif(span.days, 0)
    ) as hours_per_day,
    case when plans.plan_hours is null then 'last 20 working days' else 'plan' end as basis
from departments
cross join span
left join done
    on departments.department is not distinct from done.department
left join plans
    on departments.department = plans.department
order by departments.department
