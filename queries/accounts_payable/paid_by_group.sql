-- On-time payment by group
-- Whose invoices are paid late?
--
-- One row per department, team and kind of work with a payment that fell due.
--
-- Parameters:
--   period_from         due dates of payments from this instant on
--   period_to           due dates before this instant
--   as_of               due dates and facts before this instant count
--
-- Columns:
--   department          department that answers for the item
--   team                team that has it, or had it last
--   work_type           kind of work
--   due_items           invoices and claims whose payment fell due, less those cancelled in
--                       time; no credit notes, no duplicates
--   on_time_items       those paid when due or before; higher is better
--   paid_late_items     those paid later; lower is better
--   unpaid_items        those not paid; lower is better
--
-- Rates:
--   on_time_payment     on_time_items / due_items
--
-- Metrics:
--   on_time_payment     on_time_payment
--
-- Cases:
--   due_items           records/accounts_payable where pay_outcome = on time | paid late |
--                       unpaid
--   on_time_items       records/accounts_payable where pay_outcome = on time
--   paid_late_items     records/accounts_payable where pay_outcome = paid late
--   unpaid_items        records/accounts_payable where pay_outcome = unpaid

with

bills as (

    select
        item_stays.department,
        item_stays.team,
        item_stays.work_type,
        item_stays.cancelled_at,
        coalesce(ext_accounts_payable.payment_due_at, item_stays.promise_at) as pay_by,
        ext_accounts_payable.paid_at
    from ext_accounts_payable
    inner join item_stays
        on ext_accounts_payable.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_accounts_payable.duplicate_of is null
        and (item_stays.amount is null or item_stays.amount >= 0)

),

judged as (

    select
        *,
        case
            when paid_at <= pay_by then 'on time'
            when paid_at < :as_of then 'paid late'
            when cancelled_at <= pay_by then 'cancelled before due'
            else 'unpaid'
        end as pay_outcome
    from bills
    where
        pay_by >= :period_from
        and pay_by < :period_to
        and pay_by < :as_of

)

select
    department,
    team,
    work_type,
    count(case when pay_outcome <> 'cancelled before due' then 1 end) as due_items,
    count(case when pay_outcome = 'on time' then 1 end) as on_time_items,
    count(case when pay_outcome = 'paid late' then 1 end) as paid_late_items,
    count(case when pay_outcome = 'unpaid' then 1 end) as unpaid_items
from judged
group by department, team, work_type
order by department, team, work_type
