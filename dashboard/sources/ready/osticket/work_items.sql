-- Tickets
-- What is known of each ticket now?
--
-- One row per ticket of osTicket. It ends with the first closing since it was last
-- reopened. A promise that had passed is deleted when the ticket is closed, so it is made
-- again of what is left: the last change of the date, the SLA, the flag of being overdue.

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
        ost_department.schedule_id,
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
        ost_thread.object_id as ticket_id,
        ost_event.name,
        ost_thread_event.timestamp,
        json_value(ost_thread_event.data, '$.duedate[0]') as due_before,
        json_value(ost_thread_event.data, '$.duedate[1]') as due_after,
        max(case ost_event.name when 'reopened' then ost_thread_event.id end) over (
            partition by ost_thread.object_id
        ) as reopened_id,
        min(case ost_event.name when 'merged' then ost_thread_event.id end) over (
            partition by ost_thread.object_id
        ) as merged_id
    from ost_thread_event
    inner join ost_thread
        on ost_thread_event.thread_id = ost_thread.id
    inner join ost_event
        on ost_thread_event.event_id = ost_event.id
    where
        ost_thread.object_type in ('T', 'C')
        and ost_event.name in ('closed', 'reopened', 'merged', 'edited', 'overdue')

),

ends as (

    select
        ticket_id,
        min(timestamp) as ended_at,
        min(id) > min(merged_id) as was_merged
    from happened
    where
        name = 'closed'
        and id > coalesce(reopened_id, 0)
    group by ticket_id

),

flags as (

    select
        ticket_id,
        min(timestamp) as first_at,
        max(timestamp) as last_at
    from happened
    where name = 'overdue'
    group by ticket_id

),

edits as (

    select
        ticket_id,
        due_before,
        due_after,
        row_number() over (partition by ticket_id order by id) as edit_number,
        row_number() over (partition by ticket_id order by id desc) as edits_to_end
    from happened
    where
        due_before is not null
        or due_after is not null

),

moves as (

    select
        ticket_id,
        cast(max(case edit_number when 1 then due_before end) as datetime) as first_before,
        cast(max(case edit_number when 1 then due_after end) as datetime) as first_after,
        cast(max(case edits_to_end when 1 then due_after end) as datetime) as last_after
    from edits
    group by ticket_id

),

-- What the SLA promised on receipt, where it counts round the clock.
promises as (

    select
        ost_ticket.ticket_id,
        date_add(ost_ticket.created, interval ost_sla.grace_period hour) as due_at
    from ost_ticket
    inner join ost_sla
        on ost_ticket.sla_id = ost_sla.id
    inner join departments
        on ost_ticket.dept_id = departments.id
    where
        ost_sla.isactive = 1
        and ost_sla.schedule_id = 0
        and departments.schedule_id = 0

),

answers as (

    select
        ost_thread.object_id as ticket_id,
        min(ost_thread_entry.created) as first_at
    from ost_thread_entry
    inner join ost_thread
        on ost_thread_entry.thread_id = ost_thread.id
    where
        ost_thread.object_type in ('T', 'C')
        and ost_thread_entry.type = 'R'
        and ost_thread_entry.staff_id > 0
    group by ost_thread.object_id

),

dated as (

    select
        ost_ticket.ticket_id,
        ost_ticket.number,
        ost_ticket.dept_id,
        ost_ticket.staff_id,
        ost_ticket.topic_id,
        ost_ticket.user_id,
        ost_ticket.source,
        ost_ticket.created,
        ost_ticket.updated,
        ost_ticket_status.name as status,
        answers.first_at as started_at,
        coalesce(
            moves.first_before,
            case when moves.ticket_id is null then ost_ticket.duedate end,
            promises.due_at,
            moves.first_after,
            ost_ticket.est_duedate,
            flags.first_at
        ) as first_due_at,
        coalesce(
            ost_ticket.duedate,
            ost_ticket.est_duedate,
            moves.last_after,
            promises.due_at,
            flags.last_at
        ) as due_at,
        case
            when ost_ticket_status.state in ('closed', 'archived')
                then coalesce(ends.ended_at, ost_ticket.closed)
        end as ended_at,
        -- 8 marks a link to a ticket, which is no merger.
        ost_ticket.ticket_pid is not null
        and ost_ticket.flags & 8 = 0
        and coalesce(ends.was_merged, 0) = 1 as was_merged
    from ost_ticket
    inner join ost_ticket_status
        on ost_ticket.status_id = ost_ticket_status.id
    left join ends
        on ost_ticket.ticket_id = ends.ticket_id
    left join flags
        on ost_ticket.ticket_id = flags.ticket_id
    left join moves
        on ost_ticket.ticket_id = moves.ticket_id
    left join promises
        on ost_ticket.ticket_id = promises.ticket_id
    left join answers
        on ost_ticket.ticket_id = answers.ticket_id

)

select
    dated.number as item_id,
    departments.department,
    departments.team,
    case
        when agents.name_number > 1 then concat(agents.name, ' (', agents.staff_id, ')')
        else agents.name
    end as employee,
    ost_help_topic.topic as work_type,
    ost_ticket_priority.priority_desc as priority,
    dated.source as channel,
    ost_organization.name as client,
    dated.status,
    convert_tz(dated.created, @@global.time_zone, '+00:00') as received_at,
    convert_tz(dated.started_at, @@global.time_zone, '+00:00') as started_at,
    convert_tz(dated.first_due_at, @@global.time_zone, '+00:00') as first_due_at,
    convert_tz(dated.due_at, @@global.time_zone, '+00:00') as due_at,
    case
        when not dated.was_merged
            then convert_tz(dated.ended_at, @@global.time_zone, '+00:00')
    end as completed_at,
    case
        when dated.was_merged
            then convert_tz(dated.ended_at, @@global.time_zone, '+00:00')
    end as cancelled_at,
    convert_tz(dated.updated, @@global.time_zone, '+00:00') as changed_at
from dated
left join departments
    on dated.dept_id = departments.id
left join agents
    on dated.staff_id = agents.staff_id
left join ost_help_topic
    on dated.topic_id = ost_help_topic.topic_id
left join ost_ticket__cdata
    on dated.ticket_id = ost_ticket__cdata.ticket_id
left join ost_ticket_priority
    on ost_ticket__cdata.priority = ost_ticket_priority.priority_id
left join ost_user
    on dated.user_id = ost_user.id
left join ost_organization
    on ost_user.org_id = ost_organization.id
