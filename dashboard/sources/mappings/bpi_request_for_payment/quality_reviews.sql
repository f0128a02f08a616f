-- Decisions on requests for payment
-- Who checked which request, and was it in order?
--
-- One row per decision, a step by neither the employee nor the system. All requests are
-- decided on, so the design is random: a sample of everything. The work reviewed was
-- done on the day of the latest submission.

with

steps as (

    select
        *,
        last_value(
            case when step like '% SUBMITTED by %' then step_at end
            ignore nulls
        ) over (
            partition by item_id
            order by row_number
        ) as submitted_at,
        step like '% REJECTED by %' as is_rejected,
        nullif(role, 'MISSING') as known_role
    from source

)

select
    item_id || ' ' || step_id as review_id,
    item_id,
    day_of(coalesce(submitted_at, step_at)) as work_date,
    step_at as reviewed_at,
    'random' as design,
    known_role as reviewer,
    1 as units,
    case when is_rejected then 1 else 0 end as defects,
    case when is_rejected then known_role end as error_type
from steps
where role <> 'EMPLOYEE'
