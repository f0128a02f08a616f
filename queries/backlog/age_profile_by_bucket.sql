-- Time allowed, used by open work, over time
-- Is the backlog growing older?
--
-- One row per day, week or month of the period, up to the as-of day, and share of the
-- promised time that had passed at its end.
--
-- Parameters:
--   period_start     first day shown
--   period_end       first day no longer shown
--   period_from      the first day as an instant
--   as_of            no moment after this instant is shown
--   told_until       moment up to which the data tells what happened
--   grain = week     day, week or month
--
-- Columns:
--   bucket_on        first day of the day, week or month
--   band_number      1 to 5, from young to late; 6 no due date, 7 not known for want of a day in
--                    the calendar
--   age_band         share of the working time from receipt to the promise in force that
--                    had passed, pauses taken out; from the due date on, how late beside it
--   open_items       items open at its end; in the last at the end of the period or at the
--                    as-of moment
--   open_hours       their standard hours
--   until_at         moment at which they are open
--   is_partial       the period or the as-of moment cuts this day, week or month
--
-- Metrics:
--   age_profile      open_items
--
-- Cases:
--   open_items       records/open as of until_at

with

buckets as (

    select
        bucket_start(day, :grain) as bucket_on,
        case when max(ends_at) < :as_of then max(ends_at) else :as_of end as until_at
    from calendar_days
    where
        is_default
        and day >= :period_start
        and day < :period_end
        and day <= day_of(:as_of)
    group by bucket_start(day, :grain)

),

clocks as (

    select
        buckets.bucket_on,
        calendar_days.calendar,
        clock_at(
            buckets.until_at,
            calendar_days.minutes_before,
            calendar_days.w1_from,
            calendar_days.w1_to,
            calendar_days.w2_from,
            calendar_days.w2_to,
            calendar_days.w3_from,
            calendar_days.w3_to
        ) as clock
    from buckets
    inner join calendar_days
        on
            buckets.until_at >= calendar_days.starts_at
            and buckets.until_at < calendar_days.ends_at

),

-- Nothing is asked of after the as-of moment, so what is still open lasts until then.
stays as (

    select
        *,
        coalesce(left_at, :as_of) as lasts_until
    from item_stays
    where
        entered_at < :as_of
        and (left_at is null or left_at >= :period_from)

),

open_stays as (

    select
        buckets.bucket_on,
        buckets.until_at,
        clocks.clock,
        stays.item_id,
        stays.standard_minutes,
        stays.due_at,
        stays.received_clock,
        stays.due_clock
    from buckets
    inner join stays
        on
            buckets.until_at > stays.entered_at
            and buckets.until_at <= stays.lasts_until
    left join clocks
        on
            buckets.bucket_on = clocks.bucket_on
            and stays.calendar = clocks.calendar

),

-- Working seconds paused by then, and of these before the due date.
pauses as (

    select
        open_stays.bucket_on,
        open_stays.item_id,
        sum(
            case
                when item_pauses.left_at < open_stays.until_at then item_pauses.left_clock
                else open_stays.clock
            end
            - item_pauses.entered_clock
        ) as paused_seconds,
        sum(
            case
                when
                    item_pauses.left_at < open_stays.until_at
                    and item_pauses.left_clock < open_stays.due_clock
                    then item_pauses.left_clock - item_pauses.entered_clock
                when open_stays.clock < open_stays.due_clock
                    then open_stays.clock - item_pauses.entered_clock
                when item_pauses.entered_clock < open_stays.due_clock
                    then open_stays.due_clock - item_pauses.entered_clock
            end
        ) as paused_in_time_seconds
    from open_stays
    inner join item_pauses
        on
            open_stays.item_id = item_pauses.item_id
            and open_stays.until_at > item_pauses.entered_at
    group by open_stays.bucket_on, open_stays.item_id

),

banded as (

    select
        open_stays.bucket_on,
        open_stays.standard_minutes,
        age_band_of(
            open_stays.clock
            - open_stays.received_clock
            - coalesce(pauses.paused_seconds, 0),
            open_stays.due_clock
            - open_stays.received_clock
            - coalesce(pauses.paused_in_time_seconds, 0),
            open_stays.due_at,
            open_stays.until_at
        ) as band_number
    from open_stays
    left join pauses
        on
            open_stays.bucket_on = pauses.bucket_on
            and open_stays.item_id = pauses.item_id

),

counted as (

    select
        bucket_on,
        band_number,
        count(*) as open_items,
        sum(standard_minutes) / 60 as open_hours
    from banded
    group by bucket_on, band_number

)

select
    counted.bucket_on,
    counted.band_number,
    case counted.band_number
        when 1 then 'under half'
        when 2 then 'half to 80 %'
        when 3 then 'last fifth'
        when 4 then 'late by up to the time allowed'
        when 5 then 'late by more than the time allowed'
        when 6 then 'no due date'
        else 'not known'
    end as age_band,
    counted.open_items,
    counted.open_hours,
    buckets.until_at,
    is_cut(counted.bucket_on, :grain, :period_start, :period_end, :told_until)
        as is_partial
from counted
inner join buckets
    on counted.bucket_on = buckets.bucket_on
order by counted.bucket_on, counted.band_number
