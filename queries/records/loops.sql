-- Rework loops of completed items
-- Which completed items came to a status that they had already left?
--
-- One row per such step of an item completed in the period.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               facts before this instant count
--
-- Columns:
--   item_id             the item
--   step_number         which step of the item through the statuses
--   entered_at          when
--   from_status         status that it came from, pauses left out
--   to_status           status that it had left before and came to anew; unknown where none
--                       was told
--   direction           back: to a status reached earlier, or reopened; again: forward once
--                       more
--   is_first_so         the item's first step between these two statuses, this way
--   department          department that completed it
--   team                team that completed it
--   employee            person it is assigned to
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   received_at         first arrival
--   completed_at        done, in force

select
    item_steps.item_id,
    item_steps.step_number,
    item_steps.entered_at,
    coalesce(item_steps.from_status, 'unknown') as from_status,
    coalesce(item_steps.status, 'unknown') as to_status,
    item_steps.direction,
    row_number() over (
        partition by
            item_steps.item_id,
            item_steps.from_status,
            item_steps.status,
            item_steps.direction
        order by item_steps.step_number
    ) = 1 as is_first_so,
    item_stays.department,
    item_stays.team,
    item_stays.employee,
    item_stays.work_type,
    item_stays.priority,
    item_stays.channel,
    item_stays.received_at,
    item_stays.completed_at
from item_steps
inner join item_stays
    on item_steps.item_id = item_stays.item_id
where
    item_steps.direction is not null
    and item_steps.entered_at < item_stays.left_at
    and item_stays.completed_at >= :period_from
    and item_stays.completed_at < :period_to
    and item_stays.completed_at < :as_of
    and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
order by item_steps.entered_at, item_steps.item_id, item_steps.step_number
