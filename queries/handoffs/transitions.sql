-- Who passes to whom
-- Between which teams does work change hands?
--
-- One row per team that passed work on and team that got it.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               facts before this instant count
--
-- Columns:
--   from_team           team that passed it on
--   to_team             team that got it
--   handoffs            changes of team, in the whole life of items completed in the period
--   handed_items        items passed on so at least once
--   back_handoffs       those that went back to a team which had passed the item on before
--
-- Cases:
--   handoffs            records/handoffs
--   handed_items        records/handoffs where is_first_so = true
--   back_handoffs       records/handoffs where is_back = true

with

completed as (

    select item_id
    from item_stays
    where
        completed_at >= :period_from
        and completed_at < :period_to
        and completed_at < :as_of
        and (next_entered_at is null or next_entered_at >= :as_of)

)

select
    item_handoffs.from_team,
    item_handoffs.to_team,
    count(*) as handoffs,
    count(distinct item_handoffs.item_id) as handed_items,
    count(case when item_handoffs.is_back then 1 end) as back_handoffs
from item_handoffs
inner join completed
    on item_handoffs.item_id = completed.item_id
where item_handoffs.handed_at < :as_of
group by item_handoffs.from_team, item_handoffs.to_team
order by item_handoffs.from_team, item_handoffs.to_team
