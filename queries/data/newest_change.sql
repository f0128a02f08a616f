-- Newest change
-- When did something last happen, as far as the database tells?
--
-- One row. Due dates do not count, nor does what comes after the as-of moment.
--
-- Parameters:
--   as_of            facts before this instant count
--
-- Columns:
--   newest_at        the latest of all these facts; null where there is none

with

facts as (

    select max(received_at) as told_at
    from work_items
    where received_at < :as_of

    union all

    select max(started_at) as told_at
    from work_items
    where started_at < :as_of

    union all

    select max(completed_at) as told_at
    from work_items
    where completed_at < :as_of

    union all

    select max(cancelled_at) as told_at
    from work_items
    where cancelled_at < :as_of

    union all

    select max(event_at) as told_at
    from work_events
    where event_at < :as_of

    union all

    select max(reviewed_at) as told_at
    from quality_reviews
    where reviewed_at < :as_of

)

select max(told_at) as newest_at
from facts
order by newest_at
