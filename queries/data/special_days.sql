-- Special days
-- Which days are not as usual?
--
-- One row per day, or window of a day, that is not as usual.
--
-- Columns:
--   calendar         the calendar
--   day              the day, whose usual windows do not count
--   opens            local wall time; null: closed all day
--   closes           local wall time
--   reason           why

select
    calendar,
    day,
    opens,
    closes,
    reason
from calendar_exceptions
order by calendar, day, opens, closes, reason
