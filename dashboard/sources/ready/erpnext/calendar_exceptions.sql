-- Holidays
-- On which days is which agreement closed?
--
-- One row per enabled agreement on issues and day of its list of holidays. Days that are
-- off each week are left out, since they have no opening hours. A half holiday is a whole.

select
    `tabService Level Agreement`.name as calendar,
    `tabHoliday`.holiday_date as day,
    nullif(regexp_replace(`tabHoliday`.description, '<[^>]*>', ''), '') as reason
from `tabService Level Agreement`
inner join `tabHoliday`
    on `tabService Level Agreement`.holiday_list = `tabHoliday`.parent
where
    `tabService Level Agreement`.document_type = 'Issue'
    and `tabService Level Agreement`.enabled = 1
    and `tabHoliday`.weekly_off = 0
