-- Events of tickets
-- What happened to each ticket, and who did it?
--
-- One row per receipt, change of group, owner, state or promise, and answer to a customer.
-- A state that ignores escalation is a pause while the ticket is open. Promises are
-- reckoned by Zammad, so no person moves them. Machines and customers have no name here.
-- Each event tells the group that has the ticket after it.

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
        case
            when ticket_state_types.name = 'closed' then 'completed'
            when ticket_state_types.name in ('merged', 'removed') then 'cancelled'
        end as ending,
        ticket_states.ignore_escalation
        and ticket_state_types.name like 'pending%' as is_pause
    from ticket_states
    inner join ticket_state_types
        on ticket_states.state_type_id = ticket_state_types.id

),

changes as (

    select
        histories.id,
        histories.o_id as ticket_id,
        histories.created_at,
        histories.created_by_id,
        history_attributes.name as attribute,
        histories.id_from,
        histories.id_to,
        histories.value_to,
        row_number() over (
            partition by histories.o_id, history_attributes.name
            order by histories.created_at, histories.id
        ) as change_number
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
        and history_attributes.name in ('state', 'group', 'owner', 'close_escalation_at')

),

-- The group and the state that a ticket came with are those before their first change.
receipts as (

    select
        tickets.id as ticket_id,
        tickets.created_at,
        tickets.created_by_id,
        coalesce(first_group.id_from, tickets.group_id) as group_id,
        coalesce(first_state.id_from, tickets.state_id) as state_id
    from tickets
    left join changes as first_group
        on
            tickets.id = first_group.ticket_id
            and first_group.attribute = 'group'
            and first_group.change_number = 1
    left join changes as first_state
        on
            tickets.id = first_state.ticket_id
            and first_state.attribute = 'state'
            and first_state.change_number = 1

),

promises as (

    select
        *,
        lag(value_to) over (partition by ticket_id order by change_number) as value_before
    from changes
    where
        attribute = 'close_escalation_at'
        and value_to <> ''

),

answers as (

    select
        ticket_articles.id,
        ticket_articles.ticket_id,
        ticket_articles.created_at,
        ticket_articles.created_by_id
    from ticket_articles
    inner join tickets
        on ticket_articles.ticket_id = tickets.id
    inner join ticket_article_senders
        on ticket_articles.sender_id = ticket_article_senders.id
    inner join ticket_article_types
        on ticket_articles.type_id = ticket_article_types.id
    where
        ticket_article_senders.name = 'Agent'
        and ticket_article_types.communication
        and not ticket_articles.internal
        -- What a ticket came with is no answer.
        and ticket_articles.created_at > tickets.created_at + interval '1 second'

),

events as (

    select
        ticket_id,
        created_at,
        created_by_id,
        0 as id,
        1 as place,
        'received' as kind,
        cast(null as integer) as state_from,
        state_id as state_to,
        group_id
    from receipts

    union all

    select
        receipts.ticket_id,
        receipts.created_at,
        receipts.created_by_id,
        0 as id,
        2 as place,
        coalesce(states.ending, 'paused') as kind,
        cast(null as integer) as state_from,
        receipts.state_id as state_to,
        cast(null as integer) as group_id
    from receipts
    inner join states
        on receipts.state_id = states.id
    where
        states.ending is not null
        or states.is_pause

    union all

    select
        changes.ticket_id,
        changes.created_at,
        changes.created_by_id,
        changes.id,
        case
            when state_to.ending is not null then 9
            when state_from.ending is not null then 3
            else 7
        end as place,
        case
            when state_to.ending is not null and state_from.ending is not null then 'status'
            when state_to.ending is not null then state_to.ending
            when state_from.ending is not null then 'reopened'
            when state_to.is_pause and not state_from.is_pause then 'paused'
            when state_from.is_pause and not state_to.is_pause then 'resumed'
            else 'status'
        end as kind,
        changes.id_from as state_from,
        changes.id_to as state_to,
        cast(null as integer) as group_id
    from changes
    inner join states as state_from
        on changes.id_from = state_from.id
    inner join states as state_to
        on changes.id_to = state_to.id
    where changes.attribute = 'state'

    union all

    -- Reopened into a state that waits.
    select
        changes.ticket_id,
        changes.created_at,
        changes.created_by_id,
        changes.id,
        7 as place,
        'paused' as kind,
        changes.id_to as state_from,
        changes.id_to as state_to,
        cast(null as integer) as group_id
    from changes
    inner join states as state_from
        on changes.id_from = state_from.id
    inner join states as state_to
        on changes.id_to = state_to.id
    where
        changes.attribute = 'state'
        and state_from.ending is not null
        and state_to.is_pause

    union all

    select
        ticket_id,
        created_at,
        created_by_id,
        id,
        case attribute when 'group' then 4 else 5 end as place,
        case attribute when 'group' then 'transferred' else 'assigned' end as kind,
        cast(null as integer) as state_from,
        cast(null as integer) as state_to,
        case attribute when 'group' then id_to end as group_id
    from changes
    where
        attribute = 'group'
        -- The first user is nobody.
        or (attribute = 'owner' and id_to > 1)

    union all

    select
        ticket_id,
        created_at,
        cast(null as integer) as created_by_id,
        id,
        6 as place,
        'due_changed' as kind,
        cast(null as integer) as state_from,
        cast(null as integer) as state_to,
        cast(null as integer) as group_id
    from promises
    where value_to <> value_before

    union all

    select
        ticket_id,
        created_at,
        created_by_id,
        0 as id,
        8 as place,
        'replied' as kind,
        cast(null as integer) as state_from,
        cast(null as integer) as state_to,
        cast(null as integer) as group_id
    from answers

),

numbered as (

    select
        *,
        row_number() over life as sequence,
        count(group_id) over life as group_number
    from events
    window life as (partition by ticket_id order by created_at, place, id)

),

placed as (

    select
        *,
        max(group_id) over (partition by ticket_id, group_number) as group_after
    from numbered

)

select
    tickets.number as item_id,
    placed.created_at as event_at,
    placed.sequence,
    placed.kind,
    state_from.name as from_status,
    state_to.name as to_status,
    case when agents.name_number > 1
            then concat(agents.name, ' (', agents.id, ')')
        else agents.name
    end as employee,
    split_part(groups.name, '::', 1) as department,
    groups.name as team,
    greatest(placed.created_at, tickets.updated_at) as changed_at
from placed
inner join tickets
    on placed.ticket_id = tickets.id
left join groups
    on placed.group_after = groups.id
left join states as state_from
    on placed.state_from = state_from.id
left join states as state_to
    on placed.state_to = state_to.id
left join agents
    on placed.created_by_id = agents.id
