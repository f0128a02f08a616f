-- Incidents
-- What is known of each incident after its last update?
--
-- One row per incident, from its last row in the log; rows of one incident may share a
-- minute, so their order in the file decides. The location stands in for a department.
-- An incident is completed when it was last resolved; where no row says so, when it was
-- closed.

with

numbered as (

    select
        *,
        row_number() over (
            partition by item_id
            order by row_number desc
        ) as rows_to_end
    from source

),

milestones as (

    select
        item_id,
        arg_min(updated_at, row_number) filter (
            where state not in ('New', '-100')
        ) as started_at,
        arg_max(updated_at, row_number) filter (
            where state = 'Resolved'
        ) as resolved_at
    from source
    group by item_id

)

select
    numbered.item_id,
    numbered.location as department,
    numbered.assignment_group as team,
    numbered.assigned_to as employee,
    numbered.category as work_type,
    numbered.priority,
    numbered.contact_type as channel,
    numbered.caller as client,
    numbered.state as status,
    numbered.opened_at as received_at,
    milestones.started_at,
    coalesce(milestones.resolved_at, numbered.closed_at) as completed_at
from numbered
inner join milestones
    on numbered.item_id = milestones.item_id
where numbered.rows_to_end = 1
