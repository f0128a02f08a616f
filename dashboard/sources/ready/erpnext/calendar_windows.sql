-- Opening hours
-- When is which agreement open?
--
-- One row per weekday of an enabled agreement on issues. The last second of a day is its
-- end.

select
    `tabService Day`.parent as calendar,
    field(
        `tabService Day`.workday,
        'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'
    ) as weekday,
    time_format(`tabService Day`.start_time, '%H:%i') as opens,
    case
        when `tabService Day`.end_time >= '23:59:00' then '24:00'
        else time_format(`tabService Day`.end_time, '%H:%i')
    end as closes
from `tabService Day`
inner join `tabService Level Agreement`
    on `tabService Day`.parent = `tabService Level Agreement`.name
where
    `tabService Level Agreement`.document_type = 'Issue'
    and `tabService Level Agreement`.enabled = 1
