-- Overdue items
-- Which open items are past their promise, and since when?
--
-- One row per open item whose promise in force has passed at the as-of moment.
--
-- Parameters:
--   as_of             items open, and overdue, at this instant
--
-- Columns:
--   item_id           the item
--   department        department that has the item
--   team              team that has the item
--   employee          person it is assigned to
--   work_type         kind of work
--   priority          priority
--   channel           how it came in
--   client            for whom
--   received_at       first arrival
--   first_due_at      first promise
--   due_at            promise in force
--   standard_minutes  standard time for one such item
--   amount            money it is about
--   days_late         calendar days since the promise in force, midnights crossed
--   late_work_hours   working hours since the promise in force

with

-- Grouped, so that it is known without looking that each item meets one row at most.
now as (

    select
        calendar,
        max(
            clock_at(:as_of, minutes_before, w1_from, w1_to, w2_from, w2_to, w3_from, w3_to)
        ) as clock
    from calendar_days
    where
        starts_at <= :as_of
        and ends_at > :as_of
    group by calendar

),

-- In two parts that an index can serve, what is open to this day and what has left
-- since: `left_at is null or left_at >= ...` in one has all stays read.
overdue as (

    select
        item_id,
        department,
        team,
        employee,
        work_type,
        priority,
        channel,
        client,
        received_at,
        first_due_at,
        due_at,
        standard_minutes,
        amount,
        calendar,
        due_clock
    from item_stays
    where
        left_at is null
        and due_at < :as_of
        and entered_at < :as_of

    union all

    select
        item_id,
        department,
        team,
        employee,
        work_type,
        priority,
        channel,
        client,
        received_at,
        first_due_at,
        due_at,
        standard_minutes,
        amount,
        calendar,
        due_clock
    from item_stays
    where
        left_at >= :as_of
        and due_at < :as_of
        and entered_at < :as_of

)

select
    overdue.item_id,
    overdue.department,
    overdue.team,
    overdue.employee,
    overdue.work_type,
    overdue.priority,
    overdue.channel,
    overdue.client,
    overdue.received_at,
    overdue.first_due_at,
    overdue.due_at,
    overdue.standard_minutes,
    overdue.amount,
    days_between(day_of(overdue.due_at), day_of(:as_of)) as days_late,
    (now.clock - overdue.due_clock) / 3600.0 as late_work_hours
from overdue
left join now
    on overdue.calendar = now.calendar
order by overdue.due_at, overdue.item_id
