-- Stages of items
-- In which status and whose hands was which item, from when to when?
--
-- One row per stretch of an item's life in one status, team and state of pause. Derived
-- from item_stays and work_events, before any filter. A status is null until an event
-- tells one, and anew when the item ends or is reopened without a word of its status.

with

points as (

    select
        item_id,
        entered_at as happened_at,
        0 as is_told,
        2 * stay_number as place,
        0 as kind_number,
        department,
        team,
        1 as is_open,
        cast(null as varchar) as status,
        case entered_by when 'reopened' then 1 end as is_reset,
        0 as pause_step
    from item_stays

    union all

    select
        item_id,
        left_at as happened_at,
        0 as is_told,
        2 * stay_number + 1 as place,
        0 as kind_number,
        department,
        team,
        0 as is_open,
        cast(null as varchar) as status,
        1 as is_reset,
        0 as pause_step
    from item_stays
    where left_by in ('completed', 'cancelled')

    union all

    select
        item_id,
        event_at as happened_at,
        1 as is_told,
        sequence as place,
        case kind
            when 'received' then 1
            when 'reopened' then 2
            when 'due_changed' then 3
            when 'transferred' then 4
            when 'assigned' then 5
            when 'started' then 6
            when 'paused' then 7
            when 'resumed' then 8
            when 'returned' then 9
            when 'status' then 10
            when 'replied' then 11
            else 12
        end as kind_number,
        cast(null as varchar) as department,
        cast(null as varchar) as team,
        cast(null as integer) as is_open,
        case
            when kind in ('received', 'reopened', 'completed', 'cancelled') then to_status
            when to_status is distinct from from_status then to_status
        end as status,
        cast(null as integer) as is_reset,
        case kind when 'paused' then 1 when 'resumed' then -1 else 0 end as pause_step
    from work_events
    where
        kind in ('paused', 'resumed', 'received', 'reopened', 'completed', 'cancelled')
        or (to_status is not null and to_status is distinct from from_status)

),

numbered as (

    select
        *,
        row_number() over (
            partition by item_id
            order by happened_at, is_told, place, kind_number, status
        ) as point_number
    from points

),

grouped as (

    select
        *,
        count(is_open) over (
            partition by item_id
            order by point_number
        ) as holder_number,
        count(coalesce(status, cast(is_reset as varchar))) over (
            partition by item_id
            order by point_number
        ) as status_number,
        count(is_reset) over (
            partition by item_id
            order by point_number
        ) as life_number,
        lead(happened_at) over (
            partition by item_id
            order by point_number
        ) as next_happened_at
    from numbered

),

-- Pauses may lie in each other; one that nothing began does not end another.
deepened as (

    select
        *,
        sum(pause_step) over (
            partition by item_id, life_number
            order by point_number
        ) as pause_depth
    from grouped

),

carried as (

    select
        item_id,
        happened_at,
        point_number,
        max(department) over (partition by item_id, holder_number) as department,
        max(team) over (partition by item_id, holder_number) as team,
        max(is_open) over (partition by item_id, holder_number) as is_open,
        max(status) over (partition by item_id, status_number) as status,
        case
            when
                pause_depth > 0
                or pause_depth > min(pause_depth) over (
                    partition by item_id, life_number
                    order by point_number
                )
                then 1
            else 0
        end as is_paused,
        case when is_told = 0 and happened_at = next_happened_at then 1 else 0 end
            as is_overtaken,
        holder_number
    from deepened

),

compared as (

    select
        *,
        lag(point_number) over (partition by item_id order by point_number) as before,
        lag(department) over (
            partition by item_id
            order by point_number
        ) as department_before,
        lag(team) over (partition by item_id order by point_number) as team_before,
        lag(is_open) over (partition by item_id order by point_number) as was_open,
        lag(status) over (partition by item_id order by point_number) as status_before,
        lag(is_paused) over (partition by item_id order by point_number) as was_paused
    from carried
    where
        holder_number > 0
        and is_overtaken = 0

),

stages as (

    select
        item_id,
        row_number() over (partition by item_id order by point_number) as stage_number,
        happened_at as entered_at,
        lead(happened_at) over (partition by item_id order by point_number) as left_at,
        lead(status) over (partition by item_id order by point_number) as next_status,
        department,
        team,
        status,
        is_open = 1 as is_open,
        is_paused = 1 as is_paused
    from compared
    where
        before is null
        or is_open <> was_open
        or is_paused <> was_paused
        or status is distinct from status_before
        or team is distinct from team_before
        or department is distinct from department_before

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
    cross join offsets

),

clocks as (

    select
        stages.item_id,
        stages.stage_number,
        clock_at(
            stages.entered_at,
            near_days.minutes_before,
            near_days.w1_from,
            near_days.w1_to,
            near_days.w2_from,
            near_days.w2_to,
            near_days.w3_from,
            near_days.w3_to
        ) as clock
    from stages
    inner join item_clocks
        on stages.item_id = item_clocks.item_id
    inner join near_days
        on
            item_clocks.calendar = near_days.calendar
            and utc_day_of(stages.entered_at) = near_days.utc_day
            and stages.entered_at >= near_days.starts_at
            and stages.entered_at < near_days.ends_at

),

timed as (

    select
        stages.*,
        clocks.clock as entered_clock,
        lead(clocks.clock) over (
            partition by stages.item_id
            order by stages.stage_number
        ) as left_clock
    from stages
    left join clocks
        on
            stages.item_id = clocks.item_id
            and stages.stage_number = clocks.stage_number

),

paused as (

    select
        *,
        coalesce(sum(case when is_paused and is_open then left_clock - entered_clock end) over (
            partition by item_id
            order by stage_number
        ), 0)
        - case
            when is_paused and is_open then coalesce(left_clock - entered_clock, 0)
            else 0
        end
            as paused_before
    from timed

)

select
    paused.stage_number,
    paused.entered_at,
    paused.left_at,
    paused.next_status,
    paused.is_open,
    paused.is_paused,
    paused.entered_clock,
    paused.left_clock,
    paused.paused_before,
    paused.item_id,
    paused.department,
    paused.team,
    paused.status,
    work_items.employee,
    work_items.work_type,
    work_items.priority,
    work_items.channel,
    work_items.received_at
from paused
inner join work_items
    on paused.item_id = work_items.item_id
order by paused.item_id, paused.stage_number
