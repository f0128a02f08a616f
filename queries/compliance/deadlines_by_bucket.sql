-- Legal deadlines met
-- Which legal deadlines were met, counted in calendar days?
--
-- One row per day, week or month in which legal deadlines ended. No rate is made of them: one late
-- case is one too many, and stands as a row in records/compliance.
--
-- Parameters:
--   period_start        last days from this day on
--   period_end          last days before this day
--   as_of               last days that are over, and facts, before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the last day allowed
--   due_items           cases whose last day allowed is over, without those cancelled until then
--   met_items           of these, completed on the last day allowed or before; higher is better
--   late_items          of these, not met; lower is better
--   late_completed_items   of the late, completed later
--   late_open_items     of the late, still open
--   late_cancelled_items   of the late, cancelled later
--   is_partial          the period or the end of the data cuts it
--
-- Metrics:
--   statutory_met       met_items in cases by statutory_due; higher is better; version 1,
--                       compliance; calendar days; cancelled until the deadline is out
--   statutory_late      late_items in cases by statutory_due; zero is right; version 1,
--                       compliance; each is shown as a row, never as a percentage
--
-- Cases:
--   due_items           records/compliance where
--                       outcome = met | late completed | late open | late cancelled
--   met_items           records/compliance where outcome = met
--   late_items          records/compliance where
--                       outcome = late completed | late open | late cancelled
--   late_completed_items   records/compliance where outcome = late completed
--   late_open_items     records/compliance where outcome = late open
--   late_cancelled_items   records/compliance where outcome = late cancelled

with

cases_due as (

    select
        ext_compliance.statutory_due,
        case when item_stays.completed_at < :as_of then day_of(item_stays.completed_at) end
            as done_on,
        case when item_stays.cancelled_at < :as_of then day_of(item_stays.cancelled_at) end
            as cancelled_on
    from ext_compliance
    inner join item_stays
        on ext_compliance.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_compliance.statutory_due >= :period_start
        and ext_compliance.statutory_due < :period_end
        and ext_compliance.statutory_due < day_of(:as_of)

),

judged as (

    select
        bucket_start(statutory_due, :grain) as bucket_on,
        case
            when cancelled_on <= statutory_due then 'cancelled before due'
            when done_on <= statutory_due then 'met'
            when done_on is not null then 'late completed'
            when cancelled_on is not null then 'late cancelled'
            else 'late open'
        end as outcome
    from cases_due

)

select
    bucket_on,
    count(*) as due_items,
    count(case when outcome = 'met' then 1 end) as met_items,
    count(case when outcome != 'met' then 1 end) as late_items,
    count(case when outcome = 'late completed' then 1 end) as late_completed_items,
    count(case when outcome = 'late open' then 1 end) as late_open_items,
    count(case when outcome = 'late cancelled' then 1 end) as late_cancelled_items,
    is_cut(bucket_on, :grain, :period_start, :period_end, :told_until) as is_partial
from judged
where outcome != 'cancelled before due'
group by bucket_on
order by bucket_on
