-- Open items by the working day they are due
-- Which open items have to be done by when?
--
-- One row per open item due by the end of the last working day listed.
--
-- Parameters:
--   as_of               items open at this instant, and the days from it on
--   days = 10           how many working days
--
-- Columns:
--   day                 working day by whose end it is due; overdue items fall on the
--                      first
--   item_id             the item
--   department          department that answers for it
--   team                team that has it, or had it last
--   employee            person it is assigned to
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   client              for whom
--   status              status now
--   received_at         first arrival
--   first_due_at        first promise
--   due_at              promise in force
--   standard_minutes    standard time for one such item

with

listed as (

    select
        day,
        lag(day) over (order by day) as day_before,
        row_number() over (order by day) as day_number
    from calendar_days
    where
        is_default
        and is_working
        and day >= day_of(:as_of)

),

ahead as (

    select
        day,
        day_before
    from listed
    where day_number <= :days

)

select
    ahead.day,
    item_stays.item_id,
    item_stays.department,
    item_stays.team,
    item_stays.employee,
    item_stays.work_type,
    item_stays.priority,
    item_stays.channel,
    item_stays.client,
    item_stays.status,
    item_stays.received_at,
    item_stays.first_due_at,
    item_stays.due_at,
    item_stays.standard_minutes
from item_stays
inner join ahead
    on
        day_of(item_stays.due_at) <= ahead.day
        and (
            ahead.day_before is null
            or day_of(item_stays.due_at) > ahead.day_before
        )
where
    item_stays.entered_at < :as_of
    and (item_stays.left_at is null or item_stays.left_at >= :as_of)
order by item_stays.due_at, item_stays.item_id
