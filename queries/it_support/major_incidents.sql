-- Major incidents
-- Which incidents of the highest priority were there, and are they over?
--
-- One row per incident of the highest priority that was received in the period, or is not
-- restored. They are few, so they are listed and make no rate.
--
-- Parameters:
--   period_from         incidents received from this instant on
--   period_to           incidents received before this instant
--   as_of               facts before this instant count
--   highest = Critical  name of the highest priority
--
-- Columns:
--   is_running          open, and neither restored nor resolved
--   incident_state      not restored, restored, resolved, or ended without word of either
--   item_id             the incident
--   team                team that has it, or had it last
--   client              for whom
--   received_at         first arrival
--   restored_at         the service worked again
--   restore_hours       hours round the clock to that; to the as-of moment while not restored
--   resolved_at         the cause was removed
--   resolve_hours       hours round the clock to that
--   change_id           change that caused it

with

incidents as (

    select
        item_stays.item_id,
        item_stays.team,
        item_stays.client,
        item_stays.received_at,
        item_stays.left_at is null or item_stays.left_at >= :as_of as is_open,
        ext_it_support.change_id,
        case when ext_it_support.restored_at < :as_of then ext_it_support.restored_at end
            as restored_at,
        case when ext_it_support.resolved_at < :as_of then ext_it_support.resolved_at end
            as resolved_at
    from ext_it_support
    inner join item_stays
        on ext_it_support.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and coalesce(ext_it_support.kind, 'incident') = 'incident'
        and item_stays.priority = :highest

)

select
    is_open and restored_at is null and resolved_at is null as is_running,
    case
        when resolved_at is not null then 'resolved'
        when restored_at is not null then 'restored'
        when is_open then 'not restored'
        else 'ended'
    end as incident_state,
    item_id,
    team,
    client,
    received_at,
    restored_at,
    case
        when restored_at is not null then hours_between(received_at, restored_at)
        when is_open then hours_between(received_at, :as_of)
    end as restore_hours,
    resolved_at,
    hours_between(received_at, resolved_at) as resolve_hours,
    change_id
from incidents
where
    (received_at >= :period_from and received_at < :period_to)
    or (is_open and restored_at is null and resolved_at is null)
order by is_running desc, received_at desc, item_id
