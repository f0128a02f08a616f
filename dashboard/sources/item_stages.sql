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
        case entered_by when 'reopened' then 0 end as is_paused
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
        0 as is_paused
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
            when 'started' then 3
            when 'paused' then 4
            when 'resumed' then 5
            when 'returned' then 6
            when 'status' then 7
            else 8
        end as kind_number,
        cast(null as varchar) as department,
        cast(null as varchar) as team,
        cast(null as integer) as is_open,
        case when to_status is distinct from from_status then to_status end as status,
        cast(null as integer) as is_reset,
        case kind when 'paused' then 1 when 'resumed' then 0 end as is_paused
    from work_events
    where
        kind in ('paused', 'resumed')
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
        count(is_paused) over (
            partition by item_id
            order by point_number
        ) as pause_number,
        lead(happened_at) over (
            partition by item_id
            order by point_number
        ) as next_happened_at
    from numbered

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
        coalesce(max(is_paused) over (partition by item_id, pause_number), 0) as is_paused,
        case when is_told = 0 and happened_at = next_happened_at then 1 else 0 end
            as is_overtaken,
        holder_number
    from grouped

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

)

select
    stages.stage_number,
    stages.entered_at,
    stages.left_at,
    stages.is_open,
    stages.is_paused,
    stages.item_id,
    stages.department,
    stages.team,
    stages.status,
    work_items.employee,
    work_items.work_type,
    work_items.priority,
    work_items.channel,
    work_items.received_at
from stages
inner join work_items
    on stages.item_id = work_items.item_id
order by stages.item_id, stages.stage_number
