-- Urgent and important work
-- What has to come first?
--
-- One row per answer to: urgent? important?
--
-- Parameters:
--   as_of            items open at this instant, kinds of work as they are in force then
--
-- Columns:
--   urgent           its kind of work has to be done soon, by the department that has it if
--                    it says so; empty where not told
--   important        its kind of work matters if it is not done; empty where not told
--   open_items       open items
--   overdue_items    of these, past the promise in force, in calendar time
--   open_hours       standard hours of the open items
--
-- Cases:
--   open_items       records/open
--   overdue_items    records/open where due_state = overdue

with

open_stays as (

    select
        *,
        day_of(received_at) as received_on
    from item_stays
    where
        entered_at < :as_of
        and (left_at is null or left_at >= :as_of)

),

kinds as (

    select
        work_type,
        department,
        urgent,
        important,
        valid_from
    from work_types
    where
        (valid_from is null or valid_from <= day_of(:as_of))
        and (valid_to is null or valid_to > day_of(:as_of))

),

judged as (

    select
        open_stays.due_at,
        open_stays.standard_minutes,
        kinds.urgent,
        kinds.important,
        row_number() over (
            partition by open_stays.item_id
            order by
                case
                    when kinds.department = open_stays.department then 1
                    when kinds.department is null then 2
                    else 3
                end,
                coalesce(kinds.valid_from, open_stays.received_on) desc,
                kinds.department
        ) as place
    from open_stays
    left join kinds
        on open_stays.work_type = kinds.work_type

)

select
    urgent,
    important,
    count(*) as open_items,
    count(case when due_at < :as_of then 1 end) as overdue_items,
    sum(standard_minutes) / 60 as open_hours
from judged
where place = 1
group by urgent, important
order by urgent desc, important desc
