-- Receivables
-- How much do customers owe, how late is it, and how many days of sales is that?
--
-- One row per currency and client with sales in the period, or with something owed or not
-- matched at the as-of moment.
--
-- Parameters:
--   period_from         sales from this instant on
--   period_to           sales before this instant
--   as_of               facts before this instant count
--   known_at            moment for which balances and unmatched cash are told
--
-- Columns:
--   currency            currency of the amounts; one is never added to another
--   client              for whom
--   sold_items          invoices and credit notes of the period, without cancelled ones
--   sales_amount        credit sales by them; credit notes are negative
--   open_items          invoices and credit notes of which something is owed
--   owed_amount         receivables: what is owed; credit notes are negative
--   overdue_items       invoices owed that were due before; lower is better
--   overdue_amount      what is owed of them; lower is better
--   unapplied_items     payments received that are not matched to invoices; lower is better;
--                       empty for a moment before now
--   unapplied_amount    what they come to; lower is better; empty likewise
--   owed_days_amount    receivables times the days of the period up to the as-of moment
--   owed_hundredth_amount   a hundredth of the receivables, so that the share is in percent
--
-- Ratios:
--   dso_days            owed_days_amount / sales_amount
--   overdue_percent     overdue_amount / owed_hundredth_amount
--
-- Metrics:
--   dso                 dso_days in days by as-of; lower is better; version 1, finance;
--                       receivables by credit sales of the period, times its days; one currency
--                       at a time; choose a period of about three months
--   overdue_receivables  overdue_percent in % of the amount by as-of; lower is better; version 1,
--                       finance; one currency at a time; credit notes lower what is owed and
--                       are never overdue
--   unapplied_cash      unapplied_amount in money by as-of; lower is better; version 1, finance;
--                       only of now
--
-- Cases:
--   sold_items          records/accounts_receivable where is_sold = true
--   open_items          records/accounts_receivable where is_open = true
--   overdue_items       records/accounts_receivable where is_overdue = true
--   unapplied_items     records/accounts_receivable where is_unapplied = true

with

owing as (

    select
        ext_accounts_receivable.currency,
        item_stays.client,
        ext_accounts_receivable.credit_sales,
        coalesce(ext_accounts_receivable.payment_due_at, item_stays.promise_at) as pay_by,
        coalesce(
            item_stays.received_at >= :period_from
            and item_stays.received_at < :period_to
            and (item_stays.cancelled_at is null or item_stays.cancelled_at >= :as_of)
            and ext_accounts_receivable.credit_sales <> 0,
            false
        ) as is_sold,
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
        end as owed_amount,
        case
            when :as_of >= :known_at
                then coalesce(ext_accounts_receivable.unapplied_cash, 0)
        end as unapplied_amount
    from ext_accounts_receivable
    inner join item_stays
        on ext_accounts_receivable.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)

),

counted as (

    select
        currency,
        client,
        count(case when is_sold then 1 end) as sold_items,
        coalesce(sum(case when is_sold then credit_sales end), 0) as sales_amount,
        count(case when owed_amount <> 0 then 1 end) as open_items,
        sum(owed_amount) as owed_amount,
        count(case when owed_amount > 0 and pay_by < :as_of then 1 end) as overdue_items,
        coalesce(sum(case when owed_amount > 0 and pay_by < :as_of then owed_amount end), 0)
            as overdue_amount,
        case
            when :as_of >= :known_at then count(case when unapplied_amount <> 0 then 1 end)
        end as unapplied_items,
        sum(unapplied_amount) as unapplied_amount
    from owing
    group by currency, client

)

select
    currency,
    client,
    sold_items,
    sales_amount,
    open_items,
    owed_amount,
    overdue_items,
    overdue_amount,
    unapplied_items,
    unapplied_amount,
    owed_amount
    * hours_between(:period_from, case when :as_of < :period_to then :as_of else :period_to end)
    / 24.0 as owed_days_amount,
    owed_amount / 100.0 as owed_hundredth_amount
from counted
where sold_items + open_items + coalesce(unapplied_items, 0) > 0
order by currency, client
