-- Plan and done work, cumulated
-- Are we keeping the plan?
--
-- One row per day up to the as-of day that is a working day or saw work done.
--
-- Parameters:
--   period_start     first day counted
--   period_end       first day no longer counted
--   period_from      the same as instants
--   period_to        the same as instants
--   as_of            completions before this instant count
--
-- Columns:
--   day              the day
--   done_hours       standard hours of the items completed that day
--   plan_hours       planned standard hours of a working day, of whole departments: plans
--                    are not told by team, kind of work or other filters
--   cum_done_hours   standard hours completed since the start of the period
--   cum_plan_hours   standard hours planned since the start of the period
--   is_partial       the as-of moment cuts this day
--
-- Ratios:
--   attainment       cum_done_hours / cum_plan_hours

with

done as (

    select
        day_of(left_at) as day,
        sum(standard_minutes) / 60 as done_hours
    from item_stays
    where
        left_by = 'completed'
        and left_at >= :period_from
        and left_at < :period_to
        and left_at < :as_of
    group by day_of(left_at)

),

plans as (

    select
        value,
        valid_from,
        valid_to
    from targets
    where
        metric = 'plan_std_hours'
        and team is null
        and work_type is null
        and department in (select department from item_stays)

),

planned as (

    select
        calendar_days.day,
        sum(plans.value) as plan_hours
    from calendar_days
    inner join plans
        on
            calendar_days.day >= coalesce(plans.valid_from, calendar_days.day)
            and (plans.valid_to is null or calendar_days.day < plans.valid_to)
    where
        calendar_days.is_working
        and calendar_days.day >= :period_start
        and calendar_days.day < :period_end
    group by calendar_days.day

),

days as (

    select
        calendar_days.day,
        coalesce(done.done_hours, 0) as done_hours,
        case when calendar_days.is_working then planned.plan_hours else 0 end as plan_hours
    from calendar_days
    left join done
        on calendar_days.day = done.day
    left join planned
        on calendar_days.day = planned.day
    where
        calendar_days.day >= :period_start
        and calendar_days.day < :period_end
        and calendar_days.day <= day_of(:as_of)
        and (calendar_days.is_working or done.day is not null)

)

select
    day,
    done_hours,
    plan_hours,
    sum(done_hours) over (order by day) as cum_done_hours,
    sum(plan_hours) over (order by day) as cum_plan_hours,
    days_after(day, 1) > day_of(:as_of) as is_partial
from days
order by day
