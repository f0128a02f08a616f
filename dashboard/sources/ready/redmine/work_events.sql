-- Events of issues
-- What happened to each issue, and who did it?
--
-- One row per receipt, change of status, project, person or due date, and note that
-- everybody sees and that changes nothing. Whoever never had an issue has no name here.
-- Each event tells the project that has the issue after it.

with

people as (

    select
        id,
        trim(concat(firstname, ' ', lastname)) as name
    from users
    where
        type = 'User'
        and id in (
            select assigned_to_id from issues
            union
            select cast(nullif(value, '') as integer) from journal_details
            where
                property = 'attr'
                and prop_key = 'assigned_to_id'
        )

),

agents as (

    select
        *,
        row_number() over (partition by name order by id) as name_number
    from people

),

teams as (

    select
        projects.id,
        projects.name as team,
        tops.name as department
    from projects
    inner join projects as tops
        on
            projects.lft >= tops.lft
            and projects.rgt <= tops.rgt
            and tops.parent_id is null

),

statuses as (

    select
        id,
        name,
        case
            when
                is_closed
                and lower(name) in (
                    'rejected', 'duplicate', 'won''t fix', 'canceled', 'cancelled'
                )
                then 'cancelled'
            when is_closed then 'completed'
        end as ending,
        lower(name) in ('feedback', 'waiting', 'on hold') and not is_closed as is_pause
    from issue_statuses

),

changes as (

    select
        journal_details.id,
        journals.journalized_id as issue_id,
        journals.created_on,
        journals.user_id,
        journal_details.prop_key,
        nullif(journal_details.old_value, '') as old_value,
        nullif(journal_details.value, '') as value,
        row_number() over (
            partition by journals.journalized_id, journal_details.prop_key
            order by journals.created_on, journal_details.id
        ) as change_number
    from journals
    inner join journal_details
        on journals.id = journal_details.journal_id
    where
        journals.journalized_type = 'Issue'
        and journal_details.property = 'attr'
        and journal_details.prop_key in (
            'status_id', 'project_id', 'assigned_to_id', 'due_date'
        )

),

turns as (

    select
        changes.id,
        changes.issue_id,
        changes.created_on,
        changes.user_id,
        status_from.name as from_status,
        status_to.name as to_status,
        status_from.ending as ending_from,
        status_to.ending as ending_to,
        coalesce(status_from.is_pause, false) as was_pause,
        coalesce(status_to.is_pause, false) as is_pause
    from changes
    left join statuses as status_from
        on cast(changes.old_value as integer) = status_from.id
    left join statuses as status_to
        on cast(changes.value as integer) = status_to.id
    where changes.prop_key = 'status_id'

),

-- The project and the status that an issue came with are those before their first change.
receipts as (

    select
        issues.id as issue_id,
        issues.created_on,
        issues.author_id,
        coalesce(cast(first_project.old_value as integer), issues.project_id) as project_id,
        statuses.name as status,
        statuses.ending,
        coalesce(statuses.is_pause, false) as is_pause
    from issues
    left join changes as first_project
        on
            issues.id = first_project.issue_id
            and first_project.prop_key = 'project_id'
            and first_project.change_number = 1
    left join changes as first_status
        on
            issues.id = first_status.issue_id
            and first_status.prop_key = 'status_id'
            and first_status.change_number = 1
    left join statuses
        on coalesce(cast(first_status.old_value as integer), issues.status_id) = statuses.id

),

events as (

    select
        issue_id,
        created_on,
        0 as id,
        1 as place,
        'received' as kind,
        null as from_status,
        status as to_status,
        author_id as user_id,
        project_id
    from receipts

    union all

    select
        issue_id,
        created_on,
        0 as id,
        2 as place,
        coalesce(ending, 'paused') as kind,
        null as from_status,
        status as to_status,
        author_id as user_id,
        null as project_id
    from receipts
    where
        ending is not null
        or is_pause

    union all

    select
        issue_id,
        created_on,
        id,
        case
            when ending_to is not null then 9
            when ending_from is not null then 3
            else 7
        end as place,
        case
            when ending_to is not null and ending_from is not null then 'status'
            when ending_to is not null then ending_to
            when ending_from is not null then 'reopened'
            when is_pause and not was_pause then 'paused'
            when was_pause and not is_pause then 'resumed'
            else 'status'
        end as kind,
        from_status,
        to_status,
        user_id,
        null as project_id
    from turns

    union all

    -- Reopened into a status that waits.
    select
        issue_id,
        created_on,
        id,
        7 as place,
        'paused' as kind,
        to_status as from_status,
        to_status,
        user_id,
        null as project_id
    from turns
    where
        ending_from is not null
        and is_pause

    union all

    select
        issue_id,
        created_on,
        id,
        case prop_key when 'project_id' then 4 when 'assigned_to_id' then 5 else 6 end as place,
        case prop_key
            when 'project_id' then 'transferred'
            when 'assigned_to_id' then 'assigned'
            else 'due_changed'
        end as kind,
        null as from_status,
        null as to_status,
        user_id,
        case prop_key when 'project_id' then cast(value as integer) end as project_id
    from changes
    where
        prop_key = 'project_id'
        or (prop_key = 'assigned_to_id' and value is not null)
        -- A first due date is no change of one.
        or (prop_key = 'due_date' and old_value is not null)

    union all

    select
        journals.journalized_id as issue_id,
        journals.created_on,
        journals.id,
        8 as place,
        'replied' as kind,
        null as from_status,
        null as to_status,
        journals.user_id,
        null as project_id
    from journals
    inner join agents
        on journals.user_id = agents.id
    where
        journals.journalized_type = 'Issue'
        and not journals.private_notes
        and not exists (
            select 1
            from journal_details
            where journals.id = journal_details.journal_id
        )

),

numbered as (

    select
        *,
        row_number() over life as sequence,
        count(project_id) over life as project_number
    from events
    window life as (partition by issue_id order by created_on, place, id)

),

placed as (

    select
        *,
        max(project_id) over (partition by issue_id, project_number) as project_after
    from numbered

)

select
    cast(placed.issue_id as text) as item_id,
    placed.created_on as event_at,
    placed.sequence,
    placed.kind,
    placed.from_status,
    placed.to_status,
    case
        when agents.name_number > 1 then concat(agents.name, ' (', agents.id, ')')
        else agents.name
    end as employee,
    teams.department,
    teams.team,
    greatest(placed.created_on, issues.updated_on) as changed_at
from placed
inner join issues
    on placed.issue_id = issues.id
left join teams
    on placed.project_after = teams.id
left join agents
    on placed.user_id = agents.id
