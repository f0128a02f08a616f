-- On-time payment
-- Do we pay when we have to?
--
-- One row per day, week or month of the period, up to the as-of moment, by the day on which
-- payment was due.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         due dates of payments from this instant on
--   period_to           due dates before this instant
--   as_of               due dates and facts before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month in which payment was due
--   due_items           invoices and claims whose payment fell due, less those cancelled in
--                       time; no credit notes, no duplicates
--   on_time_items       those paid when due or before; higher is better
--   paid_late_items     those paid later; lower is better
--   unpaid_items        those not paid; lower is better
--   is_partial          the period or the as-of moment cuts it
--
-- Rates:
--   on_time_payment     on_time_items / due_items
--
-- Metrics:
--   on_time_payment     on_time_payment in % by payment_due_at; higher is better; version 1,
--                       finance; unpaid when due counts as late; credit notes, duplicates
--                       and what was cancelled in time are no payments due
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

),

counted as (

    select
        bucket_start(day_of(pay_by), :grain) as bucket_on,
        count(case when pay_outcome <> 'cancelled before due' then 1 end) as due_items,
        count(case when pay_outcome = 'on time' then 1 end) as on_time_items,
        count(case when pay_outcome = 'paid late' then 1 end) as paid_late_items,
        count(case when pay_outcome = 'unpaid' then 1 end) as unpaid_items
    from judged
    group by bucket_start(day_of(pay_by), :grain)

),

buckets as (

    select distinct bucket_start(day, :grain) as bucket_on
    from calendar_days
    where
        day >= :period_start
        and day < :period_end
        and day <= day_of(:as_of)

)

select
    buckets.bucket_on,
    coalesce(counted.due_items, 0) as due_items,
    coalesce(counted.on_time_items, 0) as on_time_items,
    coalesce(counted.paid_late_items, 0) as paid_late_items,
    coalesce(counted.unpaid_items, 0) as unpaid_items,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until)
        as is_partial
from buckets
left join counted
    on buckets.bucket_on = counted.bucket_on
order by buckets.bucket_on
