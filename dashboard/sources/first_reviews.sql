-- First reviews
-- Which review of an item counts for its error rate?
--
-- One row per item with a random review that tells its defects: the earliest, which is the
-- earliest of any later moment too. Derived from quality_reviews and work_items.

with

ranked as (

    select
        review_id,
        item_id,
        work_date,
        reviewed_at,
        units,
        defects,
        critical_defects,
        error_type,
        row_number() over (
            partition by item_id
            order by reviewed_at, review_id
        ) as review_number
    from quality_reviews
    where
        design = 'random'
        and defects >= 0

)

select
    ranked.review_id,
    ranked.item_id,
    ranked.work_date,
    ranked.reviewed_at,
    ranked.units,
    ranked.defects,
    ranked.critical_defects,
    ranked.error_type,
    work_items.department,
    work_items.team,
    work_items.employee,
    work_items.work_type,
    work_items.priority,
    work_items.channel
from ranked
left join work_items
    on ranked.item_id = work_items.item_id
where ranked.review_number = 1
order by ranked.item_id
