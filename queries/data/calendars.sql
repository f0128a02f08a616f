-- Calendars
-- Whose working hours count?
--
-- One row per calendar.
--
-- Columns:
--   calendar         its name
--   is_default       the site's own: that of work without a calendar
--   first_on         first day that it knows
--   last_on          last day that it knows
--   day_hours        open hours of its fullest day: what a full working day has

select
    calendar,
    is_default,
    min(day) as first_on,
    max(day) as last_on,
    max(minutes_in) / 60.0 as day_hours
from calendar_days
group by calendar, is_default
order by calendar, is_default
