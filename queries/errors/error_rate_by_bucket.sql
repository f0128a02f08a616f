-- Error rate
-- How often is randomly reviewed work wrong?
--
-- One row per day, week or month whose work has a random review.
--
-- Parameters:
--   period_start        first day of work counted
--   period_end          first day no longer counted
--   as_of               reviews made before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month in which the work was done
--   reviewed_items      items with a random review
--   defective_items     those with a defect in their earliest one; lower is better
--   critical_items      those with a critical defect in it; lower is better; empty where the
--                       source tells none
--   is_partial          the period or the as-of moment cuts it, or it ended less than 14
--                       calendar days before the as-of moment: reviews still arrive
--
-- Rates:
--   error_rate          defective_items / reviewed_items
--   critical_error_rate   critical_items / reviewed_items
--
-- Cases:
--   reviewed_items      records/reviews where is_counted = true
--   defective_items     records/reviews where is_counted = true, is_defective = true
--   critical_items      records/reviews where is_counted = true, is_critical = true

with

random_reviews as (

    select
        bucket_start(work_date, :grain) as bucket_on,
        work_date,
        defects,
        critical_defects,
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

counted as (

    select
        bucket_on,
        count(*) as reviewed_items,
        count(case when defects > 0 then 1 end) as defective_items,
        count(case when critical_defects > 0 then 1 end) as critical_items
    from random_reviews
    where
        review_number = 1
        and work_date >= :period_start
        and work_date < :period_end
    group by bucket_on

),

buckets as (

    select distinct bucket_start(day, :grain) as bucket_on
    from calendar_days
    where
        day >= :period_start
        and day < :period_end
        and day <= day_of(:as_of)

)

select
    buckets.bucket_on,
    coalesce(counted.reviewed_items, 0) as reviewed_items,
    coalesce(counted.defective_items, 0) as defective_items,
    case
        when 'critical defect' in (select fact from source_facts)
            then coalesce(counted.critical_items, 0)
    end as critical_items,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until)
    or days_after(bucket_end(buckets.bucket_on, :grain), 14) > day_of(:told_until)
        as is_partial
from buckets
left join counted
    on buckets.bucket_on = counted.bucket_on
order by buckets.bucket_on
