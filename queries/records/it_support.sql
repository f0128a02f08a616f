-- Incidents and changes
-- Which incidents and changes did the period see, and which incidents are open?
--
-- One row per incident, request or change that was received, restored or resolved in the period,
-- and per incident that is open.
--
-- Parameters:
--   period_from         facts from this instant on
--   period_to           facts before this instant
--   as_of               facts before this instant count
--   grain = week        day, week or month that the bucket columns start
--
-- Columns:
--   item_id             the item
--   kind                incident, request or change
--   department          department that answers for it
--   team                team that has it, or had it last
--   employee            person it is assigned to
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   client              for whom
--   received_at         first arrival
--   restored_at         the service worked again
--   is_restored         that was in the period
--   restored_bucket_on  first day of its day, week or month
--   restore_hours       hours round the clock from receipt to that
--   is_unrestored       open and not restored
--   resolved_at         the cause was removed, or the change finished
--   is_resolved         that was in the period
--   bucket_on           first day of its day, week or month
--   resolve_hours       hours round the clock from receipt to that
--   is_unresolved       open and not resolved
--   is_negative         restored or resolved in the period, before it was received: a fault
--   is_reassigned       given to another person or team after the first assignment and before it
--                       was resolved
--   reassignments       how often; a transfer and the assignment after it count once
--   change_id           change that it is, or that caused it
--   change_outcome      of a change finished in the period: clean, or incident

with

handovers as (

    select
        item_id,
        kind,
        event_at,
        lag(kind) over (
            partition by item_id
            order by event_at, sequence
        ) as kind_before,
        sum(case kind when 'assigned' then 1 else 0 end) over (
            partition by item_id
            order by event_at, sequence
        ) as assignments
    from item_touches
    where
        kind in ('assigned', 'transferred')
        and event_at < :as_of

),

stood as (

    select
        item_stays.*,
        coalesce(ext_it_support.kind, 'incident') as kind,
        ext_it_support.change_id,
        ext_it_support.change_ok,
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

),

changes_of_hands as (

    select
        stood.item_id,
        count(*) as reassignments
    from stood
    inner join handovers
        on
            stood.item_id = handovers.item_id
            and (stood.resolved_at is null or handovers.event_at <= stood.resolved_at)
    where
        handovers.assignments > 0
        and (handovers.kind = 'transferred' or handovers.kind_before = 'assigned')
    group by stood.item_id

),

judged as (

    select
        stood.*,
        coalesce(stood.restored_at >= :period_from and stood.restored_at < :period_to, false)
            as is_restored_now,
        coalesce(stood.resolved_at >= :period_from and stood.resolved_at < :period_to, false)
            as is_resolved_now,
        hours_between(stood.received_at, stood.restored_at) as restore_hours,
        hours_between(stood.received_at, stood.resolved_at) as resolve_hours,
        coalesce(changes_of_hands.reassignments, 0) as reassignments
    from stood
    left join changes_of_hands
        on stood.item_id = changes_of_hands.item_id

)

select
    item_id,
    kind,
    department,
    team,
    employee,
    work_type,
    priority,
    channel,
    client,
    received_at,
    restored_at,
    is_restored_now and restore_hours >= 0 as is_restored,
    bucket_start(day_of(restored_at), :grain) as restored_bucket_on,
    restore_hours,
    is_open and restored_at is null as is_unrestored,
    resolved_at,
    is_resolved_now and resolve_hours >= 0 as is_resolved,
    bucket_start(day_of(resolved_at), :grain) as bucket_on,
    resolve_hours,
    is_open and resolved_at is null as is_unresolved,
    (is_restored_now and restore_hours < 0) or (is_resolved_now and resolve_hours < 0)
        as is_negative,
    reassignments > 0 as is_reassigned,
    reassignments,
    change_id,
    case
        when kind = 'change' and is_resolved_now and change_ok then 'clean'
        when kind = 'change' and is_resolved_now and not change_ok then 'incident'
    end as change_outcome
from judged
where
    (received_at >= :period_from and received_at < :period_to)
    or is_restored_now
    or is_resolved_now
    or (is_open and kind = 'incident')
order by received_at, item_id
