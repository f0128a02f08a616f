-- Receivables
-- Which invoices did the period sell, or are owed, and what was promised?
--
-- One row per invoice, credit note or payment that was sold in the period, is owed or not
-- matched at the as-of moment, or whose promise to pay lies in the period.
--
-- Parameters:
--   period_from         first instant of the period
--   period_to           first instant no longer in it
--   as_of               facts before this instant count
--   known_at            moment for which balances and unmatched cash are told
--   grain = week        day, week or month that bucket_on starts
--
-- Columns:
--   item_id             the item
--   department          department that answers for it
--   team                team that has it, or had it last
--   employee            person it is assigned to
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   client              for whom
--   currency            currency of the sums
--   credit_sales        sold on credit by it; negative for a credit note
--   received_at         first arrival, the day of the sale
--   payment_due_at      when payment is due; the promise of the item if none is told
--   paid_at             paid in full, by then
--   is_sold             sold in the period, and not cancelled
--   is_open             something of it is owed at the as-of moment
--   amount_owed         what is owed then: the balance that is told now, or the whole of what
--                       was paid later, since payments in part bear no date
--   is_overdue          owed, and due before the as-of moment; never a credit note
--   days_overdue        days since it was due
--   overdue_band        not due, so many days overdue, or credit note; empty if nothing is
--                       owed
--   promised_at         until when the customer promised to pay
--   bucket_on           first day of the day, week or month of the promise
--   promise_outcome     of promises in the period: kept, broken or not due yet
--   is_unapplied        money was received that is not matched to invoices
--   amount_not_matched  that money; only of now, since it bears no date: empty for a moment before

with

owing as (

    select
        item_stays.*,
        ext_accounts_receivable.currency,
        ext_accounts_receivable.credit_sales,
        ext_accounts_receivable.promised_at,
        case
            when ext_accounts_receivable.paid_at < :as_of
                then ext_accounts_receivable.paid_at
        end as paid_at,
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
        end as amount_owed,
        case
            when :as_of >= :known_at
                then coalesce(ext_accounts_receivable.unapplied_cash, 0)
        end as amount_not_matched
    from ext_accounts_receivable
    inner join item_stays
        on ext_accounts_receivable.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)

),

judged as (

    select
        *,
        coalesce(amount_owed > 0 and pay_by < :as_of, false) as is_overdue,
        days_between(day_of(pay_by), day_of(:as_of)) as days_late,
        case
            when promised_at < :period_from or promised_at >= :period_to then null
            when promised_at >= :as_of then 'not due yet'
            when paid_at <= promised_at then 'kept'
            when promised_at is not null then 'broken'
        end as promise_outcome
    from owing

)

select
    item_id,
    department,
    team,
    employee,
    work_type,
    priority,
    channel,
    client,
    currency,
    credit_sales,
    received_at,
    pay_by as payment_due_at,
    paid_at,
    is_sold,
    amount_owed <> 0 as is_open,
    amount_owed,
    is_overdue,
    case when is_overdue then days_late end as days_overdue,
    case
        when amount_owed = 0 then null
        when amount_owed < 0 then 'credit note'
        when not is_overdue then 'not due'
        when days_late <= 30 then '0 to 30 days'
        when days_late <= 60 then '31 to 60 days'
        when days_late <= 90 then '61 to 90 days'
        else 'more than 90 days'
    end as overdue_band,
    promised_at,
    bucket_start(day_of(promised_at), :grain) as bucket_on,
    promise_outcome,
    coalesce(amount_not_matched <> 0, false) as is_unapplied,
    amount_not_matched
from judged
where
    is_sold
    or amount_owed <> 0
    or amount_not_matched <> 0
    or promise_outcome is not null
order by received_at, item_id
