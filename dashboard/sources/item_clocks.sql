-- Clocks of items
-- How many working seconds of its calendar had gone by at each date of an item?
--
-- One row per item. Working time between two instants is the difference of their clocks.
-- Derived from work_items, work_types and calendar_days, before any filter.

with

standard as (

    select min(calendar) as calendar
    from calendar_days
    where is_default

),

ranked_kinds as (

    select
        work_items.item_id,
        work_types.calendar,
        row_number() over (
            partition by work_items.item_id
            order by
                case when work_types.department is null then 1 else 0 end,
                work_types.valid_from desc,
                work_types.calendar
        ) as place
    from work_items
    inner join work_types
        on
            work_items.work_type = work_types.work_type
            and work_types.calendar is not null
            and (
                work_types.department = work_items.department
                or work_types.department is null
            )
            and (
                work_types.valid_from is null
                or day_of(work_items.received_at) >= work_types.valid_from
            )
            and (
                work_types.valid_to is null
                or day_of(work_items.received_at) < work_types.valid_to
            )

),

calendars_of_items as (

    select
        work_items.*,
        coalesce(ranked_kinds.calendar, standard.calendar) as calendar
    from work_items
    cross join standard
    left join ranked_kinds
        on
            work_items.item_id = ranked_kinds.item_id
            and ranked_kinds.place = 1

),

instants as (

    select
        item_id,
        calendar,
        'received' as role,
        received_at as happened_at
    from calendars_of_items

    union all

    select
        item_id,
        calendar,
        'started' as role,
        started_at as happened_at
    from calendars_of_items

    union all

    select
        item_id,
        calendar,
        'promise' as role,
        coalesce(first_due_at, due_at) as happened_at
    from calendars_of_items

    union all

    select
        item_id,
        calendar,
        'due' as role,
        coalesce(due_at, first_due_at) as happened_at
    from calendars_of_items

    union all

    select
        item_id,
        calendar,
        'completed' as role,
        completed_at as happened_at
    from calendars_of_items

),

-- A calendar that never opens is a mistake: by it, nothing would ever take any time.
open_calendars as (

    select distinct calendar
    from calendar_days
    where minutes_in > 0

),

-- A local day begins at most a day before or after that of UTC.
offsets as (

    select -1 as days
    union all
    select 0 as days
    union all
    select 1 as days

),

near_days as (

    select
        calendar_days.*,
        days_after(calendar_days.day, offsets.days) as utc_day
    from calendar_days
    inner join open_calendars
        on calendar_days.calendar = open_calendars.calendar
    cross join offsets

),

clocks as (

    select
        instants.item_id,
        instants.role,
        clock_at(
            instants.happened_at,
            near_days.minutes_before,
            near_days.w1_from,
            near_days.w1_to,
            near_days.w2_from,
            near_days.w2_to,
            near_days.w3_from,
            near_days.w3_to
        ) as clock
    from instants
    inner join near_days
        on
            instants.calendar = near_days.calendar
            and utc_day_of(instants.happened_at) = near_days.utc_day
            and instants.happened_at >= near_days.starts_at
            and instants.happened_at < near_days.ends_at

)

select
    calendars_of_items.item_id,
    calendars_of_items.calendar,
    max(case clocks.role when 'received' then clocks.clock end) as received_clock,
    max(case clocks.role when 'started' then clocks.clock end) as started_clock,
    max(case clocks.role when 'promise' then clocks.clock end) as promise_clock,
    max(case clocks.role when 'due' then clocks.clock end) as due_clock,
    max(case clocks.role when 'completed' then clocks.clock end) as completed_clock
from calendars_of_items
left join clocks
    on calendars_of_items.item_id = clocks.item_id
group by calendars_of_items.item_id, calendars_of_items.calendar
order by calendars_of_items.item_id
