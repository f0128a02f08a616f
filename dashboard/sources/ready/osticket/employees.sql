-- Agents
-- Who works on tickets, and where do they belong?
--
-- One row per agent. Two of one name are told apart by their numbers.

with

agents as (

    select
        staff_id,
        dept_id,
        updated,
        trim(concat_ws(' ', firstname, lastname)) as name,
        row_number() over (
            partition by trim(concat_ws(' ', firstname, lastname))
            order by staff_id
        ) as name_number
    from ost_staff

),

departments as (

    select
        ost_department.id,
        coalesce(top.name, ost_department.name) as department,
        case
            when top.id <> ost_department.id then concat(top.name, ' / ', ost_department.name)
            else ost_department.name
        end as team
    from ost_department
    left join ost_department as top
        on substring_index(substring_index(ost_department.path, '/', 2), '/', -1) = top.id

)

select
    case
        when agents.name_number > 1 then concat(agents.name, ' (', agents.staff_id, ')')
        else agents.name
    end as employee,
    agents.name as display_name,
    departments.department,
    departments.team,
    convert_tz(agents.updated, @@global.time_zone, '+00:00') as changed_at
from agents
left join departments
    on agents.dept_id = departments.id
