-- Tickets
-- What is known of each ticket now?
--
-- One row per ticket of Zammad. The promise is the time of solution: the first one and the
-- latest one that the history tells, since the ticket itself forgets it when it is closed
-- or waits. A ticket ends when it leaves its open states for good; it is done if it was
-- closed then, cancelled if it was merged or removed.

with

agents as (

    select
        users.id,
        trim(concat(users.firstname, ' ', users.lastname)) as name,
        row_number() over (
            partition by trim(concat(users.firstname, ' ', users.lastname))
            order by users.id
        ) as name_number
    from users
    where
        users.id > 1
        and users.id in (
            select roles_users.user_id
            from roles_users
            inner join permissions_roles
                on roles_users.role_id = permissions_roles.role_id
            inner join permissions
                on permissions_roles.permission_id = permissions.id
            where permissions.name in ('ticket', 'ticket.agent')
        )

),

states as (

    select
        ticket_states.id,
        ticket_states.name,
        ticket_state_types.name as type,
        ticket_state_types.name in ('closed', 'merged', 'removed') as is_end
    from ticket_states
    inner join ticket_state_types
        on ticket_states.state_type_id = ticket_state_types.id

),

changes as (

    select
        histories.id,
        histories.o_id as ticket_id,
        histories.created_at,
        history_attributes.name as attribute,
        histories.id_from,
        histories.id_to,
        histories.value_to
    from histories
    inner join history_objects
        on histories.history_object_id = history_objects.id
    inner join history_types
        on histories.history_type_id = history_types.id
    inner join history_attributes
        on histories.history_attribute_id = history_attributes.id
    where
        history_objects.name = 'Ticket'
        and history_types.name = 'updated'
        and history_attributes.name in ('state', 'close_escalation_at')

),

promises as (

    select
        ticket_id,
        (array_agg(cast(left(value_to, 19) as timestamp) order by created_at, id))[1]
            as first_due_at,
        (array_agg(cast(left(value_to, 19) as timestamp) order by created_at desc, id desc))[1]
            as due_at
    from changes
    where
        attribute = 'close_escalation_at'
        and value_to <> ''
    group by ticket_id

),

turns as (

    select
        changes.ticket_id,
        min(case when state_from.type = 'new' then changes.created_at end) as started_at,
        max(case when state_to.is_end and not state_from.is_end then changes.created_at end)
            as ended_at,
        (
            array_agg(state_to.type order by changes.created_at desc, changes.id desc)
            filter (where state_to.is_end and not state_from.is_end))[1]
            as ended_by
    from changes
    inner join states as state_from
        on changes.id_from = state_from.id
    inner join states as state_to
        on changes.id_to = state_to.id
    where changes.attribute = 'state'
    group by changes.ticket_id

),

ends as (

    select
        tickets.id as ticket_id,
        coalesce(turns.ended_by, states.type) as ended_by,
        coalesce(turns.ended_at, tickets.last_close_at, tickets.close_at, tickets.created_at)
            as ended_at
    from tickets
    inner join states
        on tickets.state_id = states.id
    left join turns
        on tickets.id = turns.ticket_id
    where states.is_end

)

select
    tickets.number as item_id,
    split_part(groups.name, '::', 1) as department,
    groups.name as team,
    case when agents.name_number > 1
            then concat(agents.name, ' (', agents.id, ')')
        else agents.name
    end as employee,
    nullif(tickets.type, '') as work_type,
    ticket_priorities.name as priority,
    ticket_article_types.name as channel,
    organizations.name as client,
    states.name as status,
    tickets.created_at as received_at,
    turns.started_at,
    promises.first_due_at,
    coalesce(tickets.close_escalation_at, promises.due_at) as due_at,
    case when ends.ended_by = 'closed' then ends.ended_at end as completed_at,
    case when ends.ended_by <> 'closed' then ends.ended_at end as cancelled_at,
    tickets.time_unit as handling_minutes,
    tickets.updated_at as changed_at
from tickets
inner join groups
    on tickets.group_id = groups.id
inner join states
    on tickets.state_id = states.id
left join ticket_priorities
    on tickets.priority_id = ticket_priorities.id
left join ticket_article_types
    on tickets.create_article_type_id = ticket_article_types.id
left join organizations
    on tickets.organization_id = organizations.id
left join agents
    on tickets.owner_id = agents.id
left join turns
    on tickets.id = turns.ticket_id
left join ends
    on tickets.id = ends.ticket_id
left join promises
    on tickets.id = promises.ticket_id
