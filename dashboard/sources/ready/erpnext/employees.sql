-- Users
-- Who works on issues?
--
-- One row per user of the system. Two of one name are told apart by the order in which
-- they came. Users of the website are customers.

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
        full_name,
        modified,
        row_number() over (partition by full_name order by creation, name) as name_number
    from `tabUser`
    where
        user_type = 'System User'
        and name not in ('Administrator', 'Guest')

)

select
    case
        when agents.name_number > 1
            then concat(agents.full_name, ' (', agents.name_number, ')')
        else agents.full_name
    end as employee,
    agents.full_name as display_name,
    convert_tz(agents.modified, site.zone, '+00:00') as changed_at
from agents
left join site
    on true
