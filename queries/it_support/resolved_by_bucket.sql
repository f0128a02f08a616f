-- Incidents resolved over time
-- Are incidents resolved soon, and without going from hand to hand?
--
-- One row per day, week or month in which incidents were resolved.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         resolutions from this instant on
--   period_to           resolutions before this instant
--   as_of               facts before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the resolution
--   resolved_items      incidents whose cause was removed
--   resolve_hours_p50   hours round the clock from receipt to that: half took no longer
--   resolve_hours_p85   85 of 100 took no longer
--   reassigned_items    of these, given to another person or team after the first assignment; lower
--                       is better
--   reassignments       how often they were; a transfer and the assignment after it count once
--   is_partial          the period or the end of the data cuts it
--
-- Rates:
--   reassigned          reassigned_items / resolved_items
--
-- Ratios:
--   reassignments_per_item   reassignments / resolved_items
--
-- Percentiles:
--   resolve_hours_p50   resolved_items
--   resolve_hours_p85   resolved_items
--
-- Metrics:
--   time_to_resolve     resolve_hours_p50
--   reassigned          reassigned in % by resolved_at; lower is better; version 1, service;
--                       after the first assignment; a transfer and the next assignment count once
--   reassignments       reassignments_per_item in times per incident by resolved_at;
--                       lower is better; version 1, service
--
-- Cases:
--   resolved_items      records/it_support where kind = incident, is_resolved = true
--   reassigned_items    records/it_support where kind = incident, is_resolved = true,
--                       is_reassigned = true
--   reassignments       records/it_support summing reassignments where kind = incident,
--                       is_resolved = true

with

resolved as (

    select
        ext_it_support.item_id,
        ext_it_support.resolved_at,
        hours_between(item_stays.received_at, ext_it_support.resolved_at) as resolve_hours
    from ext_it_support
    inner join item_stays
        on ext_it_support.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_it_support.resolved_at >= :period_from
        and ext_it_support.resolved_at < :period_to
        and ext_it_support.resolved_at < :as_of
        and coalesce(ext_it_support.kind, 'incident') = 'incident'

),

handovers as (

    select
        item_touches.item_id,
        item_touches.kind,
        lag(item_touches.kind) over (
            partition by item_touches.item_id
            order by item_touches.event_at, item_touches.sequence
        ) as kind_before,
        sum(case item_touches.kind when 'assigned' then 1 else 0 end) over (
            partition by item_touches.item_id
            order by item_touches.event_at, item_touches.sequence
        ) as assignments
    from resolved
    inner join item_touches
        on
            resolved.item_id = item_touches.item_id
            and item_touches.event_at <= resolved.resolved_at
    where item_touches.kind in ('assigned', 'transferred')

),

changes_of_hands as (

    select
        item_id,
        count(*) as reassignments
    from handovers
    where
        assignments > 0
        and (kind = 'transferred' or kind_before = 'assigned')
    group by item_id

),

counted as (

    select
        bucket_start(day_of(resolved.resolved_at), :grain) as bucket_on,
        count(*) as resolved_items,
        percentile(0.5, resolved.resolve_hours) as resolve_hours_p50,
        percentile(0.85, resolved.resolve_hours) as resolve_hours_p85,
        count(changes_of_hands.item_id) as reassigned_items,
        coalesce(sum(changes_of_hands.reassignments), 0) as reassignments
    from resolved
    left join changes_of_hands
        on resolved.item_id = changes_of_hands.item_id
    where resolved.resolve_hours >= 0
    group by bucket_start(day_of(resolved.resolved_at), :grain)

)

select
    bucket_on,
    resolved_items,
    resolve_hours_p50,
    resolve_hours_p85,
    reassigned_items,
    cast(reassignments as bigint) as reassignments,
    is_cut(bucket_on, :grain, :period_start, :period_end, :told_until) as is_partial
from counted
order by bucket_on
