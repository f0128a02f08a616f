-- Error rate by group
-- Where are errors, and how sure are we?
--
-- One row per department, team and work type with completed or randomly reviewed work.
--
-- Parameters:
--   period_start        first day of reviewed work
--   period_end          first day no longer
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               completions and reviews before this instant count
--
-- Columns:
--   department          department that answers for the item
--   team                team that has it, or had it last
--   work_type           kind of work
--   completed_items     items completed in the period
--   reviewed_items      items with a random review whose work was done in the period
--   defective_items     those with a defect in their earliest one; lower is better
--
-- Rates:
--   error_rate          defective_items / reviewed_items
--
-- Cases:
--   completed_items     records/completed
--   reviewed_items      records/reviews where is_counted = true
--   defective_items     records/reviews where is_counted = true, is_defective = true

with

random_reviews as (

    select
        item_id,
        work_date,
        defects,
        row_number() over (
            partition by item_id
            order by reviewed_at, review_id
        ) as review_number
    from quality_reviews
    where
        design = 'random'
        and reviewed_at < :as_of
        and defects >= 0

),

items as (

    select
        department,
        team,
        work_type,
        'completed' as found
    from item_stays
    where
        completed_at >= :period_from
        and completed_at < :period_to
        and completed_at < :as_of
        and (next_entered_at is null or next_entered_at >= :as_of)

    union all

    select
        work_items.department,
        work_items.team,
        work_items.work_type,
        case when random_reviews.defects > 0 then 'defective' else 'sound' end as found
    from random_reviews
    left join work_items
        on random_reviews.item_id = work_items.item_id
    where
        random_reviews.review_number = 1
        and random_reviews.work_date >= :period_start
        and random_reviews.work_date < :period_end

)

select
    department,
    team,
    work_type,
    count(case when found = 'completed' then 1 end) as completed_items,
    count(case when found in ('defective', 'sound') then 1 end) as reviewed_items,
    count(case when found = 'defective' then 1 end) as defective_items
from items
group by department, team, work_type
order by department, team, work_type
