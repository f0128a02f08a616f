-- Events of Boston 311 requests
-- When did each request come in, and when was it closed?
--
-- One row per request received, and one per request completed.

select
    item_id,
    opened_at as event_at,
    1 as sequence,
    'received' as kind,
    department,
    team
from source

union all

select
    item_id,
    closed_at as event_at,
    2 as sequence,
    'completed' as kind,
    department,
    team
from source
where closed_at is not null
