-- Lines that are behind
-- How much is behind, and for how long?
--
-- One row.
--
-- Parameters:
--   as_of               requested, or else promised, for before this instant, and not
--                       delivered in full then
--
-- Columns:
--   behind_lines        lines that are behind; lower is better
--   missing_units       units that are missing of them; lower is better
--   behind_days_p50     half are behind by no more calendar days; lower is better
--   behind_days_p85     85 of 100 are behind by no more; lower is better
--   longest_days        the one that is behind longest; lower is better
--
-- Percentiles:
--   behind_days_p50     behind_lines
--   behind_days_p85     behind_lines
--
-- Metrics:
--   backorder_age       behind_days_p85 in days by as-of; lower is better; version 1, operations;
--                       since the customer's request; a line delivered in part is behind too
--   backorders          behind_lines in lines by as-of; lower is better; version 1, operations
--
-- Cases:
--   behind_lines        records/order_management where is_backorder = true
--   missing_units       records/order_management summing missing_units where is_backorder =
--                       true

with

behind as (

    select
        ext_order_management.qty_ordered
        - case
            when ext_order_management.delivered_at < :as_of
                then ext_order_management.qty_delivered
            else 0
        end as missing_units,
        days_between(
            day_of(
                coalesce(
                    ext_order_management.requested_at,
                    item_stays.first_due_at,
                    item_stays.due_at
                )
            ),
            day_of(:as_of)
        ) as behind_days
    from ext_order_management
    inner join item_stays
        on ext_order_management.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and (item_stays.cancelled_at is null or item_stays.cancelled_at >= :as_of)
        and coalesce(
            ext_order_management.requested_at, item_stays.first_due_at, item_stays.due_at
        ) < :as_of

)

select
    count(*) as behind_lines,
    cast(coalesce(sum(missing_units), 0) as bigint) as missing_units,
    percentile(0.5, behind_days) as behind_days_p50,
    percentile(0.85, behind_days) as behind_days_p85,
    max(behind_days) as longest_days
from behind
where missing_units > 0
order by behind_lines
