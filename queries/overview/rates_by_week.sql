-- Rates by week
-- Is each group as it usually is?
--
-- One row per week of the period and group.
--
-- Parameters:
--   period_start      first day counted
--   period_end        first day no longer counted
--   period_from       the same as an instant
--   period_to         the same as an instant
--   as_of             facts before this instant count
--   told_until        moment up to which the data tells what happened
--   level = department   what groups are: department, team or work_type
--
-- Columns:
--   week_on           Monday of the week
--   group_name        the department, team or kind of work
--   due_items         items promised for the week, less those cancelled before their promise
--   on_time_items     of these, done by their first promise
--   reviewed_items    items of the week's work with a random review
--   defective_items   of these, with a defect in it
--   is_partial        the period or the as-of moment cuts the week
--   is_under_review   it ended less than 14 calendar days before the as-of moment: reviews
--                     still arrive
--
-- Rates:
--   on_time           on_time_items / due_items
--   error_rate        defective_items / reviewed_items
--
-- Metrics:
--   on_time_due       on_time
--   error_rate        error_rate

with

parts as (

    select
        week_start(day_of(promise_at)) as week_on,
        case
            when :level = 'department' then department
            when :level = 'team' then team
            else work_type
        end as group_name,
        count(*) as due_items,
        count(case when completed_at <= promise_at then 1 end) as on_time_items,
        0 as reviewed_items,
        0 as defective_items
    from item_stays
    where
        entered_at < :as_of
        and (next_entered_at is null or next_entered_at >= :as_of)
        and promise_at >= :period_from
        and promise_at < :period_to
        and promise_at < :as_of
        and (cancelled_at is null or cancelled_at > promise_at)
    group by
        week_start(day_of(promise_at)),
        case
            when :level = 'department' then department
            when :level = 'team' then team
            else work_type
        end

    union all

    select
        week_start(work_date) as week_on,
        case
            when :level = 'department' then department
            when :level = 'team' then team
            else work_type
        end as group_name,
        0 as due_items,
        0 as on_time_items,
        count(*) as reviewed_items,
        count(case when defects > 0 then 1 end) as defective_items
    from first_reviews
    where
        work_date >= :period_start
        and work_date < :period_end
        and reviewed_at < :as_of
    group by
        week_start(work_date),
        case
            when :level = 'department' then department
            when :level = 'team' then team
            else work_type
        end

)

select
    week_on,
    group_name,
    cast(sum(due_items) as bigint) as due_items,
    cast(sum(on_time_items) as bigint) as on_time_items,
    cast(sum(reviewed_items) as bigint) as reviewed_items,
    cast(sum(defective_items) as bigint) as defective_items,
    is_cut(week_on, 'week', :period_start, :period_end, :told_until) as is_partial,
    days_after(week_on, 21) > day_of(:told_until) as is_under_review
from parts
group by week_on, group_name
order by week_on, group_name
