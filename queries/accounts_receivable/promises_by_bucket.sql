-- Promises to pay
-- Do customers pay when they have promised to?
--
-- One row per day, week or month of the period, up to the as-of moment, by the end of the
-- promise.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         promises until this instant or later
--   period_to           promises until before this instant
--   as_of               promises and payments before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the promise
--   promised_items      invoices that customers promised to pay until then
--   kept_items          those paid in full by then; higher is better
--   is_partial          the period or the as-of moment cuts it
--
-- Rates:
--   promises_kept       kept_items / promised_items
--
-- Metrics:
--   promises_kept       promises_kept in % by promised_at; higher is better; version 1,
--                       finance; a promise that is not due yet counts in neither
--
-- Cases:
--   promised_items      records/accounts_receivable where promise_outcome = kept | broken
--   kept_items          records/accounts_receivable where promise_outcome = kept

with

counted as (

    select
        bucket_start(day_of(ext_accounts_receivable.promised_at), :grain) as bucket_on,
        count(*) as promised_items,
        count(
            case
                when
                    ext_accounts_receivable.paid_at <= ext_accounts_receivable.promised_at
                    then 1
            end
        ) as kept_items
    from ext_accounts_receivable
    inner join item_stays
        on ext_accounts_receivable.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_accounts_receivable.promised_at >= :period_from
        and ext_accounts_receivable.promised_at < :period_to
        and ext_accounts_receivable.promised_at < :as_of
    group by bucket_start(day_of(ext_accounts_receivable.promised_at), :grain)

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
    coalesce(counted.promised_items, 0) as promised_items,
    coalesce(counted.kept_items, 0) as kept_items,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until)
        as is_partial
from buckets
left join counted
    on buckets.bucket_on = counted.bucket_on
order by buckets.bucket_on
