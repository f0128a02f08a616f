-- Opening hours
-- When is each calendar open, by weekday?
--
-- One row per opening window of a weekday and day from which it counts.
--
-- Columns:
--   calendar         the calendar
--   weekday          Monday is 1, Sunday 7
--   opens            local wall time, such as 08:30
--   closes           local wall time, up to 24:00; a night shift is split there
--   valid_from       first day of this row
--   valid_to         first day no longer; null while in force

select
    calendar,
    weekday,
    opens,
    closes,
    valid_from,
    valid_to
from calendar_windows
order by calendar, weekday, valid_from, opens, closes, valid_to
