-- Events of incidents
-- What changed from one row of an incident to the next?
--
-- One row per receipt and per change of state, group or person. Into Resolved or Closed
-- from another state is completed, out of them is reopened. A group or person that goes
-- missing is a change too. Events of one row keep the order of their kinds.

with

compared as (

    select
        *,
        coalesce(state in ('Resolved', 'Closed'), false) as is_done,
        lag(row_number) over log as row_before,
        lag(state) over log as state_before,
        coalesce(lag(state) over log in ('Resolved', 'Closed'), false) as was_done,
        lag(assignment_group) over log as group_before,
        lag(assigned_to) over log as person_before
    from source
    window log as (partition by item_id order by row_number)

),

events as (

    select *, opened_at as event_at, 1 as place, 'received' as kind
    from compared
    where row_before is null

    union all

    select *, updated_at as event_at, 2 as place, 'reopened' as kind
    from compared
    where was_done and not is_done

    union all

    select *, updated_at as event_at, 3 as place, 'transferred' as kind
    from compared
    where
        row_before is not null
        and assignment_group is distinct from group_before

    union all

    select *, updated_at as event_at, 4 as place, 'assigned' as kind
    from compared
    where
        row_before is not null
        and assigned_to is distinct from person_before

    union all

    select *, updated_at as event_at, 5 as place, 'status' as kind
    from compared
    where state <> state_before and is_done = was_done

    union all

    select *, updated_at as event_at, 6 as place, 'completed' as kind
    from compared
    where is_done and not was_done

)

select
    events.item_id,
    events.event_at,
    row_number() over (
        partition by events.item_id
        order by events.row_number, events.place
    ) as sequence,
    events.kind,
    case
        when events.kind in ('reopened', 'status', 'completed')
        then events.state_before
    end as from_status,
    case
        when events.kind in ('received', 'reopened', 'status', 'completed')
        then events.state
    end as to_status,
    events.assigned_to as employee,
    work_items.department,
    events.assignment_group as team
from events
inner join work_items
    on events.item_id = work_items.item_id
