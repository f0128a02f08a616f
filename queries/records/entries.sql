-- Entries into statuses
-- Which items reached which status, and when first?
--
-- One row per status that an item had entered which was open at some time in the period, or
-- ended in it at the moment of its receipt.
--
-- Parameters:
--   period_start     first day of the period
--   period_from      the same as an instant
--   period_to        the end of the period as an instant
--   as_of            facts before this instant count
--   grain = week     day, week or month that bucket_on starts
--
-- Columns:
--   item_id          the item
--   status           the status; Received when it first came, Ended when it first ended
--   entered_at       when the item first entered it
--   bucket_on        first day of the day, week or month of that; of the first of the period
--                    if it was before
--   department       department that had the item then
--   team             team that had the item then
--   employee         person it is assigned to now
--   work_type        kind of work
--   priority         priority
--   channel          how it came in
--   received_at      first arrival

with

touched as (

    select item_id
    from item_stages
    where
        entered_at < :as_of
        and entered_at < :period_to
        and (left_at is null or left_at >= :period_from)
        and (is_open or (entered_at = received_at and entered_at >= :period_from))
    group by item_id

),

seen as (

    select *
    from item_stages
    where
        entered_at < :as_of
        and entered_at < :period_to
        and item_id in (select touched.item_id from touched)

),

named as (

    select
        *,
        'Received' as stage
    from seen
    union all
    select
        *,
        'Ended' as stage
    from seen
    where not is_open
    union all
    select
        *,
        status as stage
    from seen
    where
        is_open
        and status is not null

),

ranked as (

    select
        *,
        row_number() over (
            partition by item_id, stage
            order by stage_number
        ) as entry_number,
        case when entered_at < :period_from then :period_start else day_of(entered_at) end
            as counted_on
    from named

)

select
    item_id,
    stage as status,
    entered_at,
    bucket_start(counted_on, :grain) as bucket_on,
    department,
    team,
    employee,
    work_type,
    priority,
    channel,
    received_at
from ranked
where entry_number = 1
order by entered_at, item_id, status
