-- People
-- Who works on tasks?
--
-- One row per internal user. Two of one name are told apart by their numbers.

with

people as (

    select
        res_users.id,
        res_users.write_date,
        res_partner.name
    from res_users
    inner join res_partner
        on res_users.partner_id = res_partner.id
    where
        res_users.id > 1
        and not res_users.share

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
    write_date as changed_at
from agents
