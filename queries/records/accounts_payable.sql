-- Invoices and claims to pay
-- Which invoices did the period touch, or are unpaid, and how were they handled?
--
-- One row per invoice, claim or credit note that was received, approved, paid or due for
-- payment in the period, or is unpaid at the as-of moment.
--
-- Parameters:
--   period_from         first instant of the period
--   period_to           first instant no longer in it
--   as_of               facts before this instant count
--   grain = week        day, week or month that bucket_on and paid_bucket_on start
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
--   currency            currency of the amounts
--   amount              money it is about; negative for a credit note
--   received_at         first arrival
--   approved_at         approved for payment, by then
--   paid_at             paid, by then
--   payment_due_at      when payment is due; the promise of the item if none is told
--   bucket_on           first day of the day, week or month in which payment is due
--   paid_bucket_on      first day of the day, week or month of the payment
--   pay_outcome         of what is due in the period: on time, paid late, unpaid, cancelled
--                       before due or not due yet; empty for credit notes and duplicates
--   is_received         received in the period
--   is_approved         approved in the period
--   is_paid             paid in the period
--   is_approval_timed   approved in the period, and not before its receipt
--   is_payment_timed    paid in the period, and not before its receipt
--   is_both_timed       paid in the period, and not before its approval, which is told
--   is_negative         approved or paid in the period, but before the receipt, or paid before
--                       the approval: a fault
--   is_unpaid           neither paid nor cancelled at the as-of moment; never a duplicate
--   age_band            of what is unpaid: days since its receipt
--   age_days            days since the receipt of what is unpaid
--   is_duplicate        it bills what another item had billed before
--   duplicate_of        that other item
--   matched_first       matched order and receipt at the first attempt
--   touches             times that a person had to touch it
--   is_touchless        nobody had to
--   is_offered          a discount for early payment was offered
--   is_taken            it was taken
--   discount_offered    that discount
--   discount_taken      what was taken of it
--   received_to_approved_days   days from receipt to approval, without pauses by policy
--   approved_to_paid_days   days from approval to payment
--   received_to_paid_days   days from receipt to payment, without pauses by policy

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
        item_stays.*,
        ext_accounts_payable.currency,
        ext_accounts_payable.duplicate_of,
        ext_accounts_payable.matched_first,
        ext_accounts_payable.touches,
        ext_accounts_payable.discount_offered,
        ext_accounts_payable.discount_taken,
        case
            when ext_accounts_payable.approved_at < :as_of
                then ext_accounts_payable.approved_at
        end as approved_at,
        case when ext_accounts_payable.paid_at < :as_of then ext_accounts_payable.paid_at end
            as paid_at,
        coalesce(ext_accounts_payable.payment_due_at, item_stays.promise_at) as pay_by,
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

judged as (

    select
        *,
        coalesce(received_at >= :period_from and received_at < :period_to, false)
            as is_received,
        coalesce(approved_at >= :period_from and approved_at < :period_to, false)
            as is_approved,
        coalesce(paid_at >= :period_from and paid_at < :period_to, false) as is_paid,
        paid_at is null
        and (cancelled_at is null or cancelled_at >= :as_of)
        and duplicate_of is null as is_unpaid,
        case
            when duplicate_of is not null or amount < 0 then null
            when pay_by >= :as_of then 'not due yet'
            when paid_at <= pay_by then 'on time'
            when paid_at is not null then 'paid late'
            when cancelled_at <= pay_by then 'cancelled before due'
            else 'unpaid'
        end as pay_outcome,
        days_between(day_of(received_at), day_of(:as_of)) as age_days
    from bills

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
    amount,
    received_at,
    approved_at,
    paid_at,
    pay_by as payment_due_at,
    bucket_start(day_of(pay_by), :grain) as bucket_on,
    bucket_start(day_of(paid_at), :grain) as paid_bucket_on,
    case when pay_by >= :period_from and pay_by < :period_to then pay_outcome end
        as pay_outcome,
    is_received,
    is_approved,
    is_paid,
    is_approved and approved_at >= received_at as is_approval_timed,
    is_paid and paid_at >= received_at as is_payment_timed,
    is_paid and coalesce(paid_at >= approved_at, false) as is_both_timed,
    (is_approved and approved_at < received_at)
    or (is_paid and (paid_at < received_at or coalesce(paid_at < approved_at, false)))
        as is_negative,
    is_unpaid,
    case
        when not is_unpaid then null
        when age_days <= 30 then '0 to 30 days'
        when age_days <= 60 then '31 to 60 days'
        when age_days <= 90 then '61 to 90 days'
        else 'more than 90 days'
    end as age_band,
    case when is_unpaid then age_days end as age_days,
    duplicate_of is not null as is_duplicate,
    duplicate_of,
    matched_first,
    touches,
    touches = 0 as is_touchless,
    coalesce(discount_offered > 0, false) as is_offered,
    coalesce(discount_offered > 0 and discount_taken > 0, false) as is_taken,
    discount_offered,
    discount_taken,
    hours_between(received_at, approved_at) / 24.0 - paused_to_approval
        as received_to_approved_days,
    hours_between(approved_at, paid_at) / 24.0
    - (paused_to_payment - paused_to_approval) as approved_to_paid_days,
    hours_between(received_at, paid_at) / 24.0 - paused_to_payment
        as received_to_paid_days
from judged
where
    is_received
    or is_approved
    or is_paid
    or is_unpaid
    or (pay_by >= :period_from and pay_by < :period_to)
order by received_at, item_id
