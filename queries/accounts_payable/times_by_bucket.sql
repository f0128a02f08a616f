-- Days from receipt to payment
-- Is what we pay now paid sooner after its receipt, or later?
--
-- One row per day, week or month of the period with payments. Calendar days, without the
-- time of pauses by policy.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         payments from this instant on
--   period_to           payments before this instant
--   as_of               facts before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   paid_bucket_on      first day of the day, week or month of the payment
--   paid_items          invoices and claims paid, not before their receipt
--   negative_items      paid before their receipt: faults, left out of the times; zero is right
--   received_to_paid_days_p50   half of them took at most so many days from receipt to payment
--   received_to_paid_days_p85   85 % took at most so many
--   is_partial          the period or the as-of moment cuts it
--
-- Percentiles:
--   received_to_paid_days_p50   paid_items
--   received_to_paid_days_p85   paid_items
--
-- Metrics:
--   received_to_paid    received_to_paid_days_p85
--
-- Cases:
--   paid_items          records/accounts_payable where is_payment_timed = true
--   negative_items      records/accounts_payable where is_paid = true, is_payment_timed = false

with

pauses as (

    select
        ext_accounts_payable.item_id,
        sum(
            case
                when item_pauses.entered_at < ext_accounts_payable.paid_at
                    then
                        hours_between(
                            item_pauses.entered_at,
                            case
                                when item_pauses.left_at < ext_accounts_payable.paid_at
                                    then item_pauses.left_at
                                else ext_accounts_payable.paid_at
                            end
                        )
            end
        ) / 24.0 as days_to_payment
    from ext_accounts_payable
    inner join item_pauses
        on ext_accounts_payable.item_id = item_pauses.item_id
    group by ext_accounts_payable.item_id

),

bills as (

    select
        bucket_start(day_of(ext_accounts_payable.paid_at), :grain) as paid_bucket_on,
        case
            when ext_accounts_payable.paid_at >= item_stays.received_at
                then
                    hours_between(item_stays.received_at, ext_accounts_payable.paid_at) / 24.0
                    - coalesce(pauses.days_to_payment, 0)
        end as received_to_paid_days
    from ext_accounts_payable
    inner join item_stays
        on ext_accounts_payable.item_id = item_stays.item_id
    left join pauses
        on ext_accounts_payable.item_id = pauses.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_accounts_payable.paid_at >= :period_from
        and ext_accounts_payable.paid_at < :period_to
        and ext_accounts_payable.paid_at < :as_of

),

counted as (

    select
        paid_bucket_on,
        count(received_to_paid_days) as paid_items,
        count(case when received_to_paid_days is null then 1 end) as negative_items,
        percentile(0.5, received_to_paid_days) as received_to_paid_days_p50,
        percentile(0.85, received_to_paid_days) as received_to_paid_days_p85
    from bills
    group by paid_bucket_on

)

select
    paid_bucket_on,
    paid_items,
    negative_items,
    received_to_paid_days_p50,
    received_to_paid_days_p85,
    is_cut(paid_bucket_on, :grain, :period_start, :period_end, :told_until) as is_partial
from counted
order by paid_bucket_on
