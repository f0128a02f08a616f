-- Plan and done work, added up
-- Are we keeping the plan?
--
-- One row per day up to the as-of day for which a plan fits what is shown: of whole
-- departments, or of the chosen teams or kinds of work where these have plans. Working
-- days, and others on which planned work was done.
--
-- Parameters:
--   period_start     first day counted
--   period_end       first day no longer counted
--   period_from      the same as instants
--   period_to        the same as instants
--   as_of            completions before this instant count
--   told_until       moment up to which the data tells what happened
--   plan_level       whose plan fits what is shown
--
-- Columns:
--   day              the day
--   done_hours       standard hours of planned work completed that day for the first time
--   plan_hours       planned standard hours of a working day, for what is shown
--   cum_done_hours   standard hours completed since the start of the period
--   cum_plan_hours   standard hours planned since the start of the period
--   is_partial       the as-of moment cuts this day
--
-- Ratios:
--   attainment       cum_done_hours / cum_plan_hours
--
-- Metrics:
--   plan_attainment     attainment in a ratio by day; higher is better; version 1,
--                       operations; no value without a plan that fits what is shown; only
--                       work that has a plan counts, once

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

finished as (

    select
        day_of(left_at) as day,
        department,
        team,
        work_type,
        sum(standard_minutes) as standard_minutes
    from item_stays
    where
        completion_number = 1
        and left_at >= :period_from
        and left_at < :period_to
        and left_at < :as_of
    group by day_of(left_at), department, team, work_type

),

done as (

    select
        finished.day,
        sum(finished.standard_minutes) / 60 as done_hours
    from finished
    inner join plans
        on
            finished.department = plans.department
            and (plans.team is null or finished.team = plans.team)
            and (plans.work_type is null or finished.work_type = plans.work_type)
            and (plans.valid_from is null or finished.day >= plans.valid_from)
            and (plans.valid_to is null or finished.day < plans.valid_to)
    group by finished.day

),

planned as (

    select
        calendar_days.day,
        sum(case when calendar_days.is_working then plans.value else 0 end) as plan_hours
    from calendar_days
    inner join plans
        on
            (plans.valid_from is null or calendar_days.day >= plans.valid_from)
            and (plans.valid_to is null or calendar_days.day < plans.valid_to)
    where
        calendar_days.is_default
        and calendar_days.day >= :period_start
        and calendar_days.day < :period_end
        and calendar_days.day <= day_of(:as_of)
    group by calendar_days.day, calendar_days.is_working

),

days as (

    select
        planned.day,
        case when done.day is null then 0 else done.done_hours end as done_hours,
        planned.plan_hours
    from planned
    left join done
        on planned.day = done.day
    where
        planned.plan_hours > 0
        or done.day is not null

)

select
    day,
    done_hours,
    plan_hours,
    sum(done_hours) over (order by day) as cum_done_hours,
    sum(plan_hours) over (order by day) as cum_plan_hours,
    days_after(day, 1) > day_of(:told_until) as is_partial
from days
order by day
