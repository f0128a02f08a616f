-- Events of requests for payment
-- What happened to each request, step by step?
--
-- One row per step, and one more where the last step cancels the request. A rejection
-- is returned; one by the employee takes the returned request back, which is not a
-- second rejection but a change of status, like every other step.

with

steps as (

    select
        *,
        lag(step) over (partition by item_id order by row_number) as step_before,
        lead(step) over (partition by item_id order by row_number) as step_after
    from source

),

events as (

    select
        *,
        1 as place,
        case
            when step_before is null then 'received'
            when step = 'Payment Handled' then 'completed'
            when step like '% REJECTED by %' and role <> 'EMPLOYEE' then 'returned'
            else 'status'
        end as kind
    from steps

    union all

    select *, 2 as place, 'cancelled' as kind
    from steps
    where
        step_after is null
        and step in (
            'Request For Payment REJECTED by EMPLOYEE',
            'Request For Payment REJECTED by MISSING'
        )

)

select
    events.item_id,
    events.step_at as event_at,
    row_number() over (
        partition by events.item_id
        order by events.row_number, events.place
    ) as sequence,
    events.kind,
    events.step_before as from_status,
    events.step as to_status,
    work_items.department
from events
inner join work_items
    on events.item_id = work_items.item_id
