-- Requests for payment
-- When was each request received, decided on, paid or given up?
--
-- One row per request. It is received at its first step, started at its first decision
-- (a step by neither the employee nor the system), completed when it is paid. One that
-- ends with a rejection taken back, or rejected by nobody known, is cancelled then:
-- known by hindsight only.

select
    item_id,
    arg_min(unit, row_number) as department,
    'Payment request' as work_type,
    arg_min(project, row_number) as client,
    arg_max(step, row_number) as status,
    min(step_at) as received_at,
    min(step_at) filter (where role <> 'EMPLOYEE') as started_at,
    max(step_at) filter (where step = 'Payment Handled') as completed_at,
    case
        when
            arg_max(step, row_number) in (
                'Request For Payment REJECTED by EMPLOYEE',
                'Request For Payment REJECTED by MISSING'
            )
        then arg_max(step_at, row_number)
    end as cancelled_at,
    arg_min(amount, row_number) as amount
from source
group by item_id
