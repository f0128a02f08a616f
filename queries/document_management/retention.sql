-- Retention actions
-- Which records should have been destroyed or reviewed by now?
--
-- One row per team with open retention actions. A legal hold stops the clock: what is on hold is
-- never overdue, and counted apart.
--
-- Parameters:
--   as_of               actions open at this instant; days count from its day
--
-- Columns:
--   team                team that has it, or had it last
--   action_items        open items with a day of retention, those on hold too
--   overdue_items       of these, past that day and not on hold; lower is better
--   due_30_items        of these, due today or within 30 days and not on hold
--   held_items          of these, on legal hold
--
-- Metrics:
--   retention_overdue   overdue_items in items by as-of; zero is right; version 1, compliance;
--                       a legal hold stops the clock
--
-- Cases:
--   action_items        records/document_management where is_retention_action = true
--   overdue_items       records/document_management where retention_state = overdue
--   due_30_items        records/document_management where retention_state = due within 30 days
--   held_items          records/document_management where retention_state = on legal hold

with

actions as (

    select
        item_stays.team,
        coalesce(ext_document_management.legal_hold, false) as is_held,
        days_between(day_of(:as_of), ext_document_management.retention_due) as days_left
    from ext_document_management
    inner join item_stays
        on ext_document_management.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and (item_stays.left_at is null or item_stays.left_at >= :as_of)
        and ext_document_management.retention_due is not null

)

select
    team,
    count(*) as action_items,
    count(case when days_left < 0 and not is_held then 1 end) as overdue_items,
    count(case when days_left between 0 and 30 and not is_held then 1 end) as due_30_items,
    count(case when is_held then 1 end) as held_items
from actions
group by team
order by team
