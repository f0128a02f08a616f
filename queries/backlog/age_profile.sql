-- Age profile
-- Is the backlog ageing?
--
-- One row per department and share of the promised time that has passed.
--
-- Parameters:
--   as_of            items open at this instant
--
-- Columns:
--   department       department that has the item
--   band_number      1 to 6, from young to late, then undated
--   age_band         share of the calendar time from receipt to the promise in force that
--                    has passed; twice means as long again as was allowed
--   open_items       open items
--   open_hours       their standard hours
--
-- Cases:
--   open_items       records/open

with

timed as (

    select
        department,
        due_at,
        standard_minutes,
        hours_between(received_at, :as_of) as elapsed_hours,
        hours_between(received_at, due_at) as allowed_hours
    from item_stays
    where
        entered_at < :as_of
        and (left_at is null or left_at >= :as_of)

),

banded as (

    select
        department,
        standard_minutes,
        case
            when due_at is null then 6
            when 2 * elapsed_hours < allowed_hours then 1
            when 5 * elapsed_hours < 4 * allowed_hours then 2
            when due_at >= :as_of then 3
            when elapsed_hours <= 2 * allowed_hours then 4
            else 5
        end as band_number
    from timed

)

select
    department,
    band_number,
    case band_number
        when 1 then 'under half'
        when 2 then 'half to 80 %'
        when 3 then 'last fifth'
        when 4 then 'overdue up to twice'
        when 5 then 'overdue over twice'
        else 'undated'
    end as age_band,
    count(*) as open_items,
    sum(standard_minutes) / 60 as open_hours
from banded
group by department, band_number
order by department, band_number
