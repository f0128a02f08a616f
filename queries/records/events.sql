-- Events
-- What happened in the period?
--
-- One row per event of an item.
--
-- Parameters:
--   period_from       first instant of the period
--   period_to         first instant no longer in it
--   as_of             events before this instant
--
-- Columns:
--   item_id           the item
--   event_at          when
--   sequence          order in the source among events of one item
--   kind              what happened: received, started, completed and so on
--   from_status       status before
--   to_status         status after
--   department        department after it
--   team              team after it; the receiving team of a transfer
--   employee          person who did it

select
    item_id,
    event_at,
    sequence,
    kind,
    from_status,
    to_status,
    department,
    team,
    employee
from work_events
where
    event_at >= :period_from
    and event_at < :period_to
    and event_at < :as_of
order by event_at, item_id, sequence, kind
