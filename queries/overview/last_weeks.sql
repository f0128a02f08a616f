-- The last weeks
-- Which way has each group been going?
--
-- One row per week and group, for the last whole weeks before the as-of moment, whatever
-- the period.
--
-- Parameters:
--   as_of                facts before this instant count
--   weeks = 13           how many weeks
--   level = department   what groups are: department, team or work_type
--
-- Columns:
--   week_on           Monday of the week
--   group_name        department, team or kind of work that had the item, of promises at
--                     the as-of moment
--   received_items    items that arrived for the first time in the week
--   due_items         items promised for the week, less those cancelled before their promise
--   on_time_items     of these, done by their first promise
--   open_items        items open at the end of the week
--
-- Rates:
--   on_time           on_time_items / due_items
--
-- Metrics:
--   on_time_due       on_time
--   received          received_items
--   open              open_items

with

shown_weeks as (

    select
        week_start(day) as week_on,
        min(starts_at) as starts_at
    from calendar_days
    where
        is_default
        and day >= days_after(week_start(day_of(:as_of)), -7 * :weeks)
        and day < week_start(day_of(:as_of))
    group by week_start(day)

),

first_week as (

    select
        min(week_on) as week_on,
        min(starts_at) as starts_at
    from shown_weeks

),

stays as (

    select
        *,
        case
            when :level = 'department' then department
            when :level = 'team' then team
            else work_type
        end as group_name,
        week_start(day_of(entered_at)) as entered_on,
        week_start(day_of(left_at)) as left_on
    from item_stays
    where
        entered_at < :as_of
        and (
            left_at is null
            or left_at >= (select first_week.starts_at from first_week)
            or promise_at >= (select first_week.starts_at from first_week)
        )

),

parts as (

    select
        stays.group_name,
        case
            when stays.entered_on < first_week.week_on then first_week.week_on
            else stays.entered_on
        end as week_on,
        count(
            case
                when stays.entered_by = 'received' and stays.entered_on >= first_week.week_on
                    then 1
            end
        ) as received_items,
        0 as due_items,
        0 as on_time_items,
        count(*) as net_items
    from stays
    cross join first_week
    group by
        stays.group_name,
        case
            when stays.entered_on < first_week.week_on then first_week.week_on
            else stays.entered_on
        end

    union all

    select
        stays.group_name,
        case
            when stays.left_on < first_week.week_on then first_week.week_on
            else stays.left_on
        end as week_on,
        0 as received_items,
        0 as due_items,
        0 as on_time_items,
        -count(*) as net_items
    from stays
    cross join first_week
    where stays.left_at < :as_of
    group by
        stays.group_name,
        case
            when stays.left_on < first_week.week_on then first_week.week_on
            else stays.left_on
        end

    union all

    select
        group_name,
        week_start(day_of(promise_at)) as week_on,
        0 as received_items,
        count(*) as due_items,
        count(case when completed_at <= promise_at then 1 end) as on_time_items,
        0 as net_items
    from stays
    where
        (next_entered_at is null or next_entered_at >= :as_of)
        and promise_at < :as_of
        and (cancelled_at is null or cancelled_at > promise_at)
    group by group_name, week_start(day_of(promise_at))

),

groups as (

    select distinct group_name
    from parts

),

counted as (

    select
        groups.group_name,
        shown_weeks.week_on,
        coalesce(sum(parts.received_items), 0) as received_items,
        coalesce(sum(parts.due_items), 0) as due_items,
        coalesce(sum(parts.on_time_items), 0) as on_time_items,
        coalesce(sum(parts.net_items), 0) as net_items
    from groups
    cross join shown_weeks
    left join parts
        on
            groups.group_name is not distinct from parts.group_name
            and shown_weeks.week_on = parts.week_on
    group by groups.group_name, shown_weeks.week_on

)

select
    week_on,
    group_name,
    cast(received_items as bigint) as received_items,
    cast(due_items as bigint) as due_items,
    cast(on_time_items as bigint) as on_time_items,
    cast(
        sum(net_items) over (
            partition by group_name
            order by week_on
        ) as bigint
    ) as open_items
from counted
order by week_on, group_name
