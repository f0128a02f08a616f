-- People
-- Who works on issues?
--
-- One row per user to whom an issue is or was assigned. Two of one name are told apart by
-- their numbers. Home projects are not told.

with

people as (

    select distinct on (app_user.user_key)
        app_user.id,
        cwd_user.display_name as name,
        cwd_user.updated_date
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

)

select
    case
        when name_number > 1 then concat(name, ' (', id, ')')
        else name
    end as employee,
    name as display_name,
    updated_date at time zone 'UTC' as changed_at
from agents
