-- Error rate by month and work type
-- Did quality change, or only what was checked?
--
-- One row per month and work type with completed or randomly reviewed work. The rate
-- weighted by completed items does not move when only the mix of checks does.
--
-- Parameters:
--   period_start        first day of reviewed work
--   period_end          first day no longer
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               completions and reviews before this instant count
--   told_until          moment up to which the data tells what happened
--
-- Columns:
--   month_on            first day of the month of the completion, or of the reviewed
--                      work
--   work_type           kind of work
--   completed_items     items completed in the month
--   reviewed_items      items with a random review whose work was done in the month
--   defective_items     those with a defect in their earliest one; lower is better
--   is_partial          the period or the end of what is told cuts the month, or it ended
--                       less than 14 calendar days before: reviews still arrive
--
-- Rates:
--   error_rate          defective_items / reviewed_items of completed_items
--
-- Metrics:
--   error_rate_weighted error_rate_weighted in % by day of the work; lower is better; version
--                       1, quality; each kind of work by its share of the completed items;
--                       kinds with fewer than two checks are taken together
--   error_rate        error_rate
--
-- Cases:
--   completed_items     records/completed
--   reviewed_items      records/reviews where is_counted = true
--   defective_items     records/reviews where is_counted = true, is_defective = true

with

items as (

    select
        month_start(day_of(completed_at)) as month_on,
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
        month_start(work_date) as month_on,
        work_type,
        case when defects > 0 then 'defective' else 'sound' end as found
    from first_reviews
    where
        work_date >= :period_start
        and work_date < :period_end
        and reviewed_at < :as_of

)

select
    month_on,
    work_type,
    count(case when found = 'completed' then 1 end) as completed_items,
    count(case when found in ('defective', 'sound') then 1 end) as reviewed_items,
    count(case when found = 'defective' then 1 end) as defective_items,
    is_cut(month_on, 'month', :period_start, :period_end, :told_until)
    or days_after(bucket_end(month_on, 'month'), 14) > day_of(:told_until) as is_partial
from items
group by month_on, work_type
order by month_on, work_type
