-- Reviewed twice
-- Do two reviewers of the same item find the same?
--
-- One row, over the items of the period that two persons reviewed at random: the earliest
-- review of each of the first two.
--
-- Parameters:
--   period_start        first day of work counted
--   period_end          first day no longer counted
--   as_of               reviews made before this instant count
--
-- Columns:
--   twice_items         items that two persons reviewed at random
--   both_items          both found a defect
--   only_first_items    only the first did
--   only_second_items   only the second did
--   neither_items       neither did
--
-- Metrics:
--   reviewer_agreement  twice_items in kappa (-1 to 1) by day of the work; higher is better;
--                       version 1, quality; Cohen's kappa over the items reviewed twice; no
--                       value below 20 of them
--
-- Cases:
--   twice_items         records/reviews where is_second_opinion = true

with

by_reviewer as (

    select
        item_id,
        work_date,
        reviewer,
        reviewed_at,
        review_id,
        defects,
        row_number() over (
            partition by item_id, reviewer
            order by reviewed_at, review_id
        ) as own_number
    from quality_reviews
    where
        design = 'random'
        and reviewer is not null
        and defects >= 0
        and reviewed_at < :as_of

),

opinions as (

    select
        item_id,
        work_date,
        defects,
        row_number() over (
            partition by item_id
            order by reviewed_at, review_id
        ) as opinion_number
    from by_reviewer
    where own_number = 1

),

pairs as (

    select
        second.item_id,
        first.defects > 0 as is_first,
        second.defects > 0 as is_second
    from opinions as second
    inner join opinions as first
        on
            second.item_id = first.item_id
            and first.opinion_number = 1
    where
        second.opinion_number = 2
        and second.work_date >= :period_start
        and second.work_date < :period_end

)

select
    count(*) as twice_items,
    count(case when is_first and is_second then 1 end) as both_items,
    count(case when is_first and not is_second then 1 end) as only_first_items,
    count(case when not is_first and is_second then 1 end) as only_second_items,
    count(case when not is_first and not is_second then 1 end) as neither_items
from pairs
order by twice_items
