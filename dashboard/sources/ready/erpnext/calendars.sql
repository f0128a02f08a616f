-- Calendars
-- In which zone do which agreements count time?
--
-- One row per enabled agreement on issues. The default one is the site's own, or else the
-- first by its name.

with

site as (

    select value as zone
    from `tabSingles`
    where
        doctype = 'System Settings'
        and field = 'time_zone'

),

agreements as (

    select
        name,
        row_number() over (
            order by default_service_level_agreement desc, name
        ) as place
    from `tabService Level Agreement`
    where
        document_type = 'Issue'
        and enabled = 1

)

select
    agreements.name as calendar,
    site.zone,
    agreements.place = 1 as is_default
from agreements
inner join site
    on true
