-- Reopened within 30 days
-- How often does completed work come back?
--
-- One row per day, week or month with a completion.
--
-- Parameters:
--   period_start        first day of completions counted
--   period_end          first day no longer counted
--   period_from         the same as an instant
--   period_to           the same as an instant
--   as_of               completions and reopenings before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the completion
--   completed_items     completions; an item completed twice counts twice
--   reopened_items      those reopened within 30 calendar days; lower is better
--   is_partial          the period cuts it, or it ended less than 30 calendar days before
--                       the as-of moment: more may come back
--
-- Rates:
--   reopen_rate         reopened_items / completed_items
--
-- Metrics:
--   reopen_rate         reopen_rate in % by completion; lower is better; version 1, quality;
--                       partial until 30 days after; an item completed twice counts twice
--
-- Cases:
--   completed_items     records/completions
--   reopened_items      records/completions where is_reopened = true

with

counted as (

    select
        bucket_start(day_of(left_at), :grain) as bucket_on,
        count(*) as completed_items,
        count(
            case
                when
                    next_entered_by = 'reopened'
                    and next_entered_at < :as_of
                    and hours_between(left_at, next_entered_at) <= 720
                    then 1
            end
        ) as reopened_items
    from item_stays
    where
        left_by = 'completed'
        and left_at >= :period_from
        and left_at < :period_to
        and left_at < :as_of
    group by bucket_start(day_of(left_at), :grain)

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
    coalesce(counted.completed_items, 0) as completed_items,
    case
        when 'reopening' in (select fact from source_facts)
            then coalesce(counted.reopened_items, 0)
    end as reopened_items,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until)
    or days_after(bucket_end(buckets.bucket_on, :grain), 30) > day_of(:told_until)
        as is_partial
from buckets
left join counted
    on buckets.bucket_on = counted.bucket_on
order by buckets.bucket_on
