-- Age of open work
-- How old is what is open, and which item is the oldest?
--
-- One row.
--
-- Parameters:
--   as_of            items open at this instant
--
-- Columns:
--   open_items       open items
--   age_days_p50     half of them were received at most so many calendar days ago
--   age_days_p85     17 of 20 were received at most so many calendar days ago
--   oldest_days      calendar days since the oldest was received, midnights crossed
--   oldest_item_id   the oldest item
--
-- Percentiles:
--   age_days_p50     open_items
--   age_days_p85     open_items
--
-- Cases:
--   open_items       records/open

with

aged as (

    select
        item_id,
        days_between(day_of(received_at), day_of(:as_of)) as age_days,
        row_number() over (order by received_at, item_id) as place
    from item_stays
    where
        entered_at < :as_of
        and (left_at is null or left_at >= :as_of)

)

select
    count(*) as open_items,
    percentile(0.5, age_days) as age_days_p50,
    percentile(0.85, age_days) as age_days_p85,
    max(age_days) as oldest_days,
    max(case when place = 1 then item_id end) as oldest_item_id
from aged
order by open_items
