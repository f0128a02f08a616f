-- Discounts for early payment
-- How much of the discount that was offered did we take?
--
-- One row per currency of payments made in the period on which a discount was offered.
--
-- Parameters:
--   period_from         payments from this instant on
--   period_to           payments before this instant
--   as_of               payments before this instant count
--
-- Columns:
--   currency            currency of the discounts; one is never added to another
--   offered_items       paid invoices with a discount offered
--   taken_items         those on which it was taken; higher is better
--   offered_amount      discount offered
--   taken_amount        discount taken; higher is better
--   lost_amount         the difference; lower is better
--   offered_hundredth_amount   a hundredth of what was offered, so that the share is in percent
--
-- Rates:
--   discount_use        taken_items / offered_items
--
-- Ratios:
--   discount_taken_percent   taken_amount / offered_hundredth_amount
--
-- Metrics:
--   discount_taken      discount_taken_percent in % of the amount by paid_at; higher is better;
--                       version 1, finance; one currency at a time
--   discount_use        discount_use in % of invoices by paid_at; higher is better; version 1,
--                       finance
--
-- Cases:
--   offered_items       records/accounts_payable where is_paid = true, is_offered = true
--   taken_items         records/accounts_payable where is_paid = true, is_taken = true

with

paid as (

    select
        ext_accounts_payable.currency,
        ext_accounts_payable.discount_offered,
        coalesce(ext_accounts_payable.discount_taken, 0) as discount_taken
    from ext_accounts_payable
    inner join item_stays
        on ext_accounts_payable.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_accounts_payable.discount_offered > 0
        and ext_accounts_payable.paid_at >= :period_from
        and ext_accounts_payable.paid_at < :period_to
        and ext_accounts_payable.paid_at < :as_of

)

select
    currency,
    count(*) as offered_items,
    count(case when discount_taken > 0 then 1 end) as taken_items,
    sum(discount_offered) as offered_amount,
    sum(discount_taken) as taken_amount,
    sum(discount_offered) - sum(discount_taken) as lost_amount,
    sum(discount_offered) / 100.0 as offered_hundredth_amount
from paid
group by currency
order by currency
