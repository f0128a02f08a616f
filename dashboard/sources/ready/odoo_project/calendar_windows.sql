-- Opening hours
-- When is the first company open?
--
-- One row per period of work of a weekday. Those of single resources, and of calendars of
-- two weeks in turn, are left out.

select
    resource_calendar.name as calendar,
    cast(resource_calendar_attendance.dayofweek as integer) + 1 as weekday,
    to_char(
        make_interval(
            mins => cast(round(resource_calendar_attendance.hour_from * 60) as integer)
        ),
        'HH24:MI'
    ) as opens,
    to_char(
        make_interval(
            mins => cast(round(resource_calendar_attendance.hour_to * 60) as integer)
        ),
        'HH24:MI'
    ) as closes,
    resource_calendar_attendance.date_from as valid_from,
    resource_calendar_attendance.date_to + 1 as valid_to
from resource_calendar
inner join resource_calendar_attendance
    on resource_calendar.id = resource_calendar_attendance.calendar_id
where
    resource_calendar.id = (
        select resource_calendar_id
        from res_company
        order by id
        limit 1
    )
    and resource_calendar_attendance.day_period <> 'lunch'
    and resource_calendar_attendance.resource_id is null
    and resource_calendar_attendance.week_type is null
    and resource_calendar_attendance.display_type is null
