-- Values to filter by
-- Which departments, teams and so on are there?
--
-- One row per filter and value; of teams and kinds of work per department too.
--
-- Columns:
--   filter           department, team, work_type, priority, channel or employment
--   value            the value; empty for the items without one
--   department       of a team or a kind of work: the department where it occurs
--   items            items that have the value now; 0 where only the past knows it

with

-- Where items are or ever were.
places as (

    select
        department,
        team,
        work_type,
        count(*) as items
    from work_items
    group by department, team, work_type

    union all

    select
        department,
        team,
        work_type,
        0 as items
    from item_stays
    group by department, team, work_type

),

held as (

    select
        employee,
        count(*) as items
    from work_items
    group by employee

),

counted as (

    select
        'department' as filter,
        department as value,
        cast(null as varchar) as department,
        sum(items) as items
    from places
    group by department

    union all

    select
        'team' as filter,
        team as value,
        department as department,
        sum(items) as items
    from places
    group by team, department

    union all

    select
        'work_type' as filter,
        work_type as value,
        department as department,
        sum(items) as items
    from places
    group by work_type, department

    union all

    select
        'priority' as filter,
        priority as value,
        cast(null as varchar) as department,
        count(*) as items
    from work_items
    group by priority

    union all

    select
        'channel' as filter,
        channel as value,
        cast(null as varchar) as department,
        count(*) as items
    from work_items
    group by channel

    union all

    select
        'employment' as filter,
        employees.employment as value,
        cast(null as varchar) as department,
        sum(held.items) as items
    from held
    left join employees
        on held.employee = employees.employee
    group by employees.employment

)

select
    filter,
    value,
    department,
    cast(sum(items) as bigint) as items
from counted
group by filter, value, department
order by filter, value, department
