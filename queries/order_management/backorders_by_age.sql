-- Lines that are behind, by age
-- How long are lines behind?
--
-- One row per age with lines that are behind.
--
-- Parameters:
--   as_of               requested, or else promised, for before this instant, and not
--                       delivered in full then
--
-- Columns:
--   band_number         1 to 4, from young to old
--   behind_band         calendar days since the customer's request
--   behind_lines        lines that are behind; lower is better
--   missing_units       units that are missing of them; lower is better
--
-- Cases:
--   behind_lines        records/order_management where is_backorder = true

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

),

banded as (

    select
        missing_units,
        case
            when behind_days <= 7 then 1
            when behind_days <= 14 then 2
            when behind_days <= 30 then 3
            else 4
        end as band_number
    from behind
    where missing_units > 0

)

select
    band_number,
    case band_number
        when 1 then '0 to 7 days'
        when 2 then '8 to 14 days'
        when 3 then '15 to 30 days'
        else 'more than 30 days'
    end as behind_band,
    count(*) as behind_lines,
    cast(sum(missing_units) as bigint) as missing_units
from banded
group by band_number
order by band_number
