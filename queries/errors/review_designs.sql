-- Which reviews count in the error rate
-- Which reviews speak for all work, and which do not?
--
-- One row. Only random reviews speak for all work; targeted ones look where errors are
-- expected, and customers report only errors.
--
-- Parameters:
--   period_start        first day of work counted
--   period_end          first day no longer counted
--   as_of               reviews made before this instant count
--
-- Columns:
--   defective_items     items with a defect in their earliest random review
--   critical_items      items with a critical defect in it; empty where the source tells none
--   reviewed_items      items with a random review
--   targeted_reviews    targeted reviews, not part of the rate
--   customer_reviews    errors found by customers, not part of the rate
--
-- Cases:
--   defective_items     records/reviews where is_counted = true, is_defective = true
--   critical_items      records/reviews where is_counted = true, is_critical = true
--   reviewed_items      records/reviews where is_counted = true
--   targeted_reviews    records/reviews where design = targeted
--   customer_reviews    records/reviews where design = customer

with

counted as (

    select
        'random' as design,
        defects,
        critical_defects
    from first_reviews
    where
        work_date >= :period_start
        and work_date < :period_end
        and reviewed_at < :as_of

    union all

    select
        design,
        defects,
        critical_defects
    from quality_reviews
    where
        design in ('targeted', 'customer')
        and work_date >= :period_start
        and work_date < :period_end
        and reviewed_at < :as_of

)

select
    count(case when design = 'random' and defects > 0 then 1 end) as defective_items,
    case
        when 'critical defect' in (select fact from source_facts)
            then count(case when design = 'random' and critical_defects > 0 then 1 end)
    end as critical_items,
    count(case when design = 'random' then 1 end) as reviewed_items,
    count(case when design = 'targeted' then 1 end) as targeted_reviews,
    count(case when design = 'customer' then 1 end) as customer_reviews
from counted
order by reviewed_items
