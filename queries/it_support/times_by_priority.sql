-- Time to restore and time to resolve
-- How long until the service works again, and how long until the cause is removed?
--
-- One row per priority with incidents.
--
-- Parameters:
--   period_from         restorations and resolutions from this instant on
--   period_to           restorations and resolutions before this instant
--   as_of               facts before this instant count
--
-- Columns:
--   priority            priority
--   restored_items      incidents after which the service worked again, in the period
--   restore_hours_p50   hours round the clock from receipt to that: half took no longer
--   restore_hours_p85   85 of 100 took no longer
--   restore_hours_p95   95 of 100 took no longer
--   unrestored_items    open incidents without it: their time is in no percentile
--   resolved_items      incidents whose cause was removed in the period
--   resolve_hours_p50   hours round the clock from receipt to that: half took no longer
--   resolve_hours_p85   85 of 100 took no longer
--   resolve_hours_p95   95 of 100 took no longer
--   unresolved_items    open incidents without it
--   negative_items      restored or resolved in the period, before they were received: faults, left
--                       out of the times
--
-- Percentiles:
--   restore_hours_p50   restored_items
--   restore_hours_p85   restored_items
--   restore_hours_p95   restored_items
--   resolve_hours_p50   resolved_items
--   resolve_hours_p85   resolved_items
--   resolve_hours_p95   resolved_items
--
-- Metrics:
--   time_to_restore     restore_hours_p50 in hours by restored_at; lower is better; version 1,
--                       service; round the clock; open incidents are counted apart
--   time_to_resolve     resolve_hours_p50 in hours by resolved_at; lower is better; version 1,
--                       service; round the clock; open incidents are counted apart
--
-- Cases:
--   restored_items      records/it_support where kind = incident, is_restored = true
--   unrestored_items    records/it_support where kind = incident, is_unrestored = true
--   resolved_items      records/it_support where kind = incident, is_resolved = true
--   unresolved_items    records/it_support where kind = incident, is_unresolved = true
--   negative_items      records/it_support where kind = incident, is_negative = true

with

incidents as (

    select
        item_stays.priority,
        item_stays.received_at,
        item_stays.left_at is null or item_stays.left_at >= :as_of as is_open,
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

),

judged as (

    select
        priority,
        is_open,
        restored_at,
        resolved_at,
        restored_at >= :period_from and restored_at < :period_to as is_restored,
        resolved_at >= :period_from and resolved_at < :period_to as is_resolved,
        hours_between(received_at, restored_at) as restore_hours,
        hours_between(received_at, resolved_at) as resolve_hours
    from incidents

),

times as (

    select
        priority,
        case when is_restored and restore_hours >= 0 then restore_hours end as restore_hours,
        case when is_resolved and resolve_hours >= 0 then resolve_hours end as resolve_hours,
        is_open and restored_at is null as is_unrestored,
        is_open and resolved_at is null as is_unresolved,
        (is_restored and restore_hours < 0) or (is_resolved and resolve_hours < 0) as is_negative
    from judged

)

select
    priority,
    count(restore_hours) as restored_items,
    percentile(0.5, restore_hours) as restore_hours_p50,
    percentile(0.85, restore_hours) as restore_hours_p85,
    percentile(0.95, restore_hours) as restore_hours_p95,
    count(case when is_unrestored then 1 end) as unrestored_items,
    count(resolve_hours) as resolved_items,
    percentile(0.5, resolve_hours) as resolve_hours_p50,
    percentile(0.85, resolve_hours) as resolve_hours_p85,
    percentile(0.95, resolve_hours) as resolve_hours_p95,
    count(case when is_unresolved then 1 end) as unresolved_items,
    count(case when is_negative then 1 end) as negative_items
from times
group by priority
order by priority
