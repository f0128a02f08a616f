-- Stays of items in teams
-- Which team had which item, from when to when, and how did it come and go?
--
-- One row per stay of an item in a team. Derived from work_events and item_clocks, before
-- any filter; an item whose receipt is not among the events is rebuilt from its dates.

with

-- Items whose events tell a life from its beginning; others have only their dates.
told_items as (

    select
        item_id,
        max(department) is null and max(team) is null as is_nameless,
        count(case when kind in ('completed', 'cancelled') then 1 end) as ends
    from work_events
    where kind in ('received', 'reopened', 'transferred', 'completed', 'cancelled')
    group by item_id
    having
        min(case kind when 'received' then event_at end) <= min(event_at)

),

-- A life whose end no event tells ends by its dates.
told_events as (

    select
        item_id,
        event_at,
        sequence,
        kind,
        department,
        team
    from work_events
    where kind in ('received', 'reopened', 'transferred', 'completed', 'cancelled')

    union all

    select
        told_items.item_id,
        coalesce(work_items.completed_at, work_items.cancelled_at) as event_at,
        null as sequence,
        case when work_items.completed_at is not null then 'completed' else 'cancelled' end
            as kind,
        null as department,
        null as team
    from told_items
    inner join work_items
        on told_items.item_id = work_items.item_id
    where
        told_items.ends = 0
        and coalesce(work_items.completed_at, work_items.cancelled_at) is not null

),

arrivals_and_departures as (

    select
        told_events.item_id,
        told_events.event_at,
        told_events.kind,
        case when told_items.is_nameless then work_items.department else told_events.department end
            as department,
        case when told_items.is_nameless then work_items.team else told_events.team end
            as team,
        row_number() over (
            partition by told_events.item_id
            order by
                told_events.event_at,
                told_events.sequence,
                case told_events.kind
                    when 'received' then 1
                    when 'reopened' then 2
                    when 'transferred' then 3
                    when 'completed' then 4
                    else 5
                end
        ) as event_number
    from told_events
    inner join told_items
        on told_events.item_id = told_items.item_id
    inner join work_items
        on told_events.item_id = work_items.item_id

),

numbered as (

    select
        *,
        count(case when kind <> 'transferred' then 1 end) over (
            partition by item_id
            order by event_number
        ) as state_number,
        count(case when kind in ('received', 'transferred') then 1 end) over (
            partition by item_id
            order by event_number
        ) as place_number
    from arrivals_and_departures

),

placed as (

    select
        item_id,
        event_at,
        event_number,
        kind,
        coalesce(max(
            case when kind in ('received', 'reopened') then 1 when kind <> 'transferred' then 0 end
        ) over (partition by item_id, state_number), 0) as is_open,
        max(
            case when kind in ('received', 'transferred') or place_number = 0 then department end
        ) over (partition by item_id, place_number) as department,
        max(
            case when kind in ('received', 'transferred') or place_number = 0 then team end
        ) over (partition by item_id, place_number) as team
    from numbered

),

compared as (

    select
        *,
        lag(is_open, 1, 0) over (partition by item_id order by event_number) as was_open,
        lag(team) over (partition by item_id order by event_number) as team_before,
        lag(department) over (
            partition by item_id
            order by event_number
        ) as department_before
    from placed

),

turning_points as (

    select
        item_id,
        event_at,
        event_number,
        kind,
        is_open,
        department,
        team,
        event_number > min(event_number) over (partition by item_id) as is_later,
        lead(event_at) over (partition by item_id order by event_number) as left_at,
        lead(kind) over (partition by item_id order by event_number) as left_by
    from compared
    where
        is_open <> was_open
        or (
            is_open = 1
            and kind = 'transferred'
            and (
                team is distinct from team_before
                or department is distinct from department_before
            )
        )

),

stays_from_events as (

    select
        item_id,
        row_number() over (partition by item_id order by event_number) as stay_number,
        event_at as entered_at,
        -- A second receipt is a return.
        case when kind = 'received' and is_later then 'reopened' else kind end as entered_by,
        left_at,
        left_by,
        department,
        team
    from turning_points
    where is_open = 1

),

stays_from_dates as (

    select
        item_id,
        1 as stay_number,
        received_at as entered_at,
        'received' as entered_by,
        -- What ended before it came was never open.
        case
            when completed_at < received_at or cancelled_at < received_at then received_at
            when completed_at is null or cancelled_at < completed_at then cancelled_at
            else completed_at
        end as left_at,
        case
            when cancelled_at is not null and (completed_at is null or cancelled_at < completed_at)
                then 'cancelled'
            when completed_at is not null then 'completed'
        end as left_by,
        department,
        team
    from work_items
    where item_id not in (select item_id from told_items)

),

