-- Age by status
-- Which open items are far older than usual for where they stand?
--
-- One row per status and age of items open at the as-of moment.
--
-- Parameters:
--   period_from      items that left a status from this instant on
--   period_to        items that left a status before this instant
--   as_of            items open at this instant
--   known_at         moment for which the source tells statuses without a date
--
-- Columns:
--   stage_number     1, 2, ... from the status that items leave youngest
--   status           status then, as last told; unknown where none was
--   age_days         calendar days since receipt, midnights crossed
--   open_items       open items in the status of that age
--   left_items       times that an item left the status in the period, for any other
--   left_days_p50    half of these were at most so many calendar days old when they left
--   left_days_p85    the same for 85 of 100
--   left_days_p95    the same for 95 of 100
--
-- Percentiles:
--   left_days_p50    left_items
--   left_days_p85    left_items
--   left_days_p95    left_items
--
-- Cases:
--   open_items       records/open

with

stages as (

    select *
    from item_stages
    where
        is_open
        and entered_at < :as_of

),

open_now as (

    select
        coalesce(
            stages.status,
            case
                when item_stays.left_at is null and :as_of >= :known_at
                    then item_stays.status
            end,
            'unknown'
        ) as status,
        days_between(day_of(item_stays.received_at), day_of(:as_of)) as age_days
    from item_stays
    left join stages
        on
            item_stays.item_id = stages.item_id
            and (stages.left_at is null or stages.left_at >= :as_of)
    where
        item_stays.entered_at < :as_of
        and (item_stays.left_at is null or item_stays.left_at >= :as_of)

),

counted as (

    select
        status,
        age_days,
        count(*) as open_items
    from open_now
    group by status, age_days

),

departures as (

    select
        coalesce(status, 'unknown') as status,
        days_between(day_of(received_at), day_of(left_at)) as left_days
    from stages
    where
        left_at >= :period_from
        and left_at < :period_to
        and left_at < :as_of
        and next_status is distinct from status

),

usual as (

    select
        status,
        count(*) as left_items,
        percentile(0.5, left_days) as left_days_p50,
        percentile(0.85, left_days) as left_days_p85,
        percentile(0.95, left_days) as left_days_p95
    from departures
    group by status

),

statuses as (

    select
        status,
        row_number() over (order by left_days_p50, status) as stage_number
    from usual

)

select
    coalesce(statuses.stage_number, 0) as stage_number,
    counted.status,
    counted.age_days,
    counted.open_items,
    coalesce(usual.left_items, 0) as left_items,
    usual.left_days_p50,
    usual.left_days_p85,
    usual.left_days_p95
from counted
left join usual
    on counted.status = usual.status
left join statuses
    on counted.status = statuses.status
order by stage_number, status, age_days
