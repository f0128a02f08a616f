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
--   approved_items      invoices and claims approved in the period
--   paid_items          invoices and claims paid in the period
--   received_to_approved_days_p50   half of those approved took at most so many days from
--                       receipt to approval; lower is better
--   received_to_approved_days_p85   85 % took at most so many; lower is better
--   approved_to_paid_days_p50   half of those paid took at most so many days from approval to
--                       payment
--   approved_to_paid_days_p85   85 % took at most so many
--   received_to_paid_days_p50   half of those paid took at most so many days from receipt to
--                       payment; neither early nor late is better by itself
--   received_to_paid_days_p85   85 % took at most so many
--
-- Percentiles:
--   received_to_approved_days_p50   approved_items
--   received_to_approved_days_p85   approved_items
--   approved_to_paid_days_p50   paid_items
--   approved_to_paid_days_p85   paid_items
--   received_to_paid_days_p50   paid_items
--   received_to_paid_days_p85   paid_items
--
-- Metrics:
--   received_to_approved  received_to_approved_days_p85 in days by approved_at; lower is
--                       better; version 1, finance; pauses by policy are left out
--   approved_to_paid    approved_to_paid_days_p85 in days by paid_at; neither is better;
--                       version 1, finance; pauses by policy are left out
--   received_to_paid    received_to_paid_days_p85 in days by paid_at; neither is better;
--                       version 1, finance; pauses by policy are left out
--
-- Cases:
--   approved_items      records/accounts_payable where is_approved = true
--   paid_items          records/accounts_payable where is_paid = true

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
    where
        item_pauses.is_open
    group by ext_accounts_payable.item_id

),

bills as (

    select
        case
            when
                ext_accounts_payable.approved_at >= :period_from
                and ext_accounts_payable.approved_at < :period_to
                and ext_accounts_payable.approved_at < :as_of
                then
                    hours_between(item_stays.received_at, ext_accounts_payable.approved_at)
                    / 24.0
                    - coalesce(pauses.days_to_approval, 0)
        end as received_to_approved_days,
        case
            when
                ext_accounts_payable.paid_at >= :period_from
                and ext_accounts_payable.paid_at < :period_to
                and ext_accounts_payable.paid_at < :as_of
                then
                    hours_between(item_stays.received_at, ext_accounts_payable.paid_at) / 24.0
                    - coalesce(pauses.days_to_payment, 0)
        end as received_to_paid_days,
        hours_between(item_stays.received_at, ext_accounts_payable.approved_at) / 24.0
        - coalesce(pauses.days_to_approval, 0) as days_to_approval
    from ext_accounts_payable
    inner join item_stays
        on ext_accounts_payable.item_id = item_stays.item_id
    left join pauses
        on ext_accounts_payable.item_id = pauses.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)

)

select
    count(received_to_approved_days) as approved_items,
    count(received_to_paid_days) as paid_items,
    percentile(0.5, received_to_approved_days) as received_to_approved_days_p50,
    percentile(0.85, received_to_approved_days) as received_to_approved_days_p85,
    percentile(0.5, received_to_paid_days - days_to_approval) as approved_to_paid_days_p50,
    percentile(0.85, received_to_paid_days - days_to_approval) as approved_to_paid_days_p85,
    percentile(0.5, received_to_paid_days) as received_to_paid_days_p50,
    percentile(0.85, received_to_paid_days) as received_to_paid_days_p85
from bills
order by approved_items