stays as (

    select * from stays_from_events
    union all
    select * from stays_from_dates

),

followed as (

    select
        *,
        lead(entered_at) over (
            partition by item_id
            order by stay_number
        ) as next_entered_at,
        lead(entered_by) over (
            partition by item_id
            order by stay_number
        ) as next_entered_by,
        count(case left_by when 'completed' then 1 end) over (
            partition by item_id
            order by stay_number
        ) as completions,
        min(case left_by when 'completed' then left_at end) over (
            partition by item_id
        ) as first_completed_at
    from stays

),

looks as (

    select
        item_id,
        min(reviewed_at) as looked_at,
        min(case when defects > 0 then reviewed_at end) as defect_found_at
    from quality_reviews
    group by item_id

),

movers as (

    select
        item_id,
        min(case kind when 'due_changed' then event_at end) as due_moved_at,
        min(case when kind = 'due_changed' and employee is not null then event_at end)
            as due_moved_by_person_at,
        min(case kind when 'returned' then event_at end) as returned_at
    from work_events
    where kind in ('due_changed', 'returned')
    group by item_id

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

completions as (

    select
        followed.item_id,
        followed.stay_number,
        clock_at(
            followed.left_at,
            near_days.minutes_before,
            near_days.w1_from,
            near_days.w1_to,
            near_days.w2_from,
            near_days.w2_to,
            near_days.w3_from,
            near_days.w3_to
        ) as clock
    from followed
    inner join item_clocks
        on followed.item_id = item_clocks.item_id
    inner join near_days
        on
            item_clocks.calendar = near_days.calendar
            and utc_day_of(followed.left_at) = near_days.utc_day
            and followed.left_at >= near_days.starts_at
            and followed.left_at < near_days.ends_at
    where followed.left_by = 'completed'

)

select
    followed.stay_number,
    followed.entered_at,
    followed.entered_by,
    followed.left_at,
    followed.left_by,
    followed.next_entered_at,
    followed.next_entered_by,
    case followed.left_by when 'completed' then followed.completions end
        as completion_number,
    followed.first_completed_at,
    coalesce(work_items.first_due_at, work_items.due_at) as promise_at,
    movers.due_moved_at,
    movers.due_moved_by_person_at,
    movers.returned_at,
    first_reviews.reviewed_at as first_reviewed_at,
    looks.looked_at,
    looks.defect_found_at,
    item_clocks.calendar,
    item_clocks.received_clock,
    item_clocks.started_clock,
    item_clocks.promise_clock,
    item_clocks.due_clock,
    case
        when
            followed.left_by = 'completed'
            and followed.next_entered_at is null
            and work_items.completed_at is not null
            then item_clocks.completed_clock
        else completions.clock
    end as completed_clock,
    followed.item_id,
    followed.department,
    followed.team,
    work_items.employee,
    work_items.work_type,
    work_items.priority,
    work_items.channel,
    work_items.client,
    work_items.status,
    work_items.received_at,
    work_items.started_at,
    work_items.first_due_at,
    coalesce(work_items.due_at, work_items.first_due_at) as due_at,
    case
        when followed.left_by = 'completed' and followed.next_entered_at is null
            then coalesce(work_items.completed_at, followed.left_at)
        when followed.left_by = 'completed' then followed.left_at
    end as completed_at,
    case
        when followed.left_by = 'cancelled' and followed.next_entered_at is null
            then coalesce(work_items.cancelled_at, followed.left_at)
        when followed.left_by = 'cancelled' then followed.left_at
    end as cancelled_at,
    -- No work takes less than no time: what it does take is not known.
    case when work_items.standard_minutes >= 0 then work_items.standard_minutes end
        as standard_minutes,
    case when work_items.handling_minutes >= 0 then work_items.handling_minutes end
        as handling_minutes,
    work_items.amount
from followed
inner join work_items
    on followed.item_id = work_items.item_id
left join item_clocks
    on followed.item_id = item_clocks.item_id
left join completions
    on
        followed.item_id = completions.item_id
        and followed.stay_number = completions.stay_number
left join movers
    on followed.item_id = movers.item_id
left join first_reviews
    on followed.item_id = first_reviews.item_id
left join looks
    on followed.item_id = looks.item_id
order by followed.item_id, followed.stay_number
