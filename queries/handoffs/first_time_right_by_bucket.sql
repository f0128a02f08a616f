-- First time right over time
-- Is more work right the first time than before?
--
-- One row per day, week or month.
--
-- Parameters:
--   period_start        first day of completions counted
--   period_end          first day no longer counted
--   period_from         the same as an instant
--   period_to           the same as an instant
--   as_of               facts before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the first completion
--   first_completed_items  items first completed in the period; each counts once
--   right_items         those never returned, not reopened since and without a known defect;
--                       empty: the source tells none of the three
--   reviewed_items      those with a review of any kind, as the others count as right;
--                       empty: the source tells no reviews
--   is_partial          the period cuts it, or it ended less than 30 calendar days before
--                       the as-of moment: more may come back
--
-- Rates:
--   first_time_right    right_items / first_completed_items
--   reviewed_share      reviewed_items / first_completed_items
--
-- Metrics:
--   first_time_right    first_time_right
--
-- Cases:
--   first_completed_items  records/completions where completion_number = 1
--   right_items         records/completions where is_first_time_right = true
--   reviewed_items      records/completions where completion_number = 1, is_reviewed = true

with

counted as (

    select
        bucket_start(day_of(item_stays.left_at), :grain) as bucket_on,
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
    group by bucket_start(day_of(item_stays.left_at), :grain)

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
    coalesce(counted.first_completed_items, 0) as first_completed_items,
    case
        when (
            select count(*)
            from source_facts
            where fact in ('return', 'reopening', 'review')
        ) > 0
            then coalesce(counted.right_items, 0)
    end as right_items,
    case
        when 'review' in (select fact from source_facts)
            then coalesce(counted.reviewed_items, 0)
    end as reviewed_items,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until)
    or days_after(bucket_end(buckets.bucket_on, :grain), 30) > day_of(:told_until)
        as is_partial
from buckets
left join counted
    on buckets.bucket_on = counted.bucket_on
order by buckets.bucket_on
