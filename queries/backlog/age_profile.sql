-- Time allowed, used by open work
-- How much of the time allowed has open work used?
--
-- One row per department and share of the promised time that has passed.
--
-- Parameters:
--   as_of            items open at this instant
--
-- Columns:
--   department       department that has the item
--   band_number      1 to 5, from young to late; 6 no due date, 7 not known for want of a day in
--                    the calendar
--   age_band         share of the working time from receipt to the promise in force that has
--                    passed, pauses taken out; from the due date on, how late beside it
--   open_items       open items
--   open_hours       their standard hours
--
-- Metrics:
--   age_profile         open_items in items by the as-of moment; neither is better; version
--                       1, operations; by the share of the time allowed that has gone by;
--                       undated items have a band of their own
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

    select *
    from item_stays
    where
        entered_at < :as_of
        and (left_at is null or left_at >= :as_of)

),

-- Working seconds paused so far, and of these before the due date.
pauses as (

    select
        open_stays.item_id,
        sum(
            case when item_pauses.left_at < :as_of then item_pauses.left_clock else now.clock end
            - item_pauses.entered_clock
        ) as paused_seconds,
        sum(
            case
                when
                    item_pauses.left_at < :as_of
                    and item_pauses.left_clock < open_stays.due_clock
                    then item_pauses.left_clock - item_pauses.entered_clock
                when now.clock < open_stays.due_clock then now.clock - item_pauses.entered_clock
                when item_pauses.entered_clock < open_stays.due_clock
                    then open_stays.due_clock - item_pauses.entered_clock
            end
        ) as paused_in_time_seconds
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
        open_stays.*,
        now.clock
        - open_stays.received_clock
        - coalesce(pauses.paused_seconds, 0) as elapsed_seconds,
        open_stays.due_clock
        - open_stays.received_clock
        - coalesce(pauses.paused_in_time_seconds, 0) as allowed_seconds,
        now.clock - open_stays.due_clock as late_seconds
    from open_stays
    left join now
        on open_stays.calendar = now.calendar
    left join pauses
        on open_stays.item_id = pauses.item_id

),

banded as (

    select
        department,
        standard_minutes,
        age_band_of(elapsed_seconds, allowed_seconds, due_at, :as_of) as band_number
    from aged

)

select
    department,
    band_number,
    case band_number
        when 1 then 'under half'
        when 2 then 'half to 80 %'
        when 3 then 'last fifth'
        when 4 then 'late by up to the time allowed'
        when 5 then 'late by more than the time allowed'
        when 6 then 'no due date'
        else 'not known'
    end as age_band,
    count(*) as open_items,
    sum(standard_minutes) / 60 as open_hours
from banded
group by department, band_number
order by department, band_number
