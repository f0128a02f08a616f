-- Calendars
-- In which zone does the site count time?
--
-- One row: the working hours of the first company.

select
    resource_calendar.name as calendar,
    resource_calendar.tz as zone,
    true as is_default
from resource_calendar
where
    resource_calendar.id = (
        select resource_calendar_id
        from res_company
        order by id
        limit 1
    )
