-- Age of receivables
-- How long is what customers owe overdue?
--
-- One row per currency and age with something owed. Days overdue are calendar days since the
-- day on which payment was due.
--
-- Parameters:
--   as_of               owed at this instant
--   known_at            moment for which balances are told
--
-- Columns:
--   currency            currency of the amount; one is never added to another
--   band_number         1 to 6: not due, four steps of days overdue, and credit notes
--   overdue_band        not due, so many days overdue, or credit note
--   open_items          invoices and credit notes of which something is owed
--   owed_amount         what is owed; credit notes are negative
--
-- Cases:
--   open_items          records/accounts_receivable where is_open = true

with

owing as (

    select
        ext_accounts_receivable.currency,
        coalesce(ext_accounts_receivable.payment_due_at, item_stays.promise_at) as pay_by,
        case
            when item_stays.cancelled_at < :as_of then 0
            when ext_accounts_receivable.paid_at < :as_of then 0
            when ext_accounts_receivable.paid_at >= :as_of or :as_of < :known_at
                then
                    coalesce(
                        ext_accounts_receivable.credit_sales,
                        ext_accounts_receivable.balance,
                        0
                    )
            else
                coalesce(
                    ext_accounts_receivable.balance,
                    ext_accounts_receivable.credit_sales,
                    0
                )
        end as owed_amount
    from ext_accounts_receivable
    inner join item_stays
        on ext_accounts_receivable.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)

),

banded as (

    select
        currency,
        owed_amount,
        case
            when owed_amount < 0 then 6
            when pay_by is null or pay_by >= :as_of then 1
            when days_between(day_of(pay_by), day_of(:as_of)) <= 30 then 2
            when days_between(day_of(pay_by), day_of(:as_of)) <= 60 then 3
            when days_between(day_of(pay_by), day_of(:as_of)) <= 90 then 4
            else 5
        end as band_number
    from owing
    where owed_amount <> 0

)

select
    currency,
    band_number,
    case band_number
        when 1 then 'not due'
        when 2 then '0 to 30 days'
        when 3 then '31 to 60 days'
        when 4 then '61 to 90 days'
        when 5 then 'more than 90 days'
        else 'credit note'
    end as overdue_band,
    count(*) as open_items,
    sum(owed_amount) as owed_amount
from banded
group by currency, band_number
order by currency, band_number
