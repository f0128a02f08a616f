-- Onboarding done in time
-- Is everything ready on the first day of a new starter, and by the thirtieth?
--
-- One row per day, week or month with a first day.
--
-- Parameters:
--   period_start        first days from this day on
--   period_end          first days before this day
--   as_of               first days that are over, and facts, before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   first_day_bucket_on   first day of the day, week or month of the first day
--   starters            new starters whose first day is over; those cancelled until then are out
--   day_1_starters      of these, onboarding done by the end of the first day; higher is better
--   matured_starters    new starters whose thirtieth day is over
--   day_30_starters     of these, onboarding done by the end of the thirtieth day; higher is
--                       better
--   is_partial          the period or the end of the data cuts it
--
-- Rates:
--   done_by_day_1       day_1_starters / starters
--   done_by_day_30      day_30_starters / matured_starters
--
-- Metrics:
--   onboarded_by_day_1  done_by_day_1 in % by onboarding_due; higher is better; version 1, people;
--                       the first day is the day of onboarding_due
--   onboarded_by_day_30   done_by_day_30 in % by onboarding_due; higher is better; version 1,
--                       people; only starters whose thirtieth day is over
--
-- Cases:
--   starters            records/human_resources where is_starter = true
--   day_1_starters      records/human_resources where is_starter = true, is_done_by_day_1 = true
--   matured_starters    records/human_resources where is_starter = true, is_day_30_over = true
--   day_30_starters     records/human_resources where is_starter = true, is_day_30_over = true,
--                       is_done_by_day_30 = true

with

known as (

    select
        day_of(ext_human_resources.onboarding_due) as first_day_on,
        case when item_stays.cancelled_at < :as_of then day_of(item_stays.cancelled_at) end
            as cancelled_on,
        case when item_stays.completed_at < :as_of then day_of(item_stays.completed_at) end
            as done_on
    from ext_human_resources
    inner join item_stays
        on ext_human_resources.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)

),

judged as (

    select
        bucket_start(first_day_on, :grain) as first_day_bucket_on,
        coalesce(done_on <= first_day_on, false) as is_done_by_day_1,
        days_after(first_day_on, 29) < day_of(:as_of) as is_day_30_over,
        coalesce(done_on <= days_after(first_day_on, 29), false) as is_done_by_day_30
    from known
    where
        first_day_on >= :period_start
        and first_day_on < :period_end
        and first_day_on < day_of(:as_of)
        and (cancelled_on is null or cancelled_on > first_day_on)

)

select
    first_day_bucket_on,
    count(*) as starters,
    count(case when is_done_by_day_1 then 1 end) as day_1_starters,
    count(case when is_day_30_over then 1 end) as matured_starters,
    count(case when is_day_30_over and is_done_by_day_30 then 1 end) as day_30_starters,
    is_cut(first_day_bucket_on, :grain, :period_start, :period_end, :told_until) as is_partial
from judged
group by first_day_bucket_on
order by first_day_bucket_on
