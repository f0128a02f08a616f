-- Issues
-- What is known of each issue now?
--
-- One row per issue of Redmine. It ends when it comes into a closed status from an open
-- one, for the last time. The first promise is the due date before it was first changed.

with

site as (

    select 'UTC' as zone

),

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
        is_closed,
        lower(name) in ('rejected', 'duplicate', 'won''t fix', 'canceled', 'cancelled')
            as is_given_up
    from issue_statuses

),

changes as (

    select
        journal_details.id,
        journals.journalized_id as issue_id,
        journals.created_on,
        journal_details.prop_key,
        journal_details.old_value,
        journal_details.value,
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
        and journal_details.prop_key in ('status_id', 'due_date')

),

ends as (

    select distinct on (changes.issue_id)
        changes.issue_id,
        changes.created_on as ended_at,
        status_to.is_given_up
    from changes
    inner join statuses as status_to
        on cast(changes.value as integer) = status_to.id
    left join statuses as status_from
        on cast(changes.old_value as integer) = status_from.id
    where
        changes.prop_key = 'status_id'
        and status_to.is_closed
        and not coalesce(status_from.is_closed, false)
    order by changes.issue_id asc, changes.change_number desc

),

starts as (

    select
        issue_id,
        min(created_on) as started_at
    from changes
    where prop_key = 'status_id'
    group by issue_id

),

first_dates as (

    select
        issue_id,
        cast(coalesce(nullif(old_value, ''), value) as date) as due_on
    from changes
    where
        prop_key = 'due_date'
        and change_number = 1

),

spent as (

    select
        issue_id,
        sum(hours) * 60 as minutes
    from time_entries
    group by issue_id

)

select
    cast(issues.id as text) as item_id,
    teams.department,
    teams.team,
    case
        when agents.name_number > 1 then concat(agents.name, ' (', agents.id, ')')
        else agents.name
    end as employee,
    trackers.name as work_type,
    enumerations.name as priority,
    statuses.name as status,
    issues.created_on as received_at,
    starts.started_at,
    cast(coalesce(first_dates.due_on, issues.due_date) + 1 as timestamp)
    at time zone site.zone at time zone 'UTC' - interval '1 microsecond' as first_due_at,
    cast(issues.due_date + 1 as timestamp)
    at time zone site.zone at time zone 'UTC' - interval '1 microsecond' as due_at,
    case
        when statuses.is_closed and not coalesce(ends.is_given_up, statuses.is_given_up)
            then coalesce(ends.ended_at, issues.closed_on, issues.created_on)
    end as completed_at,
    case
        when statuses.is_closed and coalesce(ends.is_given_up, statuses.is_given_up)
            then coalesce(ends.ended_at, issues.closed_on, issues.created_on)
    end as cancelled_at,
    round(cast(spent.minutes as numeric), 2) as handling_minutes,
    issues.updated_on as changed_at
from issues
cross join site
inner join teams
    on issues.project_id = teams.id
inner join statuses
    on issues.status_id = statuses.id
left join trackers
    on issues.tracker_id = trackers.id
left join enumerations
    on issues.priority_id = enumerations.id
left join agents
    on issues.assigned_to_id = agents.id
left join starts
    on issues.id = starts.issue_id
left join ends
    on issues.id = ends.issue_id
left join first_dates
    on issues.id = first_dates.issue_id
left join spent
    on issues.id = spent.issue_id
