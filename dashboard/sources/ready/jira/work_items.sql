-- Issues
-- What is known of each issue now?
--
-- One row per issue of Jira. It ends when it comes into a status of the category Done from
-- another, for the last time; the resolution given with it says whether it was done. The
-- due date counts to the end of that day where the server stands: Jira keeps its midnight.

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

changes as (

    select
        changegroup.issueid,
        changegroup.id as group_id,
        changegroup.created,
        changeitem.field,
        changeitem.oldvalue,
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
        and changeitem.field in ('status', 'resolution', 'duedate')

),

turns as (

    select
        changes.issueid,
        changes.created,
        changes.change_number,
        coalesce(status_from.statuscategory, 2) as category_from,
        coalesce(status_to.statuscategory, 2) as category_to,
        coalesce(lower(resolutions.newstring) in (
            'won''t do', 'won''t fix', 'duplicate', 'declined', 'rejected', 'incomplete',
            'cannot reproduce', 'withdrawn', 'canceled', 'cancelled'
        ), false) as is_given_up
    from changes
    left join issuestatus as status_from
        on changes.oldvalue = status_from.id
    left join issuestatus as status_to
        on changes.newvalue = status_to.id
    left join changes as resolutions
        on
            changes.group_id = resolutions.group_id
            and resolutions.field = 'resolution'
    where changes.field = 'status'

),

starts as (

    select
        issueid,
        min(created) as started_at
    from turns
    where
        category_from = 2
        and category_to <> 2
    group by issueid

),

ends as (

    select distinct on (issueid)
        issueid,
        created as ended_at,
        is_given_up
    from turns
    where
        category_from <> 3
        and category_to = 3
    order by issueid asc, change_number desc

),

first_dates as (

    select
        issueid,
        cast(left(coalesce(oldvalue, newvalue), 10) as date) as due_on
    from changes
    where
        field = 'duedate'
        and change_number = 1

),

-- The midnight of a due date, in UTC, and how far it is from that of UTC.
dates as (

    select
        id,
        duedate at time zone 'UTC' as midnight,
        duedate at time zone 'UTC'
        - cast(cast(duedate at time zone 'UTC' + interval '12 hours' as date) as timestamp)
            as shift
    from jiraissue

)

select
    concat(projects.pkey, '-', jiraissue.issuenum) as item_id,
    projects.department,
    projects.team,
    case
        when agents.name_number > 1 then concat(agents.name, ' (', agents.id, ')')
        else agents.name
    end as employee,
    issuetype.pname as work_type,
    priority.pname as priority,
    issuestatus.pname as status,
    jiraissue.created at time zone 'UTC' as received_at,
    starts.started_at at time zone 'UTC' as started_at,
    coalesce(
        first_dates.due_on + coalesce(dates.shift, interval '0'),
        dates.midnight
    ) + interval '1 day' - interval '1 microsecond' as first_due_at,
    dates.midnight + interval '1 day' - interval '1 microsecond' as due_at,
    case
        when issuestatus.statuscategory = 3 and not coalesce(ends.is_given_up, false)
            then coalesce(ends.ended_at, jiraissue.resolutiondate, jiraissue.created)
                at time zone 'UTC'
    end as completed_at,
    case
        when issuestatus.statuscategory = 3 and ends.is_given_up
            then ends.ended_at at time zone 'UTC'
    end as cancelled_at,
    round(jiraissue.timespent / 60, 2) as handling_minutes,
    jiraissue.updated at time zone 'UTC' as changed_at
from jiraissue
inner join projects
    on jiraissue.project = projects.id
left join issuestatus
    on jiraissue.issuestatus = issuestatus.id
left join issuetype
    on jiraissue.issuetype = issuetype.id
left join priority
    on jiraissue.priority = priority.id
left join agents
    on jiraissue.assignee = agents.user_key
left join starts
    on jiraissue.id = starts.issueid
left join ends
    on jiraissue.id = ends.issueid
left join first_dates
    on jiraissue.id = first_dates.issueid
left join dates
    on jiraissue.id = dates.id
