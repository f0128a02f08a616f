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
-- Cases:
--   completed_items     records/completed
--   covered_items       records/completed where is_covered = true

with

covered as (

    select item_id
    from quality_reviews
    where
        design = 'random'
        and reviewed_at < :as_of
    group by item_id

)

select
    work_items.department,
    work_items.team,
    work_items.work_type,
    count(*) as completed_items,
    count(covered.item_id) as covered_items
from work_items
left join covered
    on work_items.item_id = covered.item_id
where
    work_items.completed_at >= :period_from
    and work_items.completed_at < :period_to
    and work_items.completed_at < :as_of
group by work_items.department, work_items.team, work_items.work_type
order by work_items.department, work_items.team, work_items.work_type
