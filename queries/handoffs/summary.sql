-- Hand-offs
-- How often does work change hands, and how often does it come back?
--
-- One row per department, team and work type with a completed item.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               facts before this instant count
--
-- Columns:
--   department          department that completed it
--   team                team that completed it
--   work_type           kind of work
--   completed_items     items completed in the period, as they stand
--   handoffs            changes of team in the whole life of these; empty: the source tells
--                       no transfers
--   handed_items        those with a change of team; empty: the source tells no transfers
--   ping_pong_items     those that came back to a team they had left; empty: the source
--                       tells no transfers
--   returned_items      those returned at least once; empty: the source tells no returns
--
-- Rates:
--   handed_over         handed_items / completed_items
--   ping_pong           ping_pong_items / completed_items
--   rework_rate         returned_items / completed_items
--
-- Ratios:
--   handoffs_per_item   handoffs / completed_items
--
-- Metrics:
--   handoffs            handoffs_per_item in per item by completed_at; lower is better;
--                       version 1, operations; the first assignment is no hand-off
--   ping_pong           ping_pong in % by completed_at; lower is better; version 1,
--                       operations; counted once per item
--   rework_rate         rework_rate in % by completed_at; lower is better; version 1,
--                       quality; every return counts, as no loop is allowed by default
--
-- Cases:
--   completed_items     records/completed
--   handoffs            records/handoffs
--   handed_items        records/completed where is_handed_over = true
--   ping_pong_items     records/completed where is_ping_pong = true
--   returned_items      records/completed where is_returned = true

with

moves as (

    select
        item_id,
        count(*) as handoffs,
        count(case when is_back then 1 end) as returns
    from item_handoffs
    where handed_at < :as_of
    group by item_id

),

counted as (

    select
        item_stays.department,
        item_stays.team,
        item_stays.work_type,
        count(*) as completed_items,
        cast(sum(coalesce(moves.handoffs, 0)) as bigint) as handoffs,
        count(moves.item_id) as handed_items,
        count(case when moves.returns > 0 then 1 end) as ping_pong_items,
        count(case when item_stays.returned_at < :as_of then 1 end) as returned_items
    from item_stays
    left join moves
        on item_stays.item_id = moves.item_id
    where
        item_stays.completed_at >= :period_from
        and item_stays.completed_at < :period_to
        and item_stays.completed_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
    group by item_stays.department, item_stays.team, item_stays.work_type

),

told as (

    select
        count(case fact when 'hand-off' then 1 end) as tells_handoffs,
        count(case fact when 'return' then 1 end) as tells_returns
    from source_facts

)

select
    counted.department,
    counted.team,
    counted.work_type,
    counted.completed_items,
    case when told.tells_handoffs > 0 then counted.handoffs end as handoffs,
    case when told.tells_handoffs > 0 then counted.handed_items end as handed_items,
    case when told.tells_handoffs > 0 then counted.ping_pong_items end as ping_pong_items,
    case when told.tells_returns > 0 then counted.returned_items end as returned_items
from counted
cross join told
order by counted.department, counted.team, counted.work_type
