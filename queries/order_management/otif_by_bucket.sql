-- On time and in full over time
-- Do more lines come when the customer wants them, and whole, than before?
--
-- One row per day, week or month of the period, up to the as-of moment, by the customer's
-- request. Lines are judged without tolerance.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         requests from this instant on
--   period_to           requests before this instant
--   as_of               requests and deliveries before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the request
--   requested_due_lines   lines requested for then, less those cancelled in time
--   requested_otif_lines   those delivered in full by then; higher is better
--   is_partial          the period or the as-of moment cuts it
--
-- Rates:
--   otif                requested_otif_lines / requested_due_lines
--
-- Metrics:
--   otif                otif
--
-- Cases:
--   requested_due_lines   records/order_management where requested_outcome = on time in full |
--                       late in full | partial | not delivered
--   requested_otif_lines   records/order_management where requested_outcome = on time in full

with

counted as (

    select
        bucket_start(day_of(ext_order_management.requested_at), :grain) as bucket_on,
        count(*) as requested_due_lines,
        count(
            case
                when
                    ext_order_management.delivered_at <= ext_order_management.requested_at
                    and ext_order_management.qty_delivered >= ext_order_management.qty_ordered
                    then 1
            end
        ) as requested_otif_lines
    from ext_order_management
    inner join item_stays
        on ext_order_management.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_order_management.requested_at >= :period_from
        and ext_order_management.requested_at < :period_to
        and ext_order_management.requested_at < :as_of
        and (
            item_stays.cancelled_at is null
            or item_stays.cancelled_at > ext_order_management.requested_at
        )
    group by bucket_start(day_of(ext_order_management.requested_at), :grain)

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
    coalesce(counted.requested_due_lines, 0) as requested_due_lines,
    coalesce(counted.requested_otif_lines, 0) as requested_otif_lines,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until)
        as is_partial
from buckets
left join counted
    on buckets.bucket_on = counted.bucket_on
order by buckets.bucket_on
