-- Events of issues
-- What happened to each issue, and who did it?
--
-- One row per receipt, change of status or of the promise, assignment, and message to the
-- customer. A message of the customer opens an issue that is not open. The statuses that
-- pause the agreement of an issue are pauses. Promises are reckoned, so nobody moves them.

with

site as (

    select value as zone
    from `tabSingles`
    where
        doctype = 'System Settings'
        and field = 'time_zone'

),

agents as (

    select
        name,
        full_name,
        row_number() over (partition by full_name order by creation, name) as name_number
    from `tabUser`
    where
        user_type = 'System User'
        and name not in ('Administrator', 'Guest')

),

told as (

    select
        `tabVersion`.docname as issue,
        `tabVersion`.creation,
        `tabVersion`.owner,
        `tabVersion`.name as version,
        changes.field,
        changes.before_it,
        changes.after_it
    from `tabVersion`
    cross join
        json_table(
            `tabVersion`.data, '$.changed[*]' columns (
                field varchar(140) path '$[0]',
                before_it varchar(140) path '$[1]',
                after_it varchar(140) path '$[2]'
            )
        ) as changes
    where
        `tabVersion`.ref_doctype = 'Issue'
        and changes.field in ('status', 'sla_resolution_by')

),

firsts as (

    select
        issue,
        before_it,
        row_number() over (partition by issue order by creation, version) as change_number
    from told
    where field = 'status'

),

-- A message of the customer opens an issue without a version of it.
points as (

    select
        `tabIssue`.name as issue,
        `tabIssue`.creation,
        `tabIssue`.owner,
        1 as place,
        coalesce(firsts.before_it, `tabIssue`.status) as status
    from `tabIssue`
    left join firsts
        on
            `tabIssue`.name = firsts.issue
            and firsts.change_number = 1

    union all

    select
        issue,
        creation,
        owner,
        3 as place,
        after_it as status
    from told
    where field = 'status'

    union all

    select
        reference_name as issue,
        creation,
        null as owner,
        2 as place,
        'Open' as status
    from `tabCommunication`
    where
        reference_doctype = 'Issue'
        and communication_type = 'Communication'
        and sent_or_received = 'Received'

),

turns as (

    select
        points.issue,
        points.creation,
        points.owner,
        points.place,
        points.status,
        lag(points.status) over life as status_before,
        `tabPause SLA On Status`.status is not null as is_pause,
        lag(`tabPause SLA On Status`.status) over life is not null as was_pause
    from points
    inner join `tabIssue`
        on points.issue = `tabIssue`.name
    left join `tabPause SLA On Status`
        on
            `tabIssue`.service_level_agreement = `tabPause SLA On Status`.parent
            and points.status = `tabPause SLA On Status`.status
    window life as (partition by points.issue order by points.creation, points.place)

),

judged as (

    select
        *,
        place = 1 as is_receipt,
        status in ('Closed', 'Resolved') as is_end,
        coalesce(status_before in ('Closed', 'Resolved'), false) as was_end
    from turns
    where
        place = 1
        or status <> status_before

),

-- Whatever comes or is reopened into an end or a wait is two events. MariaDB works a step
-- out anew wherever it is named, so the steps before are named once.
parts as (

    select 1 as part
    union all
    select 2 as part

),

events as (

    select
        judged.issue,
        judged.creation,
        judged.owner,
        case
            when parts.part = 1 and judged.is_receipt then 1
            when judged.is_end then 9
            when parts.part = 2 then 8
            when judged.was_end then 3
            else 7
        end as place,
        case
            when parts.part = 1 and judged.is_receipt then 'received'
            when judged.is_end and judged.was_end then 'status'
            when judged.is_end then 'completed'
            when parts.part = 1 and judged.was_end then 'reopened'
            when judged.is_pause and (parts.part = 2 or not judged.was_pause) then 'paused'
            when judged.was_pause and not judged.is_pause then 'resumed'
            else 'status'
        end as kind,
        case parts.part when 1 then judged.status_before else judged.status end
            as from_status,
        judged.status as to_status
    from judged
    cross join parts
    where
        parts.part = 1
        or (judged.is_receipt and (judged.is_end or judged.is_pause))
        or (judged.was_end and judged.is_pause)

    union all

    select
        issue,
        creation,
        null as owner,
        6 as place,
        'due_changed' as kind,
        null as from_status,
        null as to_status
    from told
    where
        field = 'sla_resolution_by'
        and before_it <> ''
        and after_it <> ''

    union all

    select
        reference_name as issue,
        creation,
        assigned_by as owner,
        5 as place,
        'assigned' as kind,
        null as from_status,
        null as to_status
    from `tabToDo`
    where reference_type = 'Issue'

    union all

    select
        `tabCommunication`.reference_name as issue,
        `tabCommunication`.creation,
        `tabCommunication`.owner,
        8 as place,
        'replied' as kind,
        null as from_status,
        null as to_status
    from `tabCommunication`
    inner join agents
        on `tabCommunication`.owner = agents.name
    where
        `tabCommunication`.reference_doctype = 'Issue'
        and `tabCommunication`.communication_type = 'Communication'
        and `tabCommunication`.sent_or_received = 'Sent'

)

select
    events.issue as item_id,
    convert_tz(events.creation, site.zone, '+00:00') as event_at,
    row_number() over (
        partition by events.issue
        order by events.creation, events.place
    ) as sequence,
    events.kind,
    events.from_status,
    events.to_status,
    case
        when agents.name_number > 1
            then concat(agents.full_name, ' (', agents.name_number, ')')
        else agents.full_name
    end as employee,
    `tabIssue`.company as department,
    convert_tz(
        greatest(events.creation, `tabIssue`.modified), site.zone, '+00:00'
    ) as changed_at
from events
inner join `tabIssue`
    on events.issue = `tabIssue`.name
left join site
    on true
left join agents
    on events.owner = agents.name
