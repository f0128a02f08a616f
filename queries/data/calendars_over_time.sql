-- Calendars over time
-- Which calendars were there, are there and will there be?
--
-- One row per calendar and day from which it counts.
--
-- Columns:
--   calendar         its name
--   zone             zone of its wall times
--   nominal_minutes  what one business day is
--   is_default       the site's own: that of work without a calendar
--   valid_from       first day of this row
--   valid_to         first day no longer; null while in force

select
    calendar,
    zone,
    nominal_minutes,
    is_default,
    valid_from,
    valid_to
from calendars
order by calendar, valid_from, valid_to, zone, nominal_minutes, is_default
