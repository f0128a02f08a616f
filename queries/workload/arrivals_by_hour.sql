-- Arrivals by weekday and hour
-- When does work arrive?
--
-- One row per weekday of the period and hour in which anything arrived.
--
-- Parameters:
--   period_start     first day counted
--   period_end       first day no longer counted
--   as_of            receipts before this instant count
--
-- Columns:
--   weekday          day of the week: Monday is 1
--   hour             hour of the day, 0 to 23
--   received_items   items that arrived for the first time
--   days             how many such weekdays the period has, up to the as-of moment
--
-- Ratios:
--   received_per_day   received_items / days
--
-- Metrics:
--   received          received_items
--
-- Cases:
--   received_items   records/flow where movement = received

with

receipts as (

    select
        day_of(entered_at) as day,
        hour_of(entered_at) as hour
    from item_stays
    where
        entered_by = 'received'
        and entered_at < :as_of

),

counted as (

    select
        weekday_of(day) as weekday,
        hour,
        count(*) as received_items
    from receipts
    where
        day >= :period_start
        and day < :period_end
    group by weekday_of(day), hour

),

hours as (

    select distinct hour
    from counted

),

weekdays as (

    select
        weekday_of(day) as weekday,
        count(*) as days
    from calendar_days
    where
        is_default
        and day >= :period_start
        and day < :period_end
        and starts_at < :as_of
    group by weekday_of(day)

)

select
    weekdays.weekday,
    hours.hour,
    coalesce(counted.received_items, 0) as received_items,
    weekdays.days
from weekdays
cross join hours
left join counted
    on
        weekdays.weekday = counted.weekday
        and hours.hour = counted.hour
order by weekdays.weekday, hours.hour
