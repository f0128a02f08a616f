-- Orders
-- Which orders were due in the period, and was every line of theirs on time and in full?
--
-- One row per order whose last requested date lies in the period and before the as-of
-- moment. Of an order, the lines that the filters leave.
--
-- Parameters:
--   period_from         requested dates from this instant on
--   period_to           requested dates before this instant
--   as_of               requests and deliveries before this instant count
--   grain = week        day, week or month that bucket_on starts
--
-- Columns:
--   order_id            the order
--   client              for whom
--   due_at              last date for which a line was requested
--   bucket_on           first day of the day, week or month of that date
--   due_lines           lines, less those cancelled in time
--   otif_lines          those delivered in full by the date requested
--   is_perfect          all lines were

with

lines as (

    select
        ext_order_management.order_id,
        item_stays.client,
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
        min(client) as client,
        max(requested_at) as due_at,
        count(*) as due_lines,
        count(is_otif) as otif_lines
    from lines
    group by order_id

)

select
    order_id,
    client,
    due_at,
    bucket_start(day_of(due_at), :grain) as bucket_on,
    due_lines,
    otif_lines,
    due_lines = otif_lines as is_perfect
from orders
where
    due_at >= :period_from
    and due_at < :period_to
    and due_at < :as_of
order by due_at, order_id
