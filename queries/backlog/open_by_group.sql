-- Open work by group
-- What is open, where, and in what state?
--
-- One row per department, team, kind of work and priority.
--
-- Parameters:
--   as_of            items open at this instant
--   known_at         moment for which the source names persons
--
-- Columns:
--   department       department that has the item
--   team             team that has the item
--   work_type        kind of work
--   priority         priority
--   open_items       open items, with those paused and undated
--   open_hours       their standard hours
--   overdue_items    past the promise in force; empty where the source promises nothing
--   overdue_first_items  past the first promise; the difference was promised anew
--   due_today_items  promised for the rest of the as-of day
--   undated_items    without any promise
--   paused_items     waiting by policy, from a pause to its end; empty where the source tells
--                    no pauses
--   unassigned_items  without a person; empty where the source names none,
--                    or at a past moment, since it names those of now
--
-- Metrics:
--   open                open_items in items by the as-of moment; lower is better; version 1,
--                       operations; paused and undated ones are part of it
--   overdue             overdue_items in items by the as-of moment; lower is better; version
--                       1, operations; past the promise in force; beside it those past the
--                       first promise: the difference was promised anew
--   paused_open         paused_items in items by the as-of moment; lower is better; version
--                       1, operations; part of the open ones
--   unassigned_open     unassigned_items in items by the as-of moment; lower is better;
--                       version 1, operations; part of the open ones; not known of a past
--                       moment
--   undated           undated_items
--
-- Cases:
--   open_items       records/open
--   overdue_items    records/open where due_state = overdue
--   overdue_first_items  records/open where is_overdue_first = true
--   due_today_items  records/open where due_state = due today
--   undated_items    records/open where is_undated = true
--   paused_items     records/open where is_paused = true
--   unassigned_items  records/open where is_unassigned = true

with

paused as (

    select item_id
    from item_stages
    where
        is_open
        and is_paused
        and entered_at < :as_of
        and (left_at is null or left_at >= :as_of)

)

select
    item_stays.department,
    item_stays.team,
    item_stays.work_type,
    item_stays.priority,
    count(*) as open_items,
    sum(item_stays.standard_minutes) / 60 as open_hours,
    case
        when 'promise' in (select fact from source_facts)
            then count(case when item_stays.due_at < :as_of then 1 end)
    end as overdue_items,
    case
        when 'promise' in (select fact from source_facts)
            then count(case when item_stays.promise_at < :as_of then 1 end)
    end as overdue_first_items,
    case
        when 'promise' in (select fact from source_facts)
            then count(
                    case
                        when
                            item_stays.due_at >= :as_of
                            and day_of(item_stays.due_at) = day_of(:as_of)
                            then 1
                    end
                )
    end as due_today_items,
    count(case when item_stays.promise_at is null then 1 end) as undated_items,
    case
        when 'pause' in (select fact from source_facts)
            then count(paused.item_id)
    end as paused_items,
    case
        when
            'person' in (select fact from source_facts)
            and :as_of >= :known_at
            then count(case when item_stays.employee is null then 1 end)
    end as unassigned_items
from item_stays
left join paused
    on item_stays.item_id = paused.item_id
where
    item_stays.entered_at < :as_of
    and (item_stays.left_at is null or item_stays.left_at >= :as_of)
group by
    item_stays.department,
    item_stays.team,
    item_stays.work_type,
    item_stays.priority
order by
    item_stays.department,
    item_stays.team,
    item_stays.work_type,
    item_stays.priority
