-- Field errors over time
-- How many of ten thousand fields are wrong, and how many of those matter most?
--
-- One row per day, week or month of the period, up to the as-of moment.
--
-- Parameters:
--   period_start        first day of work counted
--   period_end          first day no longer counted
--   as_of               reviews made before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   work_bucket_on      first day of the day, week or month in which the work was done
--   reviewed_items      keyed items with a random review
--   reviewed_fields     fields checked in the earliest one
--   wrong_fields        of these, fields found wrong; lower is better
--   critical_fields     of these, critical ones; lower is better; empty where the source
--                       tells none
--   reviewed_ten_thousands   fields checked, in units of ten thousand
--   is_partial          the period or the as-of moment cuts it, or it ended less than 14
--                       calendar days before the as-of moment: reviews still arrive
--
-- Ratios:
--   errors_per_10000    wrong_fields / reviewed_ten_thousands
--   critical_per_10000  critical_fields / reviewed_ten_thousands
--
-- Metrics:
--   data_entry_errors   errors_per_10000
--   data_entry_critical_errors  critical_per_10000
--
-- Cases:
--   reviewed_items      records/data_entry where is_reviewed = true
--   reviewed_fields     records/data_entry summing reviewed_fields where is_reviewed = true
--   wrong_fields        records/data_entry summing wrong_fields where is_reviewed = true
--   critical_fields     records/data_entry summing critical_fields where is_reviewed = true

with

counted as (

    select
        bucket_start(first_reviews.work_date, :grain) as work_bucket_on,
        count(*) as reviewed_items,
        sum(first_reviews.units) as reviewed_fields,
        sum(first_reviews.defects) as wrong_fields,
        sum(first_reviews.critical_defects) as critical_fields
    from first_reviews
    inner join ext_data_entry
        on first_reviews.item_id = ext_data_entry.item_id
    inner join item_stays
        on first_reviews.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and first_reviews.reviewed_at < :as_of
        and first_reviews.work_date >= :period_start
        and first_reviews.work_date < :period_end
    group by bucket_start(first_reviews.work_date, :grain)

),

buckets as (

    select distinct bucket_start(day, :grain) as work_bucket_on
    from calendar_days
    where
        day >= :period_start
        and day < :period_end
        and day <= day_of(:as_of)

)

select
    buckets.work_bucket_on,
    coalesce(counted.reviewed_items, 0) as reviewed_items,
    cast(coalesce(counted.reviewed_fields, 0) as bigint) as reviewed_fields,
    cast(coalesce(counted.wrong_fields, 0) as bigint) as wrong_fields,
    case
        when 'critical defect' in (select fact from source_facts)
            then cast(coalesce(counted.critical_fields, 0) as bigint)
    end as critical_fields,
    coalesce(counted.reviewed_fields, 0) / 10000.0 as reviewed_ten_thousands,
    is_cut(buckets.work_bucket_on, :grain, :period_start, :period_end, :told_until)
    or days_after(bucket_end(buckets.work_bucket_on, :grain), 14) > day_of(:told_until)
        as is_partial
from buckets
left join counted
    on buckets.work_bucket_on = counted.work_bucket_on
order by buckets.work_bucket_on
