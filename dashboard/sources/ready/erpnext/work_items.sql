-- Issues
-- What is known of each issue now?
--
-- One row per issue of ERPNext. It ends when it is closed or resolved and was not before,
-- for the last time. Whoever has it is its first assignee, or, since an ended issue loses
-- its assignees, the last one that it had.

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
        `tabVersion`.name as version,
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
        and changes.field = 'status'

),

firsts as (

    select
        issue,
        before_it,
        row_number() over (partition by issue order by creation, version) as change_number
    from told

),

-- A message of the customer opens an issue without a version of it.
points as (

    select
        `tabIssue`.name as issue,
        `tabIssue`.creation,
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
        3 as place,
        after_it as status
    from told

    union all

    select
        reference_name as issue,
        creation,
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
        issue,
        creation,
        status,
        lag(status) over (partition by issue order by creation, place) as status_before
    from points

),

ends as (

    select
        issue,
        max(creation) as ended_at
    from turns
    where
        status in ('Closed', 'Resolved')
        and coalesce(status_before, 'Open') not in ('Closed', 'Resolved')
    group by issue

),

assignments as (

    select
        reference_name as issue,
        allocated_to,
        row_number() over (
            partition by reference_name
            order by creation desc, name
        ) as assignments_to_end
    from `tabToDo`
    where reference_type = 'Issue'

)

select
    `tabIssue`.name as item_id,
    `tabIssue`.company as department,
    case
        when agents.name_number > 1
            then concat(agents.full_name, ' (', agents.name_number, ')')
        else agents.full_name
    end as employee,
    `tabIssue`.issue_type as work_type,
    `tabIssue`.priority,
    case
        when `tabIssue`.via_customer_portal = 1 then 'Portal'
        when `tabIssue`.email_account <> '' then 'Email'
    end as channel,
    `tabCustomer`.customer_name as client,
    `tabIssue`.status,
    convert_tz(`tabIssue`.creation, site.zone, '+00:00') as received_at,
    convert_tz(`tabIssue`.first_responded_on, site.zone, '+00:00') as started_at,
    convert_tz(`tabIssue`.sla_resolution_by, site.zone, '+00:00') as due_at,
    case
        when `tabIssue`.status in ('Closed', 'Resolved')
            then convert_tz(
                    coalesce(ends.ended_at, `tabIssue`.sla_resolution_date),
                    site.zone,
                    '+00:00'
                )
    end as completed_at,
    convert_tz(`tabIssue`.modified, site.zone, '+00:00') as changed_at
from `tabIssue`
left join site
    on true
left join ends
    on `tabIssue`.name = ends.issue
left join assignments
    on
        `tabIssue`.name = assignments.issue
        and assignments.assignments_to_end = 1
        and `tabIssue`.status in ('Closed', 'Resolved')
left join agents
    on coalesce(json_value(`tabIssue`._assign, '$[0]'), assignments.allocated_to) = agents.name
left join `tabCustomer`
    on
        `tabIssue`.customer = `tabCustomer`.name
        and `tabCustomer`.customer_type = 'Company'
