-- People
-- Who works on issues?
--
-- One row per user to whom an issue is or was assigned. Two of one name are told apart by
-- their numbers. Home projects are not told.

with

people as (

    select
        id,
        updated_on,
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

)

select
    case
        when name_number > 1 then concat(name, ' (', id, ')')
        else name
    end as employee,
    name as display_name,
    updated_on as changed_at
from agents
