-- Pauses
-- When did the clock of an open item stand still by policy?
--
-- One row per pause of an item, apart where its team or its status changed meanwhile.
-- Derived from item_stages.

select
    item_id,
    entered_at,
    left_at,
    entered_clock,
    left_clock
from item_stages
where
    is_paused
    and is_open
order by item_id, entered_at
