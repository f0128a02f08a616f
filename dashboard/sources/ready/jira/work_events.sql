-- Events of issues
-- What happened to each issue, and who did it?
--
-- One row per receipt, change of status, project, person or due date, and comment that
-- everybody sees. Whoever never had an issue has no name here. Each event tells the
-- project that has the issue after it.

with

people as (

    select distinct on (app_user.user_key)
        app_user.id,
        app_user.user_key,
        cwd_user.display_name as name
    from app_user
    inner join cwd_user
        on app_user.lower_user_name = cwd_user.lower_user_name
    where
        app_user.user_key in (
            select assignee from jiraissue
            union
            select newvalue from changeitem
            where
                fieldtype = 'jira'
                and field = 'assignee'
        )
    order by app_user.user_key, cwd_user.active desc, cwd_user.directory_id

),

agents as (

    select
        *,
        row_number() over (partition by name order by id) as name_number
    from people

),

projects as (

    select
        project.id,
        project.pkey,
        project.pname as team,
        coalesce(projectcategory.cname, project.pname) as department
    from project
    left join nodeassociation
        on
            project.id = nodeassociation.source_node_id
            and nodeassociation.source_node_entity = 'Project'
            and nodeassociation.sink_node_entity = 'ProjectCategory'
    left join projectcategory
        on nodeassociation.sink_node_id = projectcategory.id

),

statuses as (

    select
        id,
        pname,
        statuscategory = 3 as is_end,
        lower(pname) in ('waiting for customer', 'pending', 'on hold') as is_pause
    from issuestatus

),

changes as (

    select
        changeitem.id,
        changegroup.issueid,
        changegroup.id as group_id,
        changegroup.created,
        changegroup.author,
        changeitem.field,
        changeitem.oldvalue,
        changeitem.oldstring,
        changeitem.newvalue,
        changeitem.newstring,
        row_number() over (
            partition by changegroup.issueid, changeitem.field
            order by changegroup.created, changeitem.id
        ) as change_number
    from changegroup
    inner join changeitem
        on changegroup.id = changeitem.groupid
    where
        changeitem.fieldtype = 'jira'
        and changeitem.field in ('status', 'resolution', 'project', 'assignee', 'duedate')

),

turns as (

    select
        changes.id,
        changes.issueid,
        changes.created,
        changes.author,
        coalesce(status_from.pname, changes.oldstring) as from_status,
        coalesce(status_to.pname, changes.newstring) as to_status,
        coalesce(status_from.is_end, false) as was_end,
        coalesce(status_to.is_end, false) as is_end,
        coalesce(status_from.is_pause, false) as was_pause,
        coalesce(status_to.is_pause, false) as is_pause,
        coalesce(lower(resolutions.newstring) in (
            'won''t do', 'won''t fix', 'duplicate', 'declined', 'rejected', 'incomplete',
            'cannot reproduce', 'withdrawn', 'canceled', 'cancelled'
        ), false) as is_given_up
    from changes
    left join statuses as status_from
        on changes.oldvalue = status_from.id
    left join statuses as status_to
        on changes.newvalue = status_to.id
    left join changes as resolutions
        on
            changes.group_id = resolutions.group_id
            and resolutions.field = 'resolution'
    where changes.field = 'status'

),

-- The project and the status that an issue came with are those before their first change.
receipts as (

    select
        jiraissue.id as issueid,
        jiraissue.created,
        jiraissue.creator,
        coalesce(cast(first_project.oldvalue as numeric), jiraissue.project) as project,
        coalesce(statuses.pname, first_status.oldstring) as status,
        coalesce(statuses.is_end, false) as is_end,
        coalesce(statuses.is_pause, false) as is_pause
    from jiraissue
    left join changes as first_project
        on
            jiraissue.id = first_project.issueid
            and first_project.field = 'project'
            and first_project.change_number = 1
    left join changes as first_status
        on
            jiraissue.id = first_status.issueid
            and first_status.field = 'status'
            and first_status.change_number = 1
    left join statuses
        on coalesce(first_status.oldvalue, jiraissue.issuestatus) = statuses.id

),

events as (

    select
        issueid,
        created,
        0 as id,
        1 as place,
        'received' as kind,
        null as from_status,
        status as to_status,
        creator as author,
        project
    from receipts

    union all

    select
        issueid,
        created,
        0 as id,
        2 as place,
        case when is_end then 'completed' else 'paused' end as kind,
        null as from_status,
        status as to_status,
        creator as author,
        null as project
    from receipts
    where
        is_end
        or is_pause

    union all

    select
        issueid,
        created,
        id,
        case when is_end then 9 when was_end then 3 else 7 end as place,
        case
            when is_end and was_end then 'status'
            when is_end and is_given_up then 'cancelled'
            when is_end then 'completed'
            when was_end then 'reopened'
            when is_pause and not was_pause then 'paused'
            when was_pause and not is_pause then 'resumed'
            else 'status'
        end as kind,
        from_status,
        to_status,
        author,
        null as project
    from turns

    union all

    -- Reopened into a status that waits.
    select
        issueid,
        created,
        id,
        7 as place,
        'paused' as kind,
        to_status as from_status,
        to_status,
        author,
        null as project
    from turns
    where
        was_end
        and is_pause

    union all

    select
        issueid,
        created,
        id,
        case field when 'project' then 4 when 'assignee' then 5 else 6 end as place,
        case field
            when 'project' then 'transferred'
            when 'assignee' then 'assigned'
            else 'due_changed'
        end as kind,
        null as from_status,
        null as to_status,
        author,
        case field when 'project' then cast(newvalue as numeric) end as project
    from changes
    where
        field = 'project'
        or (field = 'assignee' and newvalue is not null)
        -- A first due date is no change of one.
        or (field = 'duedate' and oldvalue is not null)

    union all

    select
        jiraaction.issueid,
        jiraaction.created,
        jiraaction.id,
        8 as place,
        'replied' as kind,
        null as from_status,
        null as to_status,
        jiraaction.author,
        null as project
    from jiraaction
    inner join agents
        on jiraaction.author = agents.user_key
    where
        jiraaction.actiontype = 'comment'
        and jiraaction.actionlevel is null
        and jiraaction.rolelevel is null
        and not exists (
            select 1
            from entity_property
            where
                jiraaction.id = entity_property.entity_id
                and entity_property.property_key = 'sd.public.comment'
                and replace(entity_property.json_value, ' ', '') like '%"internal":true%'
        )

),

numbered as (

    select
        *,
        row_number() over life as sequence,
        count(project) over life as project_number
    from events
    window life as (partition by issueid order by created, place, id)

),

placed as (

    select
        *,
        max(project) over (partition by issueid, project_number) as project_after
    from numbered

)

select
    concat(projects_now.pkey, '-', jiraissue.issuenum) as item_id,
    placed.created at time zone 'UTC' as event_at,
    placed.sequence,
    placed.kind,
    placed.from_status,
    placed.to_status,
    case
        when agents.name_number > 1 then concat(agents.name, ' (', agents.id, ')')
        else agents.name
    end as employee,
    projects_then.department,
    projects_then.team,
    greatest(placed.created, jiraissue.updated) at time zone 'UTC' as changed_at
from placed
inner join jiraissue
    on placed.issueid = jiraissue.id
inner join projects as projects_now
    on jiraissue.project = projects_now.id
left join projects as projects_then
    on placed.project_after = projects_then.id
left join agents
    on placed.author = agents.user_key
