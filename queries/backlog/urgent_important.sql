-- Urgent and important work
-- What comes first?
--
-- One row per answer to: urgent? important?
--
-- Parameters:
--   as_of            items open at this instant, kinds of work as they are in force then
--
-- Columns:
--   urgent           its kind of work has to be done soon; null where not told
--   important        its kind of work matters if it is not done; null where not told
--   open_items       open items
--   overdue_items    of these, past the promise in force, in calendar time
--   open_hours       standard hours of the open items
--
-- Cases:
--   open_items       records/open
--   overdue_items    records/open where due_state = overdue

with

ranked_kinds as (

    select
        work_type,
        urgent,
        important,
        row_number() over (
            partition by work_type
            order by valid_from desc, department
        ) as place
    from work_types
    where
        (valid_from is null or valid_from <= day_of(:as_of))
        and (valid_to is null or valid_to > day_of(:as_of))

)

select
    ranked_kinds.urgent,
    ranked_kinds.important,
    count(*) as open_items,
    count(case when item_stays.due_at < :as_of then 1 end) as overdue_items,
    sum(item_stays.standard_minutes) / 60 as open_hours
from item_stays
left join ranked_kinds
    on
        item_stays.work_type = ranked_kinds.work_type
        and ranked_kinds.place = 1
where
    item_stays.entered_at < :as_of
    and (item_stays.left_at is null or item_stays.left_at >= :as_of)
group by ranked_kinds.urgent, ranked_kinds.important
order by ranked_kinds.urgent desc, ranked_kinds.important desc
