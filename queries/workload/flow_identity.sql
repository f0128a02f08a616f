-- What came, what went and what is open
-- Do the books balance?
--
-- One row.
--
-- Parameters:
--   period_from      first instant counted
--   period_to        first instant no longer counted
--   as_of            the period ends here if this is earlier
--
-- Columns:
--   open_from_items  open at the start of the period
--   received_items   plus items that arrived for the first time
--   reopened_items   plus items that came back after their end
--   transferred_in_items   plus open items taken over from another team
--   completed_items  less completions; a later reopening does not undo one
--   cancelled_items  less items ended without being done
--   transferred_out_items  less open items passed on to another team
--   net_flow_items   all that came less all that went
--   open_to_items    makes what is open at the end of the period, or at the as-of moment
--   residual_items   open at the end less open at the start less net flow; has to be zero
--
-- Metrics:
--   flow_residual       residual_items in items by period; zero is right; version 1,
--                       operations; anything but zero is a fault of the data or of us
--   received          received_items
--   completed         completed_items
--   net_flow          net_flow_items
--   open              open_to_items
--
-- Cases:
--   received_items   records/flow where movement = received
--   reopened_items   records/flow where movement = reopened
--   transferred_in_items   records/flow where movement = transferred in
--   completed_items  records/flow where movement = completed
--   cancelled_items  records/flow where movement = cancelled
--   transferred_out_items  records/flow where movement = transferred out

with

stays as (

    select
        entered_at,
        entered_by,
        left_at,
        left_by,
        case when :as_of < :period_from then :as_of else :period_from end as starts_at,
        case when :as_of < :period_to then :as_of else :period_to end as ends_at
    from item_stays

),

placed as (

    select
        case when entered_at >= starts_at and entered_at < ends_at then entered_by end
            as arrival,
        case when left_at >= starts_at and left_at < ends_at then left_by end
            as departure,
        case
            when entered_at < starts_at and (left_at is null or left_at >= starts_at)
                then 1
        end as was_open,
        case
            when entered_at < ends_at and (left_at is null or left_at >= ends_at)
                then 1
        end as is_open
    from stays

),

counted as (

    select
        count(was_open) as open_from_items,
        count(case when arrival = 'received' then 1 end) as received_items,
        count(case when arrival = 'reopened' then 1 end) as reopened_items,
        count(case when arrival = 'transferred' then 1 end) as transferred_in_items,
        count(case when departure = 'completed' then 1 end) as completed_items,
        count(case when departure = 'cancelled' then 1 end) as cancelled_items,
        count(case when departure = 'transferred' then 1 end) as transferred_out_items,
        count(arrival) - count(departure) as net_flow_items,
        count(is_open) as open_to_items
    from placed

)

select
    open_from_items,
    received_items,
    reopened_items,
    transferred_in_items,
    completed_items,
    cancelled_items,
    transferred_out_items,
    net_flow_items,
    open_to_items,
    open_to_items - open_from_items - net_flow_items as residual_items
from counted
order by open_from_items
