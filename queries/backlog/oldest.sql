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
--   age_work_hours_p50  half of them have been in work for at most so many working hours,
--                    pauses taken out
--   age_work_hours_p85  85 of 100 at most so many
--   oldest_work_hours  the most of all
--   age_days_p50     half of them were received at most so many calendar days ago
--   age_days_p85     85 of 100 were received at most so many calendar days ago
--   oldest_days      calendar days since the oldest was received, midnights crossed
--   oldest_item_id   the oldest item
--
-- Percentiles:
--   age_work_hours_p50  open_items
--   age_work_hours_p85  open_items
--   age_days_p50     open_items
--   age_days_p85     open_items
--
-- Metrics:
--   age_open            age_work_hours_p50 in working hours by the as-of moment; lower is
--                       better; version 1, operations; from receipt, pauses taken out;
--                       calendar days beside
--   oldest              oldest_work_hours in working hours by the as-of moment; lower is
--                       better; version 1, operations; the item itself is named
--
-- Cases:
--   open_items       records/open

with

now as (

    select
        calendar,
        clock_at(:as_of, minutes_before, w1_from, w1_to, w2_from, w2_to, w3_from, w3_to)
            as clock
    from calendar_days
    where
        starts_at <= :as_of
        and ends_at > :as_of

),

open_stays as (

    select
        item_id,
        calendar,
        received_at,
        received_clock
    from item_stays
    where
        entered_at < :as_of
        and (left_at is null or left_at >= :as_of)

),

pauses as (

    select
        open_stays.item_id,
        sum(
            case when item_pauses.left_at < :as_of then item_pauses.left_clock else now.clock end
            - item_pauses.entered_clock
        ) as paused_seconds
    from open_stays
    inner join item_pauses
        on
            open_stays.item_id = item_pauses.item_id
            and item_pauses.entered_at < :as_of
    inner join now
        on open_stays.calendar = now.calendar
    group by open_stays.item_id

),

aged as (

    select
        open_stays.item_id,
        days_between(day_of(open_stays.received_at), day_of(:as_of)) as age_days,
        (now.clock - open_stays.received_clock - coalesce(pauses.paused_seconds, 0)) / 3600.0
            as age_work_hours,
        row_number() over (order by open_stays.received_at, open_stays.item_id) as place
    from open_stays
    left join now
        on open_stays.calendar = now.calendar
    left join pauses
        on open_stays.item_id = pauses.item_id

)

select
    count(*) as open_items,
    percentile(0.5, age_work_hours) as age_work_hours_p50,
    percentile(0.85, age_work_hours) as age_work_hours_p85,
    max(age_work_hours) as oldest_work_hours,
    percentile(0.5, age_days) as age_days_p50,
    percentile(0.85, age_days) as age_days_p85,
    max(age_days) as oldest_days,
    max(case when place = 1 then item_id end) as oldest_item_id
from aged
order by open_items
