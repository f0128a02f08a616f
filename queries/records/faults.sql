-- Faults of the data
-- Which rows of the source tell what cannot be?
--
-- One row per row of the source and fault, whatever the period and the as-of moment.
--
-- Columns:
--   kind             what has the fault: item, event, review, time record or work type
--   fault            what is wrong with it
--   effect           what becomes of it in the figures
--   row_key          key of the row: of the item or the review; the day of a time record
--   told             what it tells that cannot be, where no date of the item does
--   told_at          when the row holds
--   item_id          the item
--   received_at      first arrival of the item
--   started_at       first work on it
--   first_due_at     first promise
--   due_at           promise in force
--   completed_at     done, in force
--   cancelled_at     ended without being done, in force
--   department       department that answers for it
--   team             team that has it, or had it last
--   employee         person it is assigned to, or whose time it is
--   work_type        kind of work
--   priority         priority
--   channel          how it came in
--   is_negative      a negative duration, the first of its item

select
    source_faults.kind,
    source_faults.fault,
    source_faults.effect,
    source_faults.row_key,
    source_faults.told,
    source_faults.told_at,
    source_faults.item_id,
    work_items.received_at,
    work_items.started_at,
    work_items.first_due_at,
    work_items.due_at,
    work_items.completed_at,
    work_items.cancelled_at,
    source_faults.department,
    source_faults.team,
    source_faults.employee,
    source_faults.work_type,
    source_faults.priority,
    source_faults.channel,
    source_faults.is_negative
from source_faults
left join work_items
    on source_faults.item_id = work_items.item_id
order by
    source_faults.kind,
    source_faults.fault,
    source_faults.row_key,
    source_faults.told_at,
    source_faults.told
