-- Perfect orders
-- Of how many orders did every line come when requested, and whole?
--
-- One row per day, week or month of the period, up to the as-of moment, by the last date
-- for which a line of the order was requested. Of an order, the lines that the filters leave.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         requested dates from this instant on
--   period_to           requested dates before this instant
--   as_of               requests and deliveries before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of that date
--   due_orders          orders of which every line was due
--   perfect_orders      those of which every line was on time and in full; higher is better
--   is_partial          the period or the as-of moment cuts it
--
-- Rates:
--   perfect_order       perfect_orders / due_orders
--
-- Metrics:
--   perfect_order       perfect_order in % of orders by requested_at; higher is better; version
--                       1, operations; all lines on time and in full; an order counts when its
--                       last line is due
--
-- Cases:
--   due_orders          records/orders where is_perfect = true | false
--   perfect_orders      records/orders where is_perfect = true

with

lines as (

    select
        ext_order_management.order_id,
        ext_order_management.requested_at,
        case
            when
                ext_order_management.delivered_at <= ext_order_management.requested_at
                and ext_order_management.delivered_at < :as_of
                and ext_order_management.qty_delivered >= ext_order_management.qty_ordered
                then 1
        end as is_otif
    from ext_order_management
    inner join item_stays
        on ext_order_management.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_order_management.order_id is not null
        and ext_order_management.requested_at is not null
        and (
            item_stays.cancelled_at is null
            or item_stays.cancelled_at > ext_order_management.requested_at
        )

),

orders as (

    select
        order_id,
        max(requested_at) as due_at,
        count(*) as due_lines,
        count(is_otif) as otif_lines
    from lines
    group by order_id

),

counted as (

    select
        bucket_start(day_of(due_at), :grain) as bucket_on,
        count(*) as due_orders,
        count(case when due_lines = otif_lines then 1 end) as perfect_orders
    from orders
    where
        due_at >= :period_from
        and due_at < :period_to
        and due_at < :as_of
    group by bucket_start(day_of(due_at), :grain)

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
    coalesce(counted.due_orders, 0) as due_orders,
    coalesce(counted.perfect_orders, 0) as perfect_orders,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until)
        as is_partial
from buckets
left join counted
    on buckets.bucket_on = counted.bucket_on
order by buckets.bucket_on
