-- Age of what is unpaid
-- How much do we owe, and for how long already?
--
-- One row per currency and age with unpaid items. Age is counted in calendar days from the
-- receipt; credit notes are negative.
--
-- Parameters:
--   as_of               received before this instant, and neither paid nor cancelled then
--
-- Columns:
--   currency            currency of the amount; one is never added to another
--   band_number         1 to 4, from young to old
--   age_band            days since the receipt
--   open_items          invoices, claims and credit notes that are unpaid; no duplicates
--   open_amount         what they come to; a credit note lowers it
--
-- Metrics:
--   payables_open       open_amount in money by as-of; neither is better; version 1, finance;
--                       one currency at a time; credit notes negative; duplicates left out
--   payables_items      open_items in items by as-of; neither is better; version 1, finance
--
-- Cases:
--   open_items          records/accounts_payable where is_unpaid = true

with

unpaid as (

    select
        ext_accounts_payable.currency,
        item_stays.amount,
        days_between(day_of(item_stays.received_at), day_of(:as_of)) as age_days
    from ext_accounts_payable
    inner join item_stays
        on ext_accounts_payable.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and (item_stays.cancelled_at is null or item_stays.cancelled_at >= :as_of)
        and (
            ext_accounts_payable.paid_at is null
            or ext_accounts_payable.paid_at >= :as_of
        )
        and ext_accounts_payable.duplicate_of is null

),

banded as (

    select
        currency,
        amount,
        case
            when age_days <= 30 then 1
            when age_days <= 60 then 2
            when age_days <= 90 then 3
            else 4
        end as band_number
    from unpaid

)

select
    currency,
    band_number,
    case band_number
        when 1 then '0 to 30 days'
        when 2 then '31 to 60 days'
        when 3 then '61 to 90 days'
        else 'more than 90 days'
    end as age_band,
    count(*) as open_items,
    sum(amount) as open_amount
from banded
group by currency, band_number
order by currency, band_number
