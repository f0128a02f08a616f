-- Agents
-- Who works on tickets?
--
-- One row per user with the right to work on tickets. Two of one name are told apart by
-- their numbers. Home groups are not told, since most agents see several.

with

agents as (

    select
        users.id,
        users.updated_at,
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

)

select
    case when name_number > 1 then concat(name, ' (', id, ')') else name end as employee,
    name as display_name,
    updated_at as changed_at
from agents
