-- Holidays
-- On which days is the first company closed?
--
-- One row per day that a time off of the whole company touches, in the zone of its
-- working hours. What is off for a part of a day is off for all of it.

select distinct on (days.day)
    resource_calendar.name as calendar,
    cast(days.day as date) as day,
    resource_calendar_leaves.name as reason
from resource_calendar
inner join resource_calendar_leaves
    on resource_calendar.id
        = coalesce(resource_calendar_leaves.calendar_id, resource_calendar.id)
cross join
    lateral generate_series(
        cast(
            resource_calendar_leaves.date_from at time zone 'UTC' at time zone resource_calendar.tz
            as date
        ),
        cast(
            resource_calendar_leaves.date_to at time zone 'UTC' at time zone resource_calendar.tz
            as date
        ),
        interval '1 day'
    ) as days (day)
where
    resource_calendar.id = (
        select resource_calendar_id
        from res_company
        order by id
        limit 1
    )
    and resource_calendar_leaves.resource_id is null
    and resource_calendar_leaves.time_type = 'leave'
order by days.day, resource_calendar_leaves.id
