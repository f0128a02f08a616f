-- From receipt to payment
-- How long do invoices take to be approved, and then to be paid?
--
-- One row. Calendar days, without the time of pauses by policy; a status such as on hold
-- stops nothing by itself.
--
-- Parameters:
--   period_from         approvals and payments from this instant on
--   period_to           approvals and payments before this instant
--   as_of               facts before this instant count
--
-- Columns:
--   approved_items      approved in the period, and not before their receipt: invoices, claims
--   paid_items          invoices and claims paid in the period, not before their receipt
--   approved_paid_items   paid in the period, and approved before
--   negative_items      approved or paid in the period, but before the receipt, or paid before
--                       the approval: faults; what is negative is left out of the times; zero is
--                       right
--   received_to_approved_days_p50   half took no more days; lower is better
--   received_to_approved_days_p85   85 of 100 took no more days; lower is better
--   approved_to_paid_days_p50   half took no more days
--   approved_to_paid_days_p85   85 of 100 took no more days
--   received_to_paid_days_p50   half of those paid took at most so many days from receipt to
--                       payment; neither early nor late is better by itself
--   received_to_paid_days_p85   85 % took at most so many
--
-- Percentiles:
--   received_to_approved_days_p50   approved_items
--   received_to_approved_days_p85   approved_items
--   approved_to_paid_days_p50   approved_paid_items
--   approved_to_paid_days_p85   approved_paid_items
--   received_to_paid_days_p50   paid_items
--   received_to_paid_days_p85   paid_items
--
-- Metrics:
--   received_to_approved  received_to_approved_days_p85 in days by approved_at; lower is
--                       better; version 1, finance; pauses by policy are left out
--   approved_to_paid    approved_to_paid_days_p85 in days by paid_at; neither is better;
--                       version 1, finance; pauses by policy are left out, and so is what was
--                       paid before it was approved
--   received_to_paid    received_to_paid_days_p85 in days by paid_at; neither is better;
--                       version 1, finance; pauses by policy are left out
--
-- Cases:
--   approved_items      records/accounts_payable where is_approval_timed = true
--   paid_items          records/accounts_payable where is_payment_timed = true
--   approved_paid_items   records/accounts_payable where is_both_timed = true
--   negative_items      records/accounts_payable where is_negative = true

with

pauses as (

    select
        ext_accounts_payable.item_id,
        sum(
            case
                when item_pauses.entered_at < ext_accounts_payable.approved_at
                    then
                        hours_between(
                            item_pauses.entered_at,
                            case
                                when item_pauses.left_at < ext_accounts_payable.approved_at
                                    then item_pauses.left_at
                                else ext_accounts_payable.approved_at
                            end
                        )
            end
        ) / 24.0 as days_to_approval,
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
        item_stays.received_at,
        case
            when ext_accounts_payable.approved_at < :as_of
                then ext_accounts_payable.approved_at
        end as approved_at,
        case when ext_accounts_payable.paid_at < :as_of then ext_accounts_payable.paid_at end
            as paid_at,
        coalesce(pauses.days_to_approval, 0) as paused_to_approval,
        coalesce(pauses.days_to_payment, 0) as paused_to_payment
    from ext_accounts_payable
    inner join item_stays
        on ext_accounts_payable.item_id = item_stays.item_id
    left join pauses
        on ext_accounts_payable.item_id = pauses.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)

),

timed as (

    select
        case
            when
                approved_at >= :period_from
                and approved_at < :period_to
                and approved_at >= received_at
                then hours_between(received_at, approved_at) / 24.0 - paused_to_approval
        end as received_to_approved_days,
        case
            when
                paid_at >= :period_from
                and paid_at < :period_to
                and paid_at >= approved_at
                then
                    hours_between(approved_at, paid_at) / 24.0
                    - (paused_to_payment - paused_to_approval)
        end as approved_to_paid_days,
        case
            when
                paid_at >= :period_from
                and paid_at < :period_to
                and paid_at >= received_at
                then hours_between(received_at, paid_at) / 24.0 - paused_to_payment
        end as received_to_paid_days,
        case
            when
                approved_at >= :period_from
                and approved_at < :period_to
                and approved_at < received_at
                then 1
            when
                paid_at >= :period_from
                and paid_at < :period_to
                and (paid_at < received_at or paid_at < approved_at)
                then 1
        end as is_negative
    from bills

)

select
    count(received_to_approved_days) as approved_items,
    count(received_to_paid_days) as paid_items,
    count(approved_to_paid_days) as approved_paid_items,
    count(is_negative) as negative_items,
    percentile(0.5, received_to_approved_days) as received_to_approved_days_p50,
    percentile(0.85, received_to_approved_days) as received_to_approved_days_p85,
    percentile(0.5, approved_to_paid_days) as approved_to_paid_days_p50,
    percentile(0.85, approved_to_paid_days) as approved_to_paid_days_p85,
    percentile(0.5, received_to_paid_days) as received_to_paid_days_p50,
    percentile(0.85, received_to_paid_days) as received_to_paid_days_p85
from timed
order by approved_items
