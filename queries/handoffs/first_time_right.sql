-- First time right
-- How much work is right the first time?
--
-- One row per department, team and work type with a first completion.
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
--   first_completed_items  items first completed in the period; each counts once
--   right_items         those never returned, not reopened since and without a known defect;
--                       empty: the source tells none of the three
--   reviewed_items      those with a review of any kind, as the others count as right;
--                       empty: the source tells no reviews
--
-- Rates:
--   first_time_right    right_items / first_completed_items
--   reviewed_share      reviewed_items / first_completed_items
--
-- Metrics:
--   first_time_right    first_time_right in % by completed_at; higher is better; version 1,
--                       quality; at the first completion, so that a later reopening stays
--                       with it; partial until 30 days have passed; unreviewed counts as right
--
-- Cases:
--   first_completed_items  records/completions where completion_number = 1
--   right_items         records/completions where is_first_time_right = true
--   reviewed_items      records/completions where completion_number = 1, is_reviewed = true

with

counted as (

    select
        item_stays.department,
        item_stays.team,
        item_stays.work_type,
        count(*) as first_completed_items,
        count(
            case
                when
                    (item_stays.returned_at is null or item_stays.returned_at >= :as_of)
                    and (
                        item_stays.next_entered_at is null
                        or item_stays.next_entered_at >= :as_of
                    )
                    and (item_stays.defect_found_at is null or item_stays.defect_found_at >= :as_of)
                    then 1
            end
        ) as right_items,
        count(case when item_stays.looked_at < :as_of then 1 end) as reviewed_items
    from item_stays
    where
        item_stays.left_by = 'completed'
        and item_stays.completion_number = 1
        and item_stays.left_at >= :period_from
        and item_stays.left_at < :period_to
        and item_stays.left_at < :as_of
    group by item_stays.department, item_stays.team, item_stays.work_type

)

select
    department,
    team,
    work_type,
    first_completed_items,
    case
        when (
            select count(*)
            from source_facts
            where fact in ('return', 'reopening', 'review')
        ) > 0
            then right_items
    end as right_items,
    case when 'review' in (select fact from source_facts) then reviewed_items end
        as reviewed_items
from counted
order by department, team, work_type
