-- Open work by age in days
-- How long has open work been here?
--
-- One row per band of calendar days since receipt.
--
-- Parameters:
--   as_of            items open at this instant
--
-- Columns:
--   band_number      1 to 7, from young to old
--   days_band        calendar days since receipt, midnights crossed
--   open_items       open items
--   overdue_items    of these, past the promise in force
--
-- Cases:
--   open_items       records/open
--   overdue_items    records/open where due_state = overdue

with

aged as (

    select
        due_at,
        days_between(day_of(received_at), day_of(:as_of)) as age_days
    from item_stays
    where
        entered_at < :as_of
        and (left_at is null or left_at >= :as_of)

),

banded as (

    select
        due_at,
        case
            when age_days <= 1 then 1
            when age_days <= 3 then 2
            when age_days <= 7 then 3
            when age_days <= 14 then 4
            when age_days <= 30 then 5
            when age_days <= 90 then 6
            else 7
        end as band_number
    from aged

)

select
    band_number,
    case band_number
        when 1 then '0 to 1 day'
        when 2 then '2 to 3 days'
        when 3 then '4 to 7 days'
        when 4 then '8 to 14 days'
        when 5 then '15 to 30 days'
        when 6 then '31 to 90 days'
        else 'over 90 days'
    end as days_band,
    count(*) as open_items,
    count(case when due_at < :as_of then 1 end) as overdue_items
from banded
group by band_number
order by band_number
