-- Touches
-- When was an item replied to, assigned or passed on?
--
-- One row per such event, and its receipt. Derived from work_events, so that whoever sees a
-- stay of an item sees them all.

select
    item_id,
    event_at,
    sequence,
    kind,
    employee
from work_events
where kind in ('received', 'replied', 'assigned', 'transferred')
order by item_id, event_at, sequence, kind
