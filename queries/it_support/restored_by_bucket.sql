-- Time to restore over time
-- Does the service work again sooner than before?
--
-- One row per day, week or month in which incidents were restored.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         restorations from this instant on
--   period_to           restorations before this instant
--   as_of               facts before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   restored_bucket_on  first day of the day, week or month of the restoration
--   restored_items      incidents after which the service worked again
--   restore_hours_p50   hours round the clock from receipt to that: half took no longer
--   restore_hours_p85   85 of 100 took no longer
--   is_partial          the period or the end of the data cuts it
--
-- Percentiles:
--   restore_hours_p50   restored_items
--   restore_hours_p85   restored_items
--
-- Metrics:
--   time_to_restore     restore_hours_p50
--
-- Cases:
--   restored_items      records/it_support where kind = incident, is_restored = true

with

restored as (

    select
        bucket_start(day_of(ext_it_support.restored_at), :grain) as restored_bucket_on,
        hours_between(item_stays.received_at, ext_it_support.restored_at) as restore_hours
    from ext_it_support
    inner join item_stays
        on ext_it_support.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_it_support.restored_at >= :period_from
        and ext_it_support.restored_at < :period_to
        and ext_it_support.restored_at < :as_of
        and coalesce(ext_it_support.kind, 'incident') = 'incident'

)

select
    restored_bucket_on,
    count(*) as restored_items,
    percentile(0.5, restore_hours) as restore_hours_p50,
    percentile(0.85, restore_hours) as restore_hours_p85,
    is_cut(restored_bucket_on, :grain, :period_start, :period_end, :told_until) as is_partial
from restored
where restore_hours >= 0
group by restored_bucket_on
order by restored_bucket_on
