-- Hand-offs of completed items
-- Which completed items changed teams, when, and from whom to whom?
--
-- One row per change of team of an item completed in the period.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               facts before this instant count
--
-- Columns:
--   item_id             the item
--   handoff_number      first, second, ... hand-off of the item
--   handed_at           when the receiving team got it
--   from_team           team that passed it on
--   to_team             team that got it
--   from_department     department that passed it on
--   to_department       department that got it
--   is_back             the team had it before, and had passed it on
--   is_first_so         the item's first hand-off between these two teams, this way
--   department          department that completed it
--   team                team that completed it
--   employee            person it is assigned to
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   received_at         first arrival
--   completed_at        done, in force

select
    item_handoffs.item_id,
    item_handoffs.handoff_number,
    item_handoffs.handed_at,
    item_handoffs.from_team,
    item_handoffs.to_team,
    item_handoffs.from_department,
    item_handoffs.to_department,
    item_handoffs.is_back,
    row_number() over (
        partition by
            item_handoffs.item_id,
            item_handoffs.from_team,
            item_handoffs.to_team
        order by item_handoffs.handoff_number
    ) = 1 as is_first_so,
    item_stays.department,
    item_stays.team,
    item_stays.employee,
    item_stays.work_type,
    item_stays.priority,
    item_stays.channel,
    item_stays.received_at,
    item_stays.completed_at
from item_handoffs
inner join item_stays
    on item_handoffs.item_id = item_stays.item_id
where
    item_handoffs.handed_at < :as_of
    and item_stays.completed_at >= :period_from
    and item_stays.completed_at < :period_to
    and item_stays.completed_at < :as_of
    and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
order by item_handoffs.handed_at, item_handoffs.item_id, item_handoffs.handoff_number
