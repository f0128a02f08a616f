-- Review coverage by group
-- What is never checked?
--
-- One row per department, team and work type with a completed item.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               completions and reviews before this instant count
--
-- Columns:
--   department          department that answers for the item
--   team                team that has it, or had it last
--   work_type           kind of work
--   completed_items     items completed in the period
--   covered_items       those with a random review, whenever their work was done
--
-- Rates:
--   review_coverage     covered_items / completed_items
--
-- Metrics:
--   review_coverage     review_coverage in % by completion; neither is better; version 1,
--                       quality; shows what is never checked
--
-- Cases:
--   completed_items     records/completed
--   covered_items       records/completed where is_covered = true

select
    item_stays.department,
    item_stays.team,
    item_stays.work_type,
    count(*) as completed_items,
    count(first_reviews.item_id) as covered_items
from item_stays
left join first_reviews
    on
        item_stays.item_id = first_reviews.item_id
        and first_reviews.reviewed_at < :as_of
where
    item_stays.completed_at >= :period_from
    and item_stays.completed_at < :period_to
    and item_stays.completed_at < :as_of
    and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
group by item_stays.department, item_stays.team, item_stays.work_type
order by item_stays.department, item_stays.team, item_stays.work_type
