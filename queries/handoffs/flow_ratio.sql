-- Flow ratio
-- Does what lies open agree with what gets done, and how fast?
--
-- One row.
--
-- Parameters:
--   period_from         first instant counted
--   period_to           first instant no longer counted
--   told_until          moment up to which the data tells what happened
--   as_of               facts before this instant count
--
-- Columns:
--   period_days         days of the period that the data tells
--   completed_items     items completed in it, as they stand, not before they came
--   open_days           days that items were open in it, added up
--   lead_days           calendar days from receipt to completion of the completed items,
--                       added up
--
-- Ratios:
--   mean_open_items     open_days / period_days
--   completed_per_day   completed_items / period_days
--   mean_lead_days      lead_days / completed_items
--   flow_ratio          open_days / lead_days
--
-- Metrics:
--   flow_ratio          flow_ratio in ratio; neither is better; version 1, operations;
--                       outside 0.8 to 1.25 old work is piling up, or the data is wrong
--
-- Cases:
--   completed_items     records/completed where is_negative = false

with

span as (

    select case when :told_until < :period_to then :told_until else :period_to end
        as ends_at

),

spans as (

    select
        case
            when item_stays.entered_at > :period_from then item_stays.entered_at
            else :period_from
        end as from_at,
        case when item_stays.left_at < span.ends_at then item_stays.left_at else span.ends_at end
            as to_at
    from item_stays
    cross join span
    where
        item_stays.entered_at < span.ends_at
        and span.ends_at > :period_from
        and (item_stays.left_at is null or item_stays.left_at > :period_from)

),

shares as (

    select cast(hours_between(from_at, to_at) as decimal(18, 6)) as hours
    from spans

),

lying as (

    select coalesce(sum(hours), 0) / 24.0 as open_days
    from shares

),

done as (

    select
        count(*) as completed_items,
        coalesce(sum(cast(hours_between(received_at, completed_at) as decimal(18, 6))), 0)
        / 24.0 as lead_days
    from item_stays
    where
        completed_at >= :period_from
        and completed_at < :period_to
        and completed_at < :as_of
        and completed_at >= received_at
        and (next_entered_at is null or next_entered_at >= :as_of)

)

select
    hours_between(:period_from, span.ends_at) / 24.0 as period_days,
    done.completed_items,
    lying.open_days,
    done.lead_days
from span
cross join done
cross join lying
order by done.completed_items
