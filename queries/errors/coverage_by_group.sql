-- Review coverage by group
-- How much of the completed work is checked at random?
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
    department,
    team,
    work_type,
    count(*) as completed_items,
    count(case when first_reviewed_at < :as_of then 1 end) as covered_items
from item_stays
where
    completed_at >= :period_from
    and completed_at < :period_to
    and completed_at < :as_of
    and (next_entered_at is null or next_entered_at >= :as_of)
group by department, team, work_type
order by department, team, work_type
