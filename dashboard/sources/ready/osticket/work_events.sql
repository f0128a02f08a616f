-- Events of tickets
-- What happened to each ticket, and who did it?
--
-- One row per receipt, closing, reopening, transfer, assignment, change of status or of
-- the date, and answer of an agent. The closing of a ticket that was merged cancels it.
-- Each event tells the department that has the ticket after it.

with

agents as (

    select
        staff_id,
        trim(concat_ws(' ', firstname, lastname)) as name,
        row_number() over (
            partition by trim(concat_ws(' ', firstname, lastname))
            order by staff_id
        ) as name_number
    from ost_staff

),

departments as (

    select
        ost_department.id,
        coalesce(top.name, ost_department.name) as department,
        case
            when top.id <> ost_department.id then concat(top.name, ' / ', ost_department.name)
            else ost_department.name
        end as team
    from ost_department
    left join ost_department as top
        on substring_index(substring_index(ost_department.path, '/', 2), '/', -1) = top.id

),

happened as (

    select
        ost_thread_event.id,
        ost_ticket.number,
        ost_ticket.updated,
        ost_event.name,
        ost_thread_event.timestamp,
        ost_thread_event.dept_id,
        case ost_thread_event.uid_type when 'S' then ost_thread_event.uid end as staff_id,
        -- A closing tells number and name of the status, a change its number alone.
        coalesce(
            json_value(ost_thread_event.data, '$.status[0]'),
            json_value(ost_thread_event.data, '$.status')
        ) as status_id,
        coalesce(
            json_value(ost_thread_event.data, '$.duedate[0]'),
            json_value(ost_thread_event.data, '$.duedate[1]')
        ) is not null as moves_date,
        -- 8 marks a link to a ticket, which is no merger.
        ost_ticket.ticket_pid is not null
        and ost_ticket.flags & 8 = 0
        and ost_thread_event.id > min(
            case ost_event.name when 'merged' then ost_thread_event.id end
        ) over (partition by ost_ticket.ticket_id) as was_merged,
        coalesce(max(
            case ost_event.name when 'closed' then ost_thread_event.id end
        ) over earlier > coalesce(max(
            case ost_event.name when 'reopened' then ost_thread_event.id end
        ) over earlier, 0), false) as was_closed
    from ost_thread_event
    inner join ost_thread
        on ost_thread_event.thread_id = ost_thread.id
    inner join ost_ticket
        on ost_thread.object_id = ost_ticket.ticket_id
    inner join ost_event
        on ost_thread_event.event_id = ost_event.id
    where ost_thread.object_type in ('T', 'C')
    window earlier as (
        partition by ost_ticket.ticket_id
        order by ost_thread_event.id
        rows between unbounded preceding and 1 preceding
    )

),

events as (

    select
        number,
        updated,
        timestamp,
        1 as source,
        id,
        case
            when name = 'created' then 'received'
            when name = 'closed' and was_closed then 'status'
            when name = 'closed' and was_merged then 'cancelled'
            when name = 'closed' then 'completed'
            when name = 'edited' and moves_date then 'due_changed'
            when name = 'edited' then 'status'
            else name
        end as kind,
        status_id,
        staff_id,
        dept_id
    from happened
    where
        name in ('created', 'closed', 'reopened', 'transferred', 'assigned')
        or (name = 'edited' and (moves_date or status_id is not null))

    union all

    select
        ost_ticket.number,
        ost_ticket.updated,
        ost_thread_entry.created as timestamp,
        2 as source,
        ost_thread_entry.id,
        'replied' as kind,
        null as status_id,
        ost_thread_entry.staff_id,
        null as dept_id
    from ost_thread_entry
    inner join ost_thread
        on ost_thread_entry.thread_id = ost_thread.id
    inner join ost_ticket
        on ost_thread.object_id = ost_ticket.ticket_id
    where
        ost_thread.object_type in ('T', 'C')
        and ost_thread_entry.type = 'R'
        and ost_thread_entry.staff_id > 0

),

numbered as (

    select
        *,
        row_number() over (
            partition by number
            order by timestamp, source, id
        ) as sequence,
        count(dept_id) over (
            partition by number
            order by timestamp, source, id
        ) as place_number
    from events

),

placed as (

    select
        *,
        max(dept_id) over (partition by number, place_number) as dept_after
    from numbered

)

select
    placed.number as item_id,
    convert_tz(placed.timestamp, @@global.time_zone, '+00:00') as event_at,
    placed.sequence,
    placed.kind,
    ost_ticket_status.name as to_status,
    case
        when agents.name_number > 1 then concat(agents.name, ' (', agents.staff_id, ')')
        else agents.name
    end as employee,
    departments.department,
    departments.team,
    convert_tz(
        greatest(placed.timestamp, placed.updated), @@global.time_zone, '+00:00'
    ) as changed_at
from placed
left join departments
    on placed.dept_after = departments.id
left join agents
    on placed.staff_id = agents.staff_id
left join ost_ticket_status
    on placed.status_id = ost_ticket_status.id
