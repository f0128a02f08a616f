-- Error rate
-- How often is randomly reviewed work wrong?
--
-- One row per day, week or month whose work has a random review.
--
-- Parameters:
--   period_start        first day of work counted
--   period_end          first day no longer counted
--   period_from         the same as an instant
--   period_to           the same as an instant
--   as_of               reviews and completions before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month in which the work was done
--   reviewed_items      items with a random review
--   defective_items     those with a defect in their earliest one; lower is better
--   critical_items      those with a critical defect in it; lower is better; empty where the
--                       source tells none
--   completed_items     items completed then, of which the reviewed are a sample
--   is_partial          the period or the as-of moment cuts it, or it ended less than 14
--                       calendar days before the as-of moment: reviews still arrive
--
-- Rates:
--   error_rate          defective_items / reviewed_items of completed_items
--   critical_error_rate   critical_items / reviewed_items of completed_items
--
-- Metrics:
--   error_rate          error_rate in % by day of the work; lower is better; version 1,
--                       quality; the earliest random review of an item alone; targeted
--                       reviews and errors found by customers stand apart; the interval knows
--                       how many were completed; partial until 14 days after
--   critical_error_rate critical_error_rate in % by day of the work; lower is better; version
--                       1, quality; charted by the good items between critical errors where
--                       fewer than five are to be expected
--
-- Cases:
--   reviewed_items      records/reviews where is_counted = true
--   defective_items     records/reviews where is_counted = true, is_defective = true
--   critical_items      records/reviews where is_counted = true, is_critical = true
--   completed_items     records/completed

with

counted as (

    select
        bucket_start(work_date, :grain) as bucket_on,
        count(*) as reviewed_items,
        count(case when defects > 0 then 1 end) as defective_items,
        count(case when critical_defects > 0 then 1 end) as critical_items
    from first_reviews
    where
        work_date >= :period_start
        and work_date < :period_end
        and reviewed_at < :as_of
    group by bucket_start(work_date, :grain)

),

completed as (

    select
        bucket_start(day_of(completed_at), :grain) as bucket_on,
        count(*) as completed_items
    from item_stays
    where
        completed_at >= :period_from
        and completed_at < :period_to
        and completed_at < :as_of
        and (next_entered_at is null or next_entered_at >= :as_of)
    group by bucket_start(day_of(completed_at), :grain)

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
    coalesce(completed.completed_items, 0) as completed_items,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until)
    or days_after(bucket_end(buckets.bucket_on, :grain), 14) > day_of(:told_until)
        as is_partial
from buckets
left join counted
    on buckets.bucket_on = counted.bucket_on
left join completed
    on buckets.bucket_on = completed.bucket_on
order by buckets.bucket_on
