-- Defects per 10,000 units
-- How many of the units checked, such as fields, are wrong?
--
-- One row per day, week or month of the period.
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
--   reviewed_items      items with a random review that tells its units
--   defects             units found wrong in their earliest one; lower is better
--   ten_thousands       units checked, in ten thousands
--   is_partial          the period or the as-of moment cuts it, or it ended less than 14
--                       calendar days before the as-of moment: reviews still arrive
--
-- Ratios:
--   defect_rate         defects / ten_thousands
--
-- Metrics:
--   defect_rate         defect_rate in defects per 10,000 units by day of the work; lower is
--                       better; version 1, quality; all defects over all units, never the mean
--                       of the documents; the interval is by document, since the fields of one
--                       fail together
--
-- Cases:
--   reviewed_items      records/reviews where is_counted = true, has_units = true
--   defects             records/reviews summing defects where is_counted = true, has_units =
--                       true

with

counted as (

    select
        bucket_start(work_date, :grain) as bucket_on,
        count(*) as reviewed_items,
        sum(defects) as defects,
        sum(units) as units
    from first_reviews
    where
        units > 0
        and work_date >= :period_start
        and work_date < :period_end
        and reviewed_at < :as_of
    group by bucket_start(work_date, :grain)

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
    cast(coalesce(counted.defects, 0) as bigint) as defects,
    coalesce(counted.units, 0) / 10000.0 as ten_thousands,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until)
    or days_after(bucket_end(buckets.bucket_on, :grain), 14) > day_of(:told_until)
        as is_partial
from buckets
left join counted
    on buckets.bucket_on = counted.bucket_on
order by buckets.bucket_on
